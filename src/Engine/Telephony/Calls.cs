using System.Collections.Immutable;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Media;

namespace Tccc.Telephony;

/// <summary>
/// What a person does with a call. Every order goes into the call's mailbox and answers when it has been carried out or refused.
/// </summary>
public sealed class Calls
{
    /// <summary>Digits and commas that are sent at one time.</summary>
    public const int MostDigits = 32;

    private readonly Switchboard board;

    internal Calls(Switchboard board) => this.board = board;

    /// <summary>
    /// The agent takes the offered call: it is joined to the agent's line. Fails with what the dispatcher says of the offer,
    /// with <see cref="LineDown"/>, <see cref="AnswerAtDeskPhone"/> or <see cref="CallerGone"/>. product.md §4.
    /// </summary>
    public async ValueTask<Result> Answer(OfferId offer, AgentId agent)
    {
        if (board.Centers.PhoneOfAgent(agent) is { } phone) return new AnswerAtDeskPhone(phone.Extension);
        if (board.Devices.LineOf(agent) is null) return new LineDown();
        var accepted = await board.Dispatch.Accept(offer, agent);
        if (!accepted.Ok) return accepted.Error;
        if (board.Calls.Find(accepted.Value.Contact.Id) is { } call)
            return await call.Ask(board.Acceptance(call.Id, accepted.Value, autoAnswer: false));
        board.Dispatch.Ended(accepted.Value.Contact.Id, agent, wrapUp: false);
        return new CallerGone();
    }

    /// <summary>
    /// «Take»: the agent takes a caller who waits in one of their groups; at a desk phone it rings first. Fails with what keeps the agent
    /// from it (<see cref="Dispatch.Take"/>) and as <see cref="Answer"/> does. product.md §3 «Waiting».
    /// </summary>
    public async ValueTask<Result> Take(CallId call, AgentId agent)
    {
        if (board.Calls.Find(new ContactId(call.Value)) is null) return new ContactGone();
        var taken = await board.Dispatch.Take(new(call.Value), agent);
        if (!taken.Ok) return taken.Error;
        return board.Centers.PhoneOfAgent(agent) is null ? await Answer(taken.Value, agent) : Result.Done;
    }

    /// <summary>The agent does not want the offered call; it goes to the next member of the group.</summary>
    public ValueTask<Result> Decline(OfferId offer, AgentId agent) => board.Dispatch.Decline(offer, agent);

    /// <summary>The agent ends the call.</summary>
    public ValueTask<Result> Hangup(CallId call, AgentId agent) => Ask(call, new HangupClicked(agent));

    /// <summary>Customer hears music, agent hears nothing; or back. Twice the same is done once. product.md §5.</summary>
    public ValueTask<Result> Hold(CallId call, AgentId agent, bool on) => Ask(call, new HoldClicked(agent, on));

    /// <summary>Customer hears silence, agent still hears the customer; or back. Twice the same is done once. product.md §5.</summary>
    public ValueTask<Result> Mute(CallId call, AgentId agent, bool on) => Ask(call, new MuteClicked(agent, on));

    /// <summary>
    /// The customer's telephone gets these keys: 0-9, *, #, and commas for pauses, at most <see cref="MostDigits"/>, with even spacing.
    /// Fails with <see cref="NotConnectedYet"/>, <see cref="NoUseForKeys"/>, <see cref="LineDown"/>, <see cref="KeysOnHold"/> or
    /// <see cref="KeysUnderWay"/>; another center's call is not there. product.md §5.
    /// </summary>
    public ValueTask<Result> SendDigits(CallId call, AgentId agent, string digits) =>
        board.Calls.Find(call) is { } found && found.State.Center == board.Centers.Agent(agent)?.Center
            ? found.Ask(new DigitsClicked(agent, digits))
            : new(new NoSuchCall());

    /// <summary>The call that is this agent's now; none while one only rings (that is an offer, and the dispatcher's to show).</summary>
    public CallView? CallOf(AgentId agent)
    {
        if (board.Calls.Of(agent)?.State is not { } call || call.PartOf(agent) is not { } part) return null;
        var consults = call.Agent == part;
        var phase = part switch
        {
            { Stage: AgentStage.Dialling } => call.AlertedAt is null ? CallPhase.Dialling : CallPhase.Ringing,
            { Stage: AgentStage.Lost } => CallPhase.Interrupted,
            { Stage: AgentStage.Beeping } => CallPhase.Connecting,
            { HeldSince: not null } => CallPhase.Held,
            _ => call.Consultation?.Speaks switch
            {
                not null when call.IsInside => call.AnsweredAt is null ? CallPhase.Ringing : CallPhase.Talking,
                Speaks.WithThird => CallPhase.Consulting,
                Speaks.WithBoth => CallPhase.Conference,
                Speaks.WithCustomer when !consults => CallPhase.Held,
                _ => CallPhase.Talking,
            },
        };
        return new(
            call.Id, call.Center, agent, call.Direction,
            // of a call inside each is shown the other
            call.IsInside && !consults ? board.Centers.Agent(call.Agent!.Id)?.Name ?? "" : call.Customer, call.Called, call.Group, phase,
            call.Arrived.Wall, call.WallAt(call.AnsweredAt), part.Since, part.HeldSince, Holds(call), part.Muted, part.Device,
            part.ReturnBy, call.WallAt(call.AlertedAt))
        {
            Third = consults ? ThirdOf(call) : null,
            ConsultedBy = consults ? null : call.Agent!.Id,
            ThirdLeft = consults ? (call.Desk as Desk.Agent)?.Left : null,
        };
    }

    /// <summary>
    /// The colleague on whose behalf this contact rings, and what for; none: nobody sent it. product.md §5 and §6.
    /// </summary>
    public SentBy? SenderOf(ContactId contact) => board.Calls.Find(contact)?.State switch
    {
        { Consultation: not null, Agent: { } agent } call => new(agent.Id, call.IsInside ? SentFor.Talk : SentFor.Consultation),
        { Desk: Desk.Queue { Fallback: { } fallback } } => new(fallback.By, SentFor.Transfer),
        { Desk: Desk.Ringing { Fallback: { } fallback } } => new(fallback.By, SentFor.Transfer),
        _ => null,
    };

    private static ThirdView? ThirdOf(Call call) => call.Consultation is not { } consultation ? null : consultation.Third switch
    {
        Third.Asked asked => new(asked.Colleague, asked.Group, null, consultation.IsThere, consultation.Speaks, consultation.Since),
        Third.Agent third => new(third.Part.Id, null, null, consultation.IsThere, consultation.Speaks, consultation.Since),
        _ => new(null, null, call.Reached!.To.Number, consultation.IsThere, consultation.Speaks, consultation.Since),
    };

    private static ImmutableArray<HoldSpan> Holds(Call call)
    {
        var holds = ImmutableArray.CreateBuilder<HoldSpan>();
        var parts = call.Ledger.Parts;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Kind is not PartKind.Hold) continue;
            holds.Add(new(call.WallAt(parts[i].From), i + 1 < parts.Length ? call.WallAt(parts[i + 1].From) : null));
        }

        return holds.DrainToImmutable();
    }

    /// <summary>
    /// How the network carries this agent's call now, by the last interval and not by the whole call; none without a call, or while nothing
    /// is known.
    /// </summary>
    public CallQuality? QualityOf(AgentId agent) =>
        board.Calls.Of(agent)?.State.PartOf(agent)?.Leg is { } leg && board.Media.Stats(leg) is { } stats ? QualityOf(stats) : null;

    internal static CallQuality? QualityOf(LegStats stats)
    {
        if (stats.OneWay) return new(Loss: 1, JitterMs: 0, RoundTripMs: null, Mos: null);
        if (stats.LastInterval is not { } last || (last.Received.Loss ?? last.Remote.Loss) is null) return null;
        return new(
            Math.Max(last.Received.Loss ?? 0, last.Remote.Loss ?? 0), Math.Max(last.Received.JitterMs ?? 0, last.Remote.JitterMs ?? 0),
            last.RoundTripMs, last.Received.Mos < last.Remote.Mos ? last.Received.Mos : last.Remote.Mos ?? last.Received.Mos);
    }

    /// <summary>
    /// From whom nothing comes in this agent's call, though both talk and it should, so that the other one hears nothing; known within 3 s,
    /// and said by <see cref="CallOneWay"/>.
    /// </summary>
    public IReadOnlyList<CallSide> SilentSides(AgentId agent)
    {
        if (board.Calls.Of(agent)?.State is not { Agent: { Stage: AgentStage.Joined, HeldSince: null } part, Consultation: null } call
            || part.Id != agent) return [];
        List<CallSide> silent = [];
        if (IsSilent(call.Leg.Id)) silent.Add(CallSide.Customer);
        if (!part.Muted && part.Leg is { } leg && IsSilent(leg)) silent.Add(CallSide.Agent);
        return silent;
    }

    private bool IsSilent(LegId leg) => board.Media.Stats(leg) is { OneWay: true };

    private ValueTask<Result> Ask(CallId id, Input click) =>
        board.Calls.Find(id) is { } call ? call.Ask(click) : new(new NoSuchCall());
}
