using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// How somebody's change of a center is made: written with its row of the audit trail, by whom and when kept in the rows it changed, then
/// seen by everybody before the page answers.
/// </summary>
public sealed class Desk(
    Writer writer, Centers centers, Audit audit, CurrentAgent me, TimeProvider time, IStringLocalizer<Texts> texts, PublicAddress address,
    IHttpContextAccessor http)
{
    // read now: a change runs on the writer's task, where there is no request
    private readonly IPAddress? from = http.HttpContext?.Connection.RemoteIpAddress;
    private bool noted;

    /// <summary>Where people sign in.</summary>
    public string SignInAddress { get; } = address.Of(http.HttpContext!.Request, "/login");

    /// <summary>That of the administrator, for people whose own is not known.</summary>
    public string Language { get; } = me.Culture.Name;

    /// <summary>
    /// A change that succeeds must have said what it did, by one of the two <c>Note</c>s; it is seen by all when this returns.
    /// </summary>
    public async Task<Result<T>> Change<T>(CenterId center, Func<TcccDb, Task<Result<T>>> change)
    {
        var done = await Store(change);
        if (done.Ok) await centers.Reload(center);
        return done;
    }

    /// <inheritdoc cref="Change{T}"/>
    public async Task<Result> Change(CenterId center, Func<TcccDb, Task<Result>> change)
    {
        var done = await Change<bool>(center, async db => (await change(db)).Error is { } error ? error : true);
        return done.Error is { } refused ? refused : Result.Done;
    }

    /// <summary>As <see cref="Change{T}"/>, for rows that are in no snapshot of the directory.</summary>
    public async Task<Result<T>> Store<T>(Func<TcccDb, Task<Result<T>>> change)
    {
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            noted = false;
            return await writer.Write(async db =>
            {
                CultureInfo.CurrentUICulture = culture;
                var result = await db.By(me.Person, time.GetUtcNow(), () => change(db));
                return noted
                    || !result.Ok
                        ? result
                        : throw new InvalidOperationException("A change of the center left nothing in the audit trail: call Note.");
            });
        }
        catch (DbUpdateException)
        {
            // what the use case looked up before has changed since: somebody else was quicker, and the database's rules held
            return new ChangedAtOnce();
        }
    }

    /// <summary>Null when the form was opened after the row's last change; else what to answer.</summary>
    /// <param name="stored">What the form would hold if it were opened now.</param>
    public ChangedByAnother? Changed(IVersioned row, FormDraft typed, FormDraft stored) =>
        typed.IsOf(row) ? null : Told(row, typed.Differing(stored));

    /// <summary>For what is done by a click, such as deleting: the page that was clicked in carries the number in the address.</summary>
    public ChangedByAnother? Changed(IVersioned row, long? version) =>
        version == row.Version ? null : Told(row, new Dictionary<string, string>());

    /// <summary>For the audit trail, inside a change: what was done to whom.</summary>
    public void Note(TcccDb db, AuditWhat what, Agent agent) =>
        Note(db, what, centers.Agent(agent.Id)?.Email ?? agent.Id.ToString(), agent.Person);

    /// <summary>For the audit trail, inside a change: what was done, to what, by the name people know it by.</summary>
    public void Note(TcccDb db, AuditWhat what, string target, PersonId? person = null, string? detail = null)
    {
        audit.Record(db, new(what, person, me.Center, me.Person, from, target, detail));
        noted = true;
    }

    /// <summary>
    /// For the audit trail, alone: somebody looked at what is another's. A page that asks again by itself may say so each time
    /// (<see cref="Audit.Saw"/>); product.md §1.
    /// </summary>
    public void Saw(AuditWhat what, string target) => audit.Saw(new(what, null, me.Center, me.Person, from, target));

    private ChangedByAnother Told(IVersioned row, IReadOnlyDictionary<string, string> stored)
    {
        var view = centers.Of(me.Center);
        var who = row.ChangedBy is { } person ? view?.Agents.Values.FirstOrDefault(a => a.Person == person)?.Name : null;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(view?.Center.TimeZone ?? "", out var found) ? found : TimeZoneInfo.Utc;
        var at = TimeZoneInfo.ConvertTime(row.ChangedAt ?? time.GetUtcNow(), zone)
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new(who ?? texts["Somebody"], at, row.Version, stored);
    }
}

/// <summary>Two changes met, and the other was quicker.</summary>
public sealed record ChangedAtOnce()
    : Error(ErrorKind.Conflict, "Somebody changed this at the same moment. Reload the page and try again.");

/// <summary>Also what belongs to another center: its existence is nobody's business here.</summary>
public sealed record NotInThisCenter() : Error(ErrorKind.NotFound, "This is not in your center, or not any more. Go back to the list.");

/// <summary>Deleting is refused as long as something else needs it.</summary>
public sealed record StillNeeded(string By) : Error(ErrorKind.Conflict, "It can't be deleted: {0} still needs it. Change that first.", By);
