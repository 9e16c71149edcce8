using Tccc.Directory;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>How carriers and desk phones are connected now, for the pages that show it.</summary>
public sealed class Links
{
    private readonly TrunkRegistrations trunks;
    private readonly Lazy<SipEndpoint> sip;

    internal Links(TrunkRegistrations trunks, Lazy<SipEndpoint> sip) => (this.trunks, this.sip) = (trunks, sip);

    /// <summary>Where phones and carriers send to (UDP and TCP).</summary>
    public int SipPort => sip.Value.Port;

    /// <summary>Registered at the carrier, or why not.</summary>
    public TrunkLink Of(Trunk trunk)
    {
        if (trunks.StatusOf(trunk.Id) is not { } status) return new(TrunkLinkState.NotRegistering, null, null);
        var state = status.State switch
        {
            TrunkRegistrationState.Registered => TrunkLinkState.Registered,
            TrunkRegistrationState.Failed => TrunkLinkState.Failed,
            _ => TrunkLinkState.Registering,
        };
        return new(state, status.Since, status.Status > 0 ? $"{status.Status} {status.Reason}".TrimEnd() : status.Reason);
    }

    /// <summary>Null while the phone is not registered.</summary>
    public PhoneLink? Of(DeskPhone phone) => sip.Value.BindingOf(phone.SipUser) is { } binding
        ? new(binding.Source.Address.IsIPv4MappedToIPv6 ? binding.Source.Address.MapToIPv4().ToString() : binding.Source.Address.ToString(), binding.UserAgent, binding.Expires)
        : null;
}

/// <param name="Answer">What the carrier said last, when it said no, or what went wrong on the way.</param>
public sealed record TrunkLink(TrunkLinkState State, DateTimeOffset? Since, string? Answer);

public enum TrunkLinkState
{
    /// <summary>It is known by its address alone.</summary>
    NotRegistering,
    Registering,
    Registered,
    Failed,
}

/// <summary>Where a desk phone is registered from, what it calls itself, and until when.</summary>
public sealed record PhoneLink(string Address, string? Phone, DateTimeOffset Until);
