using System.ComponentModel.DataAnnotations;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// Where a desk phone is registered from, so that it rings after a restart too. One row a phone, gone with its registration.
/// </summary>
public sealed class PhoneBinding : ICenterRow
{
    /// <summary>A phone whose Contact is longer is not remembered over a restart.</summary>
    public const int LongestContact = 500;

    /// <summary>As <see cref="Directory.DeskPhone.SipUser"/>; the key.</summary>
    [MaxLength(50)]
    public required string SipUser { get; set; }

    public CenterId Center { get; set; }

    [MaxLength(LongestContact)]
    public required string Contact { get; set; }

    /// <summary>Where its REGISTER came from.</summary>
    [MaxLength(50)]
    public required string Address { get; set; }

    public int Port { get; set; }

    public SipTransport Transport { get; set; }

    [MaxLength(Foreign.Longest)]
    public string? UserAgent { get; set; }

    /// <summary>Of its last REGISTER, as <see cref="CSeq"/> is: an older one may not move the phone.</summary>
    [MaxLength(512)]
    public required string CallId { get; set; }

    public long CSeq { get; set; }

    /// <summary>Wall time; what is left of it counts once at the start, afterwards the loop's own clock does.</summary>
    public DateTimeOffset Expires { get; set; }
}
