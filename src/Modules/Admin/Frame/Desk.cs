using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>How an administrator's change is made: written, then seen by everybody, before the page answers.</summary>
internal sealed class Desk(Writer writer, Centers centers)
{
    public async Task<Result<T>> Change<T>(CenterId center, Func<TcccDb, Task<Result<T>>> change)
    {
        try
        {
            var done = await writer.Write(change);
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
}

internal sealed record ChangedMeanwhile() : Error(ErrorKind.Conflict, "Somebody changed this at the same moment. Open the page anew and try again.");

/// <summary>Also what belongs to another center: its existence is nobody's business here.</summary>
internal sealed record NotInThisCenter() : Error(ErrorKind.NotFound, "This is not in your center, or not any more. Go back to the list.");

/// <summary>Deleting is refused as long as something else needs it.</summary>
internal sealed record StillNeeded(string By) : Error(ErrorKind.Conflict, "It can't be deleted: {0} still needs it. Change that first.", By);
