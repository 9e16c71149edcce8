using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A SIP phone that registers with us. Its password is kept as digests only.</summary>
public sealed class DeskPhone : ICenterRow, IVersioned
{
    /// <summary>The realm of our challenges; part of the digests, so it can never change.</summary>
    public const string Realm = "tccc";

    public PhoneId Id { get; set; }

    public CenterId Center { get; set; }

    /// <summary>Unique in the center.</summary>
    [MaxLength(20)]
    public required string Extension { get; set; }

    /// <summary>What the phone signs in as, unique everywhere: the extension, unless another center had it first.</summary>
    [MaxLength(50)]
    public required string SipUser { get; set; }

    /// <summary>
    /// H(user:realm:password) in lower-case hex; RFC 8760 §2, RFC 2617 §3.2.2.2. Empty = the phone must not use this algorithm.
    /// </summary>
    [MaxLength(32)]
    public string Ha1Md5 { get; set; } = "";

    /// <inheritdoc cref="Ha1Md5"/>
    [MaxLength(64)]
    public string Ha1Sha256 { get; set; } = "";

    /// <summary>The agent who answers here in place of the browser's line; one phone an agent, one agent a phone.</summary>
    public AgentId? BoundAgent { get; set; }

    public long Version { get; set; }

    public PersonId? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>
    /// Sets the password for the one algorithm that the phone is to use: MD5, which every phone knows, or SHA-256 (RFC 8760) for one that
    /// does.
    /// </summary>
    public void SetPassword(string password, bool sha256 = false)
    {
        var secret = Encoding.UTF8.GetBytes($"{SipUser}:{Realm}:{password}");
        // RFC 3261 §22.4: phones of today know nothing else
#pragma warning disable CA5351
        Ha1Md5 = sha256 ? "" : Convert.ToHexStringLower(MD5.HashData(secret));
#pragma warning restore CA5351
        Ha1Sha256 = sha256 ? Convert.ToHexStringLower(SHA256.HashData(secret)) : "";
    }
}
