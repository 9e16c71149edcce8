using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>How an administrator's change is made: written with its row of the audit trail, then seen by everybody, before the page answers.</summary>
internal sealed class Desk(Writer writer, Centers centers, Audit audit, CurrentAgent me, PublicAddress address, IHttpContextAccessor http)
{
    // read now: a change runs on the writer's task, where there is no request
    private readonly IPAddress? from = http.HttpContext?.Connection.RemoteIpAddress;
    private bool noted;

    /// <summary>Where people sign in.</summary>
    public string SignInAddress { get; } = address.Of(http.HttpContext!.Request, "/login");

    /// <summary>That of the administrator, for people whose own is not known.</summary>
    public string Language { get; } = me.Culture.Name;

    /// <summary>A change that succeeds must have said what it did, by one of the two <c>Note</c>s.</summary>
    public async Task<Result<T>> Change<T>(CenterId center, Func<TcccDb, Task<Result<T>>> change)
    {
        try
        {
            noted = false;
            var done = await writer.Write(async db => await change(db) is var result && (noted || !result.Ok)
                ? result
                : throw new InvalidOperationException("A change of the center left nothing in the audit trail: call desk.Note."));
            if (done.Ok) await centers.Reload(center);
            return done;
        }
        catch (DbUpdateException)
        {
            // what the use case looked up before has changed since: somebody else was quicker, and the database's rules held
            return new ChangedMeanwhile();
        }
    }

    public async Task<Result> Change(CenterId center, Func<TcccDb, Task<Result>> change)
    {
        var done = await Change<bool>(center, async db => (await change(db)).Error is { } error ? error : true);
        return done.Error is { } refused ? refused : Result.Done;
    }

    /// <summary>For the audit trail, inside a change: what was done to whom.</summary>
    public void Note(TcccDb db, AuditWhat what, Agent agent) => Note(db, what, centers.Agent(agent.Id)?.Email ?? agent.Id.ToString(), agent.Person);

    /// <summary>For the audit trail, inside a change: what was done, to what, by the name people know it by.</summary>
    public void Note(TcccDb db, AuditWhat what, string target, PersonId? person = null)
    {
        audit.Record(db, new(what, person, me.Center, me.Person, from, target));
        noted = true;
    }
}

internal sealed record ChangedMeanwhile() : Error(ErrorKind.Conflict, "Somebody changed this at the same moment. Open the page anew and try again.");

/// <summary>Also what belongs to another center: its existence is nobody's business here.</summary>
internal sealed record NotInThisCenter() : Error(ErrorKind.NotFound, "This is not in your center, or not any more. Go back to the list.");

/// <summary>Deleting is refused as long as something else needs it.</summary>
internal sealed record StillNeeded(string By) : Error(ErrorKind.Conflict, "It can't be deleted: {0} still needs it. Change that first.", By);
