using System.ComponentModel.DataAnnotations;

namespace Tccc.Directory;

/// <summary>Somebody who signs in; the user of ASP.NET Core Identity. Belongs to centers by <see cref="Directory.Agent"/> rows.</summary>
public sealed class Person
{
    public PersonId Id { get; set; }

    /// <summary>As it was typed; <see cref="NormalizedEmail"/> is what is unique.</summary>
    [MaxLength(254)]
    public required string Email { get; set; }

    [MaxLength(254)]
    public string NormalizedEmail { get; set; } = "";

    [MaxLength(200)]
    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password; a cookie that has another one is no longer good.</summary>
    [MaxLength(64)]
    public string SecurityStamp { get; set; } = "";

    /// <summary>Given by somebody else, in a mail or on a page: the person's first sign-in asks for one of their own.</summary>
    public bool PasswordIsInitial { get; set; }

    /// <summary>When an initial password that was not used is no longer good; null = never.</summary>
    public DateTimeOffset? PasswordExpiresAt { get; set; }

    /// <summary>Wrong passwords from places this person never signed in from; see <see cref="WrongPasswords"/>.</summary>
    public int AccessFailedCount { get; set; }

    /// <summary>Until then, by the <see cref="EvenClock"/>, only browsers are let in that the person signed in with before.</summary>
    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>Bound by an SMS code; null until the first sign-in is finished.</summary>
    [MaxLength(20)]
    public string? Mobile { get; set; }

    /// <summary>The language the person chose; null = as the browser says.</summary>
    [MaxLength(10)]
    public string? Language { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }
}
