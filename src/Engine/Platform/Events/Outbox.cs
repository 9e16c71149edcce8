using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Tccc.Platform;

/// <summary>A stored event and its place in the order of things.</summary>
internal readonly record struct Stored(long Id, IEvent Event);

/// <summary>
/// The table of events that are not yet handled by everybody. Written with prepared statements: an event costs a fraction of what a tracked
/// entity would. Used by <see cref="Writer"/> only, inside its transactions.
/// </summary>
internal sealed class Outbox(EventTypes types, IdSource ids)
{
    private DbCommand? insert;
    private DbCommand? delete;

    /// <summary>Stores the events and adds them, numbered, to <paramref name="stored"/>.</summary>
    public void Append(TcccDb db, IReadOnlyList<IEvent> events, List<Stored> stored)
    {
        if (events.Count == 0) return;
        var command =
            Prepared(
                db, ref insert, """INSERT INTO "Outbox" ("Id", "Type", "Body") VALUES (@id, @type, @body)""", DbType.Int64, DbType.String,
                DbType.String);
        foreach (var happened in events)
        {
            var (name, body) = types.Write(happened);
            var id = ids.Next();
            command.Parameters[0].Value = id;
            command.Parameters[1].Value = name;
            command.Parameters[2].Value = body;
            command.ExecuteNonQuery();
            stored.Add(new(id, happened));
        }
    }

    /// <summary>Forgets what has been handled. Ids rise and events are handled in order, so one number says it all.</summary>
    public void DeleteUpTo(TcccDb db, long id)
    {
        var command = Prepared(db, ref delete, """DELETE FROM "Outbox" WHERE "Id" <= @id""", DbType.Int64);
        command.Parameters[0].Value = id;
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Writes and takes back a row, to find out whether rows can be written at all; for a change of <see cref="Writer"/>.
    /// </summary>
    public static void Try(TcccDb db) =>
        db.Database.ExecuteSqlRaw(
            """INSERT INTO "Outbox" ("Id", "Type", "Body") VALUES (-1, '', ''); DELETE FROM "Outbox" WHERE "Id" = -1""");

    /// <summary>What an earlier process stored and did not live to publish, oldest first.</summary>
    public async Task<List<Stored>> LeftOvers(TcccDb db, CancellationToken ct)
    {
        var left = new List<Stored>();
        await foreach (var row in db.Set<OutboxRow>().OrderBy(row => row.Id).AsAsyncEnumerable().WithCancellation(ct))
            if (types.Read(row.Type, row.Body) is { } happened) left.Add(new(row.Id, happened));
        return left;
    }

    /// <summary>Lets go of the statements, which belong to one connection.</summary>
    public void Release()
    {
        insert?.Dispose();
        delete?.Dispose();
        (insert, delete) = (null, null);
    }

    private static DbCommand Prepared(TcccDb db, ref DbCommand? command, string sql, params ReadOnlySpan<DbType> parameters)
    {
        if (command is null)
        {
            command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < parameters.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.DbType = parameters[i];
                // the names stand in the statement in this order
                parameter.ParameterName = '@' + sql.Split('@')[i + 1].Split(',', ')', ' ')[0];
                command.Parameters.Add(parameter);
            }
        }
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        return command;
    }
}
