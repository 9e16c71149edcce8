using System.Collections.Immutable;
using Tccc.Acd;
using Tccc.Directory;

namespace Tccc.Telephony;

/// <summary>Agents call customers. product.md §5.</summary>
public sealed class Dialling
{
    /// <summary>Of what is dialled; ITU-T E.164 has 15 digits, and prefixes and codes come before them.</summary>
    public const int DigitsAtMost = 32;

    private readonly Switchboard board;

    internal Dialling(Switchboard board) => this.board = board;

    /// <summary>
    /// The agent calls a number, on the line of their workbench; the call is theirs at once. Fails with <see cref="NotANumber"/>,
    /// <see cref="NumberTooLong"/>, <see cref="OwnNumber"/>, <see cref="NoCallerId"/>, <see cref="CallerIdGone"/>, <see cref="NoCarrier"/>,
    /// <see cref="LineDown"/>, <see cref="DialAtDeskPhone"/>, <see cref="NoMoreCalls"/>, or what keeps the agent from it
    /// (<see cref="Dispatch.Begin"/>).
    /// </summary>
    /// <param name="callerId">Digits of the number to be shown, one of <see cref="CallerIds"/>; none = the center's default.</param>
    public async ValueTask<Result<CallId>> Dial(AgentId agent, string typed, string? callerId = null)
    {
        if (board.Calls.Closed || board.Writer.IsFull) return new NoMoreCalls();
        if (board.Centers.Of(agent) is not { } center) return new AgentUnknown();
        var read = DialledDigits.Read(typed);
        if (!read.Ok) return read.Error;
        var digits = read.Value;
        if (Routes.NumberIn(board.Centers, center.Id, digits) is not null) return new OwnNumber(digits);
        var chosen = center.OutboundNumbers.FirstOrDefault(n => string.IsNullOrEmpty(callerId) || n.Digits == callerId);
        if (chosen is not { Digits: var from }) return string.IsNullOrEmpty(callerId) ? new NoCallerId() : new CallerIdGone();
        if (board.Centers.PhoneOfAgent(agent) is { } phone) return new DialAtDeskPhone(phone.Extension);
        if (board.Devices.LineOf(agent) is not { } line)
            return board.Dispatch.See(agent) is { State: AgentState.Offline } ? new AgentIsOffline() : new LineDown();
        var ways = board.Web.AnyOutside ? [new(board.Ids.Next<LegId>(), null)] : board.WaysOut(center);
        if (ways.IsEmpty) return new NoCarrier();
        var id = board.Ids.Next<CallId>();
        var begun = await board.Dispatch.Begin(agent, new(id.Value), ContactKind.Call);
        if (!begun.Ok) return begun.Error;
        var leg = new Leg(ways[0].Leg, LegCarrier.Trunk, LegStage.Dialling);
        return await Begin(
            agent,
            new(id, center.Id, digits, from, leg, Routes.Settings(center)) { Direction = CallDirection.Outbound, LastAgent = agent },
            new Dialled(agent, line, ways));
    }

    /// <summary>
    /// The agent calls a colleague or a desk phone nobody is bound to; no wrap-up follows. Fails with what keeps the colleague from it
    /// (<see cref="Transfers.Transfer"/>), <see cref="LineDown"/>, <see cref="DialAtDeskPhone"/>, <see cref="NoMoreCalls"/>, or what keeps
    /// the agent from it (<see cref="Dispatch.Begin"/>). product.md §5 «Internal call».
    /// </summary>
    public async ValueTask<Result<CallId>> CallInside(AgentId agent, TransferTarget whom)
    {
        if (board.Calls.Closed || board.Writer.IsFull) return new NoMoreCalls();
        if (board.Centers.Of(agent) is not { } center) return new AgentUnknown();
        if (whom is not (TransferTarget.Agent or TransferTarget.Phone)) return new TargetGone();
        var target = board.TargetOf(agent, whom);
        if (!target.Ok) return target.Error;
        if (board.Centers.PhoneOfAgent(agent) is { } phone) return new DialAtDeskPhone(phone.Extension);
        if (board.Devices.LineOf(agent) is not { } line)
            return board.Dispatch.See(agent) is { State: AgentState.Offline } ? new AgentIsOffline() : new LineDown();
        var name = target.Value is Target.Agent colleague ? center.Agents[colleague.Id].Name : ((Target.Telephone)target.Value).Number;
        var id = board.Ids.Next<CallId>();
        var begun = await board.Dispatch.Begin(agent, new(id.Value), ContactKind.Call);
        if (!begun.Ok) return begun.Error;
        return await Begin(
            agent,
            new(id, center.Id, Foreign.Text(name, CallRecord.LongestNumber), "", Call.NoCustomer, Routes.Settings(center))
            {
                Direction = CallDirection.Internal,
                LastAgent = agent,
            },
            new CalledInside(agent, line, target.Value, board.Ids.Next<ContactId>()));
    }

    private async ValueTask<Result<CallId>> Begin(AgentId agent, Call call, Input first)
    {
        var live = new LiveCall(board, call, null);
        await live.Ask(first);
        // the server stops: the call was over before it was dialled
        if (live.State is { HasEnded: true, Agent: null, Ledger.Parts.IsEmpty: true })
        {
            board.Dispatch.Ended(new(call.Id.Value), agent, wrapUp: false);
            return new NoMoreCalls();
        }

        return call.Id;
    }

    /// <summary>The numbers that this agent may show to whom they call, in digits, the default first.</summary>
    public ImmutableArray<string> CallerIds(AgentId agent) =>
        board.Centers.Of(agent) is { } center ? [.. center.OutboundNumbers.Select(n => n.Digits)] : [];
}
