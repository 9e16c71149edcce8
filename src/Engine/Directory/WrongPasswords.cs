using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>Wrong passwords for one person from one place: a browser the person signed in with before, or a network.</summary>
public sealed class WrongPasswordCount
{
    public long Id { get; set; }

    public PersonId Person { get; set; }

    [MaxLength(40)]
    public required string Origin { get; set; }

    public int Count { get; set; }

    /// <summary>By the <see cref="EvenClock"/>, as <see cref="LastAt"/> is.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    public DateTimeOffset LastAt { get; set; }
}

/// <summary>
/// Counts wrong passwords by person and place; product.md §1. Five from one place lock that place out; so many from anywhere
/// lock out all places that the person never signed in from. All inside changes of the single writer, so five at once count as five.
/// </summary>
internal sealed class WrongPasswords(IdSource ids)
{
    /// <summary>
    /// From strange places together, until only browsers the person knows are let in: a guesser with many addresses ends here.
    /// </summary>
    public const int FromAnywhere = 50;

    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <summary>Where who is signed in types the present password: nobody else can reach that count.</summary>
    public const string SignedIn = "session";

    public static string PlaceOf(Origin from, PersonId person) => from.IsDeviceOf(person) ? $"device {from.Device!.Id}" : from.Network;

    public static async Task<bool> IsLocked(TcccDb db, Person row, string place, DateTimeOffset now) =>
        (IsStrange(place) && row.LockoutEnd > now) || (await Find(db, row.Id, place))?.LockedUntil > now;

    /// <summary>True when this one locks.</summary>
    public async Task<bool> Count(TcccDb db, Person row, string place, DateTimeOffset now)
    {
        await db.Set<WrongPasswordCount>().Where(c => c.LastAt < now - Forgotten).ExecuteDeleteAsync(CancellationToken.None);
        var here = await Find(db, row.Id, place);
        if (here is null) db.Add(here = new() { Id = ids.Next(), Person = row.Id, Origin = place });
        (here.Count, here.LastAt) = (here.Count + 1, now);
        var locks = here.Count >= DirectoryModule.WrongPasswordsUntilLockout;
        if (locks) (here.Count, here.LockedUntil) = (0, now + DirectoryModule.Lockout);
        if (!IsStrange(place) || ++row.AccessFailedCount < FromAnywhere) return locks;
        (row.AccessFailedCount, row.LockoutEnd) = (0, now + DirectoryModule.Lockout);
        return true;
    }

    /// <summary>The right password at this place.</summary>
    public static async Task Forget(TcccDb db, Person row, string place)
    {
        row.AccessFailedCount = 0;
        if (await Find(db, row.Id, place) is { } here) db.Remove(here);
    }

    /// <summary>A new password, from an administrator or after a code, opens every place again.</summary>
    public static async Task ForgetAll(TcccDb db, Person row)
    {
        (row.LockoutEnd, row.AccessFailedCount) = (null, 0);
        await db.Set<WrongPasswordCount>().Where(c => c.Person == row.Id).ExecuteDeleteAsync(CancellationToken.None);
    }

    private static bool IsStrange(string place) => place != SignedIn && !place.StartsWith("device ", StringComparison.Ordinal);

    private static Task<WrongPasswordCount?> Find(TcccDb db, PersonId person, string place) =>
        db.Set<WrongPasswordCount>().SingleOrDefaultAsync(c => c.Person == person && c.Origin == place, CancellationToken.None);
}
