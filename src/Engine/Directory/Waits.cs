using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// The waits and locks that rows remember from before a restart: what lies in the future, because the clock was set back meanwhile, counts
/// as now, so that none outlasts its length. docs/adr/0010.
/// </summary>
internal static class Waits
{
    /// <summary>Inside a change, before anything else is changed.</summary>
    public static void Remember(TcccDb db, DateTimeOffset now)
    {
        var unlocked = now + DirectoryModule.Lockout;
        db.Set<SmsCode>().Where(c => c.SentAt > now).ExecuteUpdate(set => set.SetProperty(c => c.SentAt, now));
        db.Set<WrongPasswordCount>().Where(c => c.LastAt > now).ExecuteUpdate(set => set.SetProperty(c => c.LastAt, now));
        db.Set<WrongPasswordCount>().Where(c => c.LockedUntil > unlocked)
            .ExecuteUpdate(set => set.SetProperty(c => c.LockedUntil, unlocked));
        db.Set<Person>().Where(p => p.LockoutEnd > unlocked).ExecuteUpdate(set => set.SetProperty(p => p.LockoutEnd, unlocked));
    }
}
