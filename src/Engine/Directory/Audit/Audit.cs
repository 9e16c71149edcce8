using System.Net;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// Something for the audit trail. Give the center when it was done in one, the person when it concerns one: administrators see what has
/// their center, and what concerns a person of it.
/// </summary>
/// <param name="Person">Whom it concerns.</param>
/// <param name="Actor">Who did it; the person themselves is meant to be named too.</param>
/// <param name="From">Where the request came from: HttpContext.Connection.RemoteIpAddress.</param>
/// <param name="Target">What it was done to, by the name people know.</param>
/// <param name="Detail">A few words; never a password or a code.</param>
public sealed record AuditEvent(
    AuditWhat What, PersonId? Person = null, CenterId? Center = null, PersonId? Actor = null, IPAddress? From = null, string? Target = null,
    string? Detail = null);

/// <summary>Who did what, when and from where; product.md §1. A row an event, written once.</summary>
public sealed class Audit
{
    /// <summary>Older rows are deleted.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(400);

    /// <summary>Who goes on looking at something, or looks again within this time, is noted once.</summary>
    public static readonly TimeSpan OneLook = TimeSpan.FromMinutes(10);

    // beyond it all are forgotten: a row too many is better than one too few
    private const int MostLooks = 10_000;

    private readonly Dictionary<(PersonId? Who, CenterId? Center, AuditWhat What, string? Target), Instant> looks = [];
    private readonly Writer writer;
    private readonly IdSource ids;
    private readonly TimeProvider time;

    internal Audit(Writer writer, IdSource ids, TimeProvider time) => (this.writer, this.ids, this.time) = (writer, ids, time);

    /// <summary>Inside a change given to <see cref="Writer"/>: the row is stored with it, or not at all.</summary>
    public void Record(TcccDb db, AuditEvent happened) => db.Add(Row(happened));

    /// <summary>Alone, soon, without waiting: for what changes nothing else, such as a failed sign-in.</summary>
    public void Enqueue(AuditEvent happened)
    {
        var row = Row(happened);
        writer.Enqueue(db => db.Add(row));
    }

    /// <summary>As <see cref="Enqueue"/>, once a look.</summary>
    public void Saw(AuditEvent looked)
    {
        var now = time.Instant();
        lock (looks)
        {
            var look = (looked.Actor, looked.Center, looked.What, looked.Target);
            if (looks.TryGetValue(look, out var since) && now - since < OneLook) return;
            if (looks.Count >= MostLooks) looks.Clear();
            looks[look] = now;
        }
        Enqueue(looked);
    }

    /// <summary>Deletes what is older than <see cref="Keep"/>.</summary>
    public Task Tidy()
    {
        var old = time.GetUtcNow() - Keep;
        return writer.Write(db => db.Set<AuditRow>().Where(r => r.At < old).ExecuteDeleteAsync());
    }

    private AuditRow Row(AuditEvent happened) => new()
    {
        Id = ids.Next(),
        Center = happened.Center,
        Person = happened.Person,
        Actor = happened.Actor,
        What = happened.What,
        At = time.GetUtcNow(),
        Address = happened.From is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4().ToString() : happened.From?.ToString(),
        Target = Cut(happened.Target),
        Detail = Cut(happened.Detail),
    };

    private static string? Cut(string? text) =>
        text is { Length: > AuditRow.LongestText } ? text[..(AuditRow.LongestText - 1)] + "…" : text;
}
