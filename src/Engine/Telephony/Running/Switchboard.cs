using Microsoft.Extensions.Logging;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>What a call needs of the rest of the house to carry out its decisions. The SIP endpoint calls into telephony and is called by it, hence <see cref="Lazy{T}"/>.</summary>
internal sealed record Switchboard(
    CallTable Calls, LegTable Legs, Devices Devices, IMedia Media, Lazy<SipEndpoint> Sip, Dispatch Dispatch, Centers Centers,
    Writer Writer, IdSource Ids, TimeProvider Time, Announcements Announcements, ILogger<LiveCall> Log)
{
    /// <summary>The dispatcher's yes in the words of a call, with the agent's line as it is now.</summary>
    public Accepted Acceptance(Acceptance given, bool autoAnswer) => new(
        given.Offer, given.Agent, given.Group, Devices.KindOf(given.Agent), Devices.LineOf(given.Agent), autoAnswer);
}
