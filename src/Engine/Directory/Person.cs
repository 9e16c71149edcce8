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

    public int AccessFailedCount { get; set; }

    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>Bound by an SMS code; null until the first sign-in is finished.</summary>
    [MaxLength(20)]
    public string? Mobile { get; set; }

    /// <summary>The language the person chose; null = as the browser says.</summary>
    [MaxLength(10)]
    public string? Language { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }
}
