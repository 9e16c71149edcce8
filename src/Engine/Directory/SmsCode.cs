using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;

namespace Tccc.Directory;

/// <summary>What a code is good for, and for nothing else.</summary>
public enum CodePurpose
{
    SignIn,
    /// <summary>A new password in place of a forgotten one.</summary>
    Recover,
    /// <summary>The first mobile number of a person.</summary>
    Bind,
    /// <summary>Another mobile number; the code goes to the new one.</summary>
    ChangeMobile,
}

/// <summary>Who asked for a code: what each kind asks for is counted apart, and is no other's.</summary>
public enum CodeAsker
{
    /// <summary>Not signed in, with a browser that the number's owner never signed in with.</summary>
    Stranger,
    /// <summary>Not signed in, with a browser that the number's owner signed in with before.</summary>
    KnownDevice,
    /// <summary>Somebody who is signed in, for a number they want to bind.</summary>
    SignedIn,
}

/// <summary>
/// A code that was sent to a mobile number, or would have been: a number that nobody has gets the same row and no SMS. product.md §1
/// </summary>
public sealed class SmsCode
{
    public long Id { get; set; }

    public CodePurpose Purpose { get; set; }

    /// <summary>As <see cref="MobileNumber.Normalise"/> gives it.</summary>
    [MaxLength(20)]
    public required string Mobile { get; set; }

    /// <summary>Who asked, signed in; null for a stranger. Nobody else can use the code.</summary>
    public PersonId? Person { get; set; }

    public CodeAsker Asker { get; set; }

    /// <summary>Whence it was asked for; <see cref="Origin.Network"/>.</summary>
    [MaxLength(40)]
    public string Network { get; set; } = "";

    /// <summary>Of the person it is for; null when nobody has the number.</summary>
    public CenterId? Center { get; set; }

    public required byte[] Salt { get; set; }

    /// <summary>The code itself is nowhere.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>By the <see cref="EvenClock"/>.</summary>
    public DateTimeOffset SentAt { get; set; }

    /// <summary>How often it was typed wrongly.</summary>
    public int Tries { get; set; }

    public bool Used { get; set; }

    internal static byte[] HashOf(byte[] salt, string code) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(code)]);

    internal bool Is(string code) => CryptographicOperations.FixedTimeEquals(Hash, HashOf(Salt, code));
}
