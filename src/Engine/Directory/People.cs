using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>Makes people and checks their passwords, over ASP.NET Core Identity.</summary>
public sealed class People
{
    private readonly UserManager<Person> users;
    private readonly Centers centers;
    private readonly TcccDb db;

    internal People(UserManager<Person> users, Centers centers, TcccDb db) => (this.users, this.centers, this.db) = (users, centers, db);

    /// <summary>
    /// The person with this e-mail and password. The answer is the same for an unknown e-mail, a wrong password and a locked account; so is the work,
    /// near enough that its time says nothing either.
    /// </summary>
    public async Task<Result<Person>> Authenticate(string email, string password)
    {
        if (await users.FindByEmailAsync(email) is not { } person)
        {
            users.PasswordHasher.HashPassword(new() { Email = email }, password);
            return new WrongSignIn();
        }
        if (await users.IsLockedOutAsync(person)) return new WrongSignIn();
        if (!await users.CheckPasswordAsync(person, password))
        {
            await users.AccessFailedAsync(person);
            return new WrongSignIn();
        }
        if (await IsDisabled(person.Id)) return new WrongSignIn();
        if (person.AccessFailedCount > 0) await users.ResetAccessFailedCountAsync(person);
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
    public async Task<Result<Person>> Create(Person person, string password) => Outcome(await users.CreateAsync(person, password), person);

    /// <summary>A new password; ends all sessions made with the old one, once <see cref="Centers.Reload"/> has seen it.</summary>
    public async Task<Result<Person>> ChangePassword(Person person, string current, string password) => Outcome(await users.ChangePasswordAsync(person, current, password), person);

    /// <summary>A password that an administrator gives in place of a lost one; ends all sessions, as <see cref="ChangePassword"/> does.</summary>
    public async Task<Result<Person>> ReplacePassword(Person person, string password)
    {
        if (PasswordRule.Broken(password) is [var broken, ..]) return new ValidationFailed("password", broken);
        person.LockoutEnd = null;
        person.AccessFailedCount = 0;
        await users.RemovePasswordAsync(person);
        return Outcome(await users.AddPasswordAsync(person, password), person);
    }

    /// <summary>Belongs to centers, and every one of them has shut the door.</summary>
    private async Task<bool> IsDisabled(PersonId person)
    {
        var places = await db.Set<Agent>().Where(a => a.Person == person).Select(a => a.Disabled).ToListAsync();
        return places.Count > 0 && places.TrueForAll(disabled => disabled);
    }

    private static Result<Person> Outcome(IdentityResult result, Person person) => result.Succeeded
        ? person
        : new ValidationFailed([.. result.Errors.Select(error => new FieldError(FieldOf(error.Code), error.Description))]);

    private static string FieldOf(string code) => code.Contains("Email", StringComparison.Ordinal) || code.Contains("UserName", StringComparison.Ordinal) ? "email" : "password";
}

/// <summary>A center a person belongs to.</summary>
public sealed record Membership(AgentInfo Agent, Center Center, DateTimeOffset? LastVisitAt);

public sealed record WrongSignIn() : Error(ErrorKind.Invalid, "E-mail or password is wrong, or the account is locked for a while after too many tries.");
