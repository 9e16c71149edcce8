using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// Makes people and checks and changes their passwords, over ASP.NET Core Identity. Each change is one step of the single writer that reads
/// the row it changes: five wrong passwords at once count as five, and nothing undoes a changed password. docs/adr/0006
/// </summary>
public sealed class People
{
    private const int StampBytes = 20;

    private readonly UserManager<Person> users;
    private readonly PasswordWorkers passwords;
    private readonly Centers centers;
    private readonly TcccDb db;
    private readonly Writer writer;
    private readonly Audit audit;
    private readonly IRandomness randomness;
    private readonly TimeProvider time;
    private readonly EvenClock clock;
    private readonly WrongPasswords wrong;

    /// <summary>How long a password that somebody else gave is good for its first sign-in.</summary>
    public static readonly TimeSpan InitialPasswordLasts = TimeSpan.FromDays(7);

    internal People(
        UserManager<Person> users, PasswordWorkers passwords, Centers centers, TcccDb db, Writer writer, Audit audit,
        IRandomness randomness, IdSource ids, TimeProvider time, EvenClock clock)
    {
        (this.users, this.passwords, this.centers, this.db, this.writer) = (users, passwords, centers, db, writer);
        (this.audit, this.randomness, this.time, this.clock, wrong) = (audit, randomness, time, clock, new(ids));
    }

    /// <summary>
    /// The person with this e-mail and password. The answer is the same for an unknown e-mail, a wrong password and a locked or disabled
    /// account (<see cref="WrongSignIn"/>), and so is the work: one hash, one change. Who knows the password may also learn
    /// <see cref="InitialPasswordExpired"/>. Or <see cref="PasswordsBusy"/>.
    /// While the database can't be written, only a browser that the person signed in with before is let in: nothing can be counted.
    /// </summary>
    /// <exception cref="NotSavedException">It can't, and this is none.</exception>
    public async Task<Result<Person>> Authenticate(string email, string password, Origin from)
    {
        var known = await users.FindByEmailAsync(email);
        var matches = await passwords.Verify(known?.PasswordHash, password);
        if (matches.Error is { } busy) return busy;
        try
        {
            // not an error: what was counted must be stored
            var (person, refused) = await writer.Write<(Person?, Error?)>(async write =>
            {
                var row = known is null
                    ? null
                    : await write.Set<Person>().SingleOrDefaultAsync(p => p.Id == known.Id, CancellationToken.None);
                if (row is null)
                {
                    audit.Record(write, new(AuditWhat.SignInFailed, From: from.Address, Target: email));
                    return (null, new WrongSignIn());
                }
                var right = matches.Value.Right && row.PasswordHash == known!.PasswordHash;
                if (!await Proven(write, row, right, WrongPasswords.PlaceOf(from, row.Id), from)) return (null, new WrongSignIn());
                if (row.PasswordExpiresAt <= time.GetUtcNow())
                    return (null, new InitialPasswordExpired((int)InitialPasswordLasts.TotalDays));
                if (matches.Value.Better is { } better) row.PasswordHash = better;
                return await LetIn(write, row, from) ? (row, null) : (null, new WrongSignIn());
            });
            return refused is null ? person! : refused;
        }
        catch (NotSavedException) when (known is not null && from.IsDeviceOf(known.Id) && matches.Value.Right)
        {
            return await LetInLater(known, from);
        }
    }

    /// <summary>
    /// Inside a change given to <see cref="Writer"/>: who has proven who they are signs in, unless they belong to centers and every one of
    /// them has shut the door.
    /// </summary>
    public async Task<bool> LetIn(TcccDb write, Person row, Origin from)
    {
        var shutOut = await IsShutOut(write, row.Id);
        audit.Record(write, new(shutOut ? AuditWhat.SignInFailed : AuditWhat.SignedIn, row.Id, Actor: row.Id, From: from.Address));
        if (!shutOut) row.LastSignInAt = time.GetUtcNow();
        return !shutOut;
    }

    /// <summary>They belong to centers, and every one of them has shut the door.</summary>
    private static async Task<bool> IsShutOut(TcccDb db, PersonId person)
    {
        var places = await db.Set<Agent>().Where(a => a.Person == person).Select(a => a.Disabled).ToListAsync(CancellationToken.None);
        return places.Count > 0 && places.TrueForAll(disabled => disabled);
    }

    /// <summary>Lets in by what can be read; that they came is stored when the database can be written.</summary>
    private async Task<Result<Person>> LetInLater(Person person, Origin from)
    {
        var now = time.GetUtcNow();
        if (await WrongPasswords.IsLocked(db, person, WrongPasswords.PlaceOf(from, person.Id), clock.Now))
            return new WrongSignIn();
        if (person.PasswordExpiresAt <= now) return new InitialPasswordExpired((int)InitialPasswordLasts.TotalDays);
        if (await IsShutOut(db, person.Id)) return new WrongSignIn();
        audit.Enqueue(new(AuditWhat.SignedIn, person.Id, Actor: person.Id, From: from.Address));
        writer.Enqueue(
            write => write.Set<Person>().Where(p => p.Id == person.Id).ExecuteUpdate(p => p.SetProperty(r => r.LastSignInAt, now)));
        return person;
    }

    /// <summary>Null when there is no such person any more.</summary>
    public Task<Person?> Find(PersonId id) => db.Set<Person>().SingleOrDefaultAsync(p => p.Id == id);

    /// <summary>The centers a person belongs to, with when each was entered last.</summary>
    public async Task<IReadOnlyList<Membership>> MembershipsOf(PersonId person)
    {
        var agents = await db.Set<Agent>().Where(a => a.Person == person).ToListAsync();
        return
        [
            .. agents.Select(a => (Row: a, Info: centers.Agent(a.Id), Center: centers.Of(a.Center)))
                .Where(a => a is { Info.Disabled: false, Center: not null })
                .Select(a => new Membership(a.Info!, a.Center!.Center, a.Row.LastVisitAt))
                .OrderByDescending(m => m.LastVisitAt).ThenBy(m => m.Center.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Null when nobody signs in with this e-mail.</summary>
    public Task<Person?> FindByEmail(string email) => users.FindByEmailAsync(email);

    /// <summary>A new person with this password, which must keep <see cref="PasswordRule"/>; in no center yet.</summary>
    public async Task<Result<Person>> Create(Person person, string password)
    {
        if (Broken(password, nameof(password)) is { } broken) return broken;
        var hash = await passwords.Hash(password);
        if (hash.Error is { } busy) return busy;
        person.PasswordHash = hash.Value;
        var made = await users.CreateAsync(person);
        return made.Succeeded ? person : new ValidationFailed([.. made.Errors.Select(error => new FieldError("email", error.Description))]);
    }

    /// <summary>
    /// Makes a new person, who has an id, ready to be stored with this initial password, by a change that stores something else with it.
    /// Refused as <see cref="Create"/> refuses.
    /// </summary>
    public async Task<Result<Person>> Prepare(Person person, string password)
    {
        if (Broken(password, nameof(password)) is { } broken) return broken;
        foreach (var validator in users.UserValidators)
        {
            if (await validator.ValidateAsync(users, person) is { Succeeded: false } wrong)
                return new ValidationFailed([.. wrong.Errors.Select(error => new FieldError("email", error.Description))]);
        }
        var hash = await passwords.Hash(password);
        if (hash.Error is { } busy) return busy;
        person.NormalizedEmail = users.NormalizeEmail(person.Email)!;
        Put(person, hash.Value);
        MakeInitial(person);
        return person;
    }

    /// <summary>
    /// A new password; ends all sessions made with the old one, once <see cref="Centers.Reload(PersonId)"/> has seen it. A wrong current
    /// one counts as at the sign-in. Refused at the fields «current» and «password», or <see cref="PasswordLocked"/>,
    /// <see cref="PasswordsBusy"/>.
    /// </summary>
    /// <param name="along">What else belongs into the same change.</param>
    public async Task<Result<Person>> ChangePassword(
        Person person, string current, string password, Origin from, Action<TcccDb>? along = null)
    {
        if (Broken(password, nameof(password)) is { } broken) return broken;
        var matches = await passwords.Verify(person.PasswordHash, current);
        if (matches.Error is { } busy) return busy;
        var hash = await passwords.Hash(password);
        if (hash.Error is { } busier) return busier;
        // a wrong current password is an answer like any other here, because its count must be stored
        var (changed, error) = await writer.Write<(Person?, Error?)>(async write =>
        {
            if (await write.Set<Person>().SingleOrDefaultAsync(p => p.Id == person.Id, CancellationToken.None) is not { } row)
                return (null, new WrongSignIn());
            if (await WrongPasswords.IsLocked(write, row, WrongPasswords.SignedIn, clock.Now))
                return (null, new PasswordLocked((int)DirectoryModule.Lockout.TotalMinutes));
            var right = matches.Value.Right && row.PasswordHash == person.PasswordHash;
            if (!await Proven(write, row, right, WrongPasswords.SignedIn, from))
                return (null, new ValidationFailed(nameof(current), "This is not your current password."));
            Put(row, hash.Value);
            along?.Invoke(write);
            return (row, null);
        });
        return error is null ? changed! : error;
    }

    /// <summary>
    /// A password in place of a lost one, from an administrator or after a code; unlocks the account and ends all sessions, as
    /// <see cref="ChangePassword"/> does. Refused at the field «password», or <see cref="PasswordsBusy"/>, or
    /// <see cref="ChangedMeanwhile"/>.
    /// </summary>
    /// <param name="initial">Somebody else knows it: good for <see cref="InitialPasswordLasts"/>, and the person must choose their
    /// own.</param>
    /// <param name="along">What else belongs into the same change.</param>
    public async Task<Result<Person>> ReplacePassword(Person person, string password, bool initial = false, Action<TcccDb>? along = null)
    {
        if (Broken(password, nameof(password)) is { } broken) return broken;
        var hash = await passwords.Hash(password);
        if (hash.Error is { } busy) return busy;
        return await writer.Write<Result<Person>>(async write =>
        {
            // two posts of one proof have one winner
            if (await write.Set<Person>()
                .SingleOrDefaultAsync(
                    p => p.Id == person.Id && p.SecurityStamp == person.SecurityStamp,
                    CancellationToken.None) is not { } row) return new ChangedMeanwhile();
            Put(row, hash.Value);
            if (initial) MakeInitial(row);
            await WrongPasswords.ForgetAll(write, row);
            along?.Invoke(write);
            return row;
        });
    }

    /// <summary>
    /// A password that the person will have chosen at the first sign-in, in place of the initial one; hashed before the change that stores
    /// it by <see cref="Choose"/>.
    /// </summary>
    public async Task<Result<string>> HashOwn(Person person, string password)
    {
        if (Broken(password, nameof(password)) is { } broken) return broken;
        var same = await passwords.Verify(person.PasswordHash, password);
        if (same.Error is { } busy) return busy;
        if (same.Value.Right) return new ValidationFailed(nameof(password), "Choose a password of your own, not the one you were given.");
        return await passwords.Hash(password);
    }

    /// <summary>
    /// Inside a change: the password of <see cref="HashOwn"/>; ends all other sessions, as <see cref="ChangePassword"/> does.
    /// </summary>
    public void Choose(Person row, string hash) => Put(row, hash);

    /// <summary>The password of this row was given by somebody else, a moment ago.</summary>
    public void MakeInitial(Person row) => (row.PasswordIsInitial, row.PasswordExpiresAt) = (true, time.GetUtcNow() + InitialPasswordLasts);

    /// <summary>Ends all sessions of a person, once <see cref="Centers.Reload(PersonId)"/> has seen it.</summary>
    public Task EndAllSessions(PersonId person, Origin from) => writer.Write(async write =>
    {
        if (await write.Set<Person>().SingleOrDefaultAsync(p => p.Id == person, CancellationToken.None) is not { } row) return;
        row.SecurityStamp = NewStamp();
        audit.Record(write, new(AuditWhat.SignedOutEverywhere, person, Actor: person, From: from.Address));
    });

    /// <summary>Whether the password was right and this place is not locked; counts a wrong one, and locks after so many.</summary>
    private async Task<bool> Proven(TcccDb write, Person row, bool right, string place, Origin from)
    {
        var now = clock.Now;
        var locked = await WrongPasswords.IsLocked(write, row, place, now);
        if (right && !locked)
        {
            await WrongPasswords.Forget(write, row, place);
            return true;
        }
        audit.Record(write, new(AuditWhat.SignInFailed, row.Id, From: from.Address, Target: row.Email));
        if (!locked && await wrong.Count(write, row, place, now))
            audit.Record(write, new(AuditWhat.LockedOut, row.Id, From: from.Address, Target: row.Email));
        return false;
    }

    private void Put(Person row, string hash) =>
        (row.PasswordHash, row.SecurityStamp, row.PasswordIsInitial, row.PasswordExpiresAt) = (hash, NewStamp(), false, null);

    private string NewStamp()
    {
        Span<byte> random = stackalloc byte[StampBytes];
        randomness.Fill(random);
        return Convert.ToHexString(random);
    }

    private static ValidationFailed? Broken(string password, string field) =>
        PasswordRule.Broken(password) is { Count: > 0 } broken ? new([.. broken.Select(text => new FieldError(field, text))]) : null;
}

/// <summary>A center a person belongs to.</summary>
public sealed record Membership(AgentInfo Agent, Center Center, DateTimeOffset? LastVisitAt);

public sealed record WrongSignIn()
    : Error(ErrorKind.Invalid, "E-mail or password is wrong, or the account is locked for a while after too many tries.");

/// <summary>Said only to who knows the password.</summary>
public sealed record InitialPasswordExpired(int Days)
    : Error(ErrorKind.Forbidden,
        "This password was given to you for {0} days, which are over. Ask an administrator of your center for a new one.", Days);

/// <summary>Somebody else changed the password in the same moment.</summary>
public sealed record ChangedMeanwhile()
    : Error(ErrorKind.Conflict, "The password was changed by somebody else in this moment. Begin again.");

/// <summary>Said only to who is signed in.</summary>
public sealed record PasswordLocked(int Minutes)
    : Error(ErrorKind.TooMany, "The password was wrong too often. Wait {0} minutes, then try again.", Minutes);
