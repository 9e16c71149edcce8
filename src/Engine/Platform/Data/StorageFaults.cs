using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tccc.Platform;

/// <summary>
/// Tells a change that failed by its own fault from one that failed because the database could not: only the first is ever given up.
/// </summary>
internal static class StorageFaults
{
    // SQLSTATE classes: connection, lack of resources, operator's intervention, system error, internal error, who may connect, no such
    // database
    private static readonly string[] PostgresClasses = ["08", "53", "57", "58", "XX", "28", "3D"];

    // not serializable, deadlock, lock not to be had, read-only transaction, idle too long
    private static readonly string[] PostgresStates = ["40001", "40P01", "55P03", "25006", "25P03"];

    /// <summary>Whether the database could not: full, locked, unreadable, gone. Such a change is kept and tried again.</summary>
    public static bool IsAway(Exception? e) => e switch
    {
        null => false,
        SqliteException sqlite => IsAway(sqlite.SqliteErrorCode),
        DbException other => IsAway(other),
        HeldElsewhereException or IOException or SocketException or TimeoutException => true,
        AggregateException many => many.InnerExceptions.Any(IsAway),
        _ => IsAway(e.InnerException),
    };

    /// <summary>The database's own words for it, in one line.</summary>
    public static string Words(Exception e)
    {
        while (e is not (DbException or HeldElsewhereException) && e.InnerException is { } inner) e = inner;
        return e.Message.ReplaceLineEndings(" ");
    }

    private static bool IsAway(int code) =>
        code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN
        or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    // a driver's exception without a state is of the connection
    private static bool IsAway(DbException e) =>
        e.IsTransient || e.SqlState is not { } state || PostgresStates.Contains(state)
            || PostgresClasses.Any(c => state.StartsWith(c, StringComparison.Ordinal));
}
