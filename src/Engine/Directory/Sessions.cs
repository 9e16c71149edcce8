using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A session that was signed out, kept until no copy of its cookie could still be good.</summary>
public sealed class EndedSession
{
    public long Id { get; set; }

    public DateTimeOffset EndedAt { get; set; }
}

/// <summary>
/// Which sign-ins were ended by signing out. A cookie is good for itself until then, so signing in writes nothing here and a request costs
/// one look-up in memory; what ends all sessions of a person is the security stamp. docs/adr/0007
/// </summary>
public sealed class Sessions
{
    /// <summary>
    /// A copy of a cookie made at the last moment is good for <see cref="DirectoryModule.SignInLasts"/>; clocks of machines may differ a
    /// little.
    /// </summary>
    private static readonly TimeSpan Kept = DirectoryModule.SignInLasts + TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<long, DateTimeOffset> ended = new();
    private readonly ConcurrentDictionary<PersonId, long> everywhere = new();
    private readonly IDbContextFactory<TcccDb> databases;
    private readonly Writer writer;
    private readonly IdSource ids;
    private readonly TimeProvider time;

    internal Sessions(IDbContextFactory<TcccDb> databases, Writer writer, IdSource ids, TimeProvider time) =>
        (this.databases, this.writer, this.ids, this.time) = (databases, writer, ids, time);

    internal string Begin() => ids.Next().ToString(CultureInfo.InvariantCulture);

    /// <summary>Signed out: here, or everywhere by its person.</summary>
    internal bool IsEnded(string? session, PersonId person) => !TryRead(session, out var id)
        || ended.ContainsKey(id) || (everywhere.TryGetValue(person, out var last) && id <= last);

    /// <summary>Older than a session may get however busy it is.</summary>
    internal bool IsOld(string? session) =>
        !TryRead(session, out var id) || IdSource.MadeAt(id) + DirectoryModule.SignInLastsAtMost <= time.GetUtcNow();

    /// <summary>
    /// None of the person's sessions up to now is good, for a call in progress neither. Kept in memory: the stamp ends them all, and no
    /// call outlasts a restart.
    /// </summary>
    public void EndAll(PersonId person) => everywhere[person] = ids.Next();

    /// <summary>
    /// From now on, and after a restart too, no cookie of this session is good; while the database can't be written, after one that comes
    /// when it can be again.
    /// </summary>
    internal async Task End(string? session)
    {
        if (!TryRead(session, out var id)) return;
        var now = time.GetUtcNow();
        if (!ended.TryAdd(id, now)) return;
        foreach (var (old, at) in ended)
            if (at < now - Kept) ended.TryRemove(old, out _);
        var row = new EndedSession { Id = id, EndedAt = now };
        writer.Enqueue(db =>
        {
            db.Set<EndedSession>().Where(s => s.EndedAt < now - Kept).ExecuteDelete();
            db.Store(row);
        });
        await writer.CatchUp();
    }

    private static bool TryRead(string? session, out long id) =>
        long.TryParse(session, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    /// <summary>Before the first request.</summary>
    internal async Task Load(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await foreach (var row in db.Set<EndedSession>().AsAsyncEnumerable().WithCancellation(ct)) ended[row.Id] = row.EndedAt;
    }
}
