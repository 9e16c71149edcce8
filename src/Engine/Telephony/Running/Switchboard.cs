using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// What a call needs of the rest of the house to carry out its decisions. The SIP endpoint calls into telephony and is called by it, hence
/// <see cref="Lazy{T}"/>.
/// </summary>
internal sealed partial record Switchboard(
    CallTable Calls, LegTable Legs, AgentDevices Devices, IMedia Media, Lazy<SipEndpoint> Sip, Dispatch Dispatch, Centers Centers,
    TrunkPasswords Passwords, TrunkMonitor Trunks, WebCustomers Web, Writer Writer, IdSource Ids, TimeProvider Time, Deadlines Deadlines,
    Announcements Announcements, SoundFiles Sounds, ILogger<LiveCall> Log)
{
    /// <summary>
    /// Where a number leads at this moment. Outside its opening hours the caller hears so, when there is an
    /// announcement for it, and is refused otherwise; product.md §4.
    /// </summary>
    public Entry EntryOf(Number? number)
    {
        if (number is null || Centers.Of(number.Center)?.IsOpen(number, Time.GetUtcNow()) is not false) return Routes.EntryOf(number);
        return FarewellOf(CallEndReason.Closed, number, null) is null
            ? new Entry.Refused(480, CallEndReason.Closed)
            : new Entry.Farewell(CallEndReason.Closed);
    }

    /// <summary>
    /// What a caller hears before the call ends for this reason: the recording of the number or the group, else the built-in sentence; null
    /// = nothing.
    /// </summary>
    public ClipId? FarewellOf(CallEndReason reason, Number? number, GroupId? group) => Sounds.ClipOf(reason switch
    {
        CallEndReason.Closed => number?.ClosedAnnouncement,
        CallEndReason.WaitedTooLong when group is { } left => Centers.Group(left)?.Group.Farewell,
        _ => null,
    }) ?? Announcements.Farewell(reason);

    /// <summary>Waiting and on hold: the group's music, else the center's, else the built-in one.</summary>
    public ClipId MusicOf(CenterId center, GroupId? group) =>
        Sounds.ClipOf(group is { } at ? Centers.Group(at)?.Group.HoldMusic : null) ?? Sounds.ClipOf(Centers.Of(center)?.Center.HoldMusic)
            ?? Clips.HoldMusic;

    /// <summary>The center's carriers by which a call may go out, those first that answer.</summary>
    public ImmutableArray<Way> WaysOut(CenterView center) =>
    [
        .. center.Trunks.OrderBy(t => Trunks.Of(t.Id).Condition is TrunkCondition.Registered or TrunkCondition.Reachable ? 0 : 1)
            .Select(t => new Way(Ids.Next<LegId>(), t.Id)),
    ];

    /// <summary>The dispatcher's yes in the words of a call, with the agent's line as it is now.</summary>
    public Accepted Acceptance(CallId call, Acceptance given, bool autoAnswer) => new(
        given.Offer, given.Agent, given.Group, Devices.KindOf(given.Agent), Devices.LineOf(given.Agent), autoAnswer)
    {
        Contact = ConsultationOf(call, given.Contact.Id),
    };

    /// <summary>What the dispatcher speaks of, in the words of a call: none = its own contact.</summary>
    public static ContactId? ConsultationOf(CallId call, ContactId contact) => contact.Value == call.Value ? null : contact;
}
