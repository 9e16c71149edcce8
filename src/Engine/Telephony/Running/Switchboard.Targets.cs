using Tccc.Acd;
using Tccc.Directory;

namespace Tccc.Telephony;

// Who can be reached at this moment: for transfers, consultations, internal calls.
internal sealed partial record Switchboard
{
    /// <summary>Whom an agent means, in the words of a call, or why they can't be had at this moment.</summary>
    public Result<Target> TargetOf(AgentId me, TransferTarget to) =>
        Centers.Of(me) is { } center ? TargetOf(center, me, to) : new AgentUnknown();

    private Result<Target> TargetOf(CenterView center, AgentId me, TransferTarget to) => to switch
    {
        TransferTarget.Group group => ToGroup(center, group.Id),
        TransferTarget.Agent agent => ToAgent(center, me, agent.Id),
        TransferTarget.Phone phone => ToPhone(center, me, phone.Id),
        TransferTarget.Outside outside => ToOutside(center, me, outside.Typed),
        _ => new TargetGone(),
    };

    private Result<Target> ToGroup(CenterView center, GroupId id)
    {
        if (!center.Groups.TryGetValue(id, out var group)) return new TargetGone();
        return Dispatch.See(id) is { SignedIn: > 0 } ? new Target.Group(id) : new NobodyInGroup(group.Name);
    }

    private Result<Target> ToAgent(CenterView center, AgentId me, AgentId id)
    {
        if (id == me) return new ToYourself();
        if (!center.Agents.TryGetValue(id, out var colleague) || Dispatch.See(id) is not { } seen) return new TargetGone();
        return seen switch
        {
            { State: AgentState.Idle or AgentState.NotReady, Offer: null, DeviceReachable: true } => new Target.Agent(id),
            { Offer: not null } => new ColleagueNotFree(colleague.Name, ColleagueState.Ringing),
            { State: AgentState.Idle or AgentState.NotReady } => new ColleagueNotFree(colleague.Name, ColleagueState.Unreachable),
            { State: AgentState.Busy } => new ColleagueNotFree(colleague.Name, ColleagueState.Busy),
            { State: AgentState.WrapUp } => new ColleagueNotFree(colleague.Name, ColleagueState.WrapUp),
            { State: AgentState.Break } => new ColleagueNotFree(colleague.Name, ColleagueState.OnBreak),
            _ => new ColleagueNotFree(colleague.Name, ColleagueState.Offline),
        };
    }

    private Result<Target> ToPhone(CenterView center, AgentId me, PhoneId id)
    {
        if (center.Phones.GetValueOrDefault(id) is not { } phone) return new TargetGone();
        if (phone.BoundAgent is { } agent) return ToAgent(center, me, agent);
        if (Sip.Value.BindingOf(phone.SipUser) is null) return new PhoneNotThere(phone.Extension);
        return new Target.Telephone(phone.Extension, null, [new(Ids.Next<LegId>(), null, id)], Call.PhoneRing);
    }

    private Result<Target> ToOutside(CenterView center, AgentId me, string typed)
    {
        var read = DialledDigits.Read(typed);
        if (!read.Ok) return read.Error;
        if (Routes.NumberIn(Centers, center.Id, read.Value) is { } own)
        {
            return Routes.EntryOf(own) switch
            {
                Entry.ToGroup group => ToGroup(center, group.Group),
                Entry.ToAgent agent => ToAgent(center, me, agent.Agent),
                _ => new OwnNumber(read.Value),
            };
        }

        if (center.OutboundNumbers.FirstOrDefault() is not { Digits: var from }) return new NoCallerId();
        var ways = WaysOut(center);
        return ways.IsEmpty ? new NoCarrier() : new Target.Telephone(read.Value, from, ways, Call.RingLimit);
    }
}
