namespace Tccc.Telephony;

// The customer is sent on, and where they go when nobody takes them. product.md §6.
internal sealed partial record Call
{
    /// <summary>So long a desk phone rings that an agent sends the customer to, or consults.</summary>
    public static readonly TimeSpan PhoneRing = TimeSpan.FromSeconds(20);

    /// <summary>The direct transfer: the agent's part ends at once.</summary>
    private static void Transfer(ref Turn turn, Target target)
    {
        if (!MayMove(ref turn)) return;
        var fallback = turn.Call.FallbackOf(turn.Call.Agent!);
        Leave(ref turn);
        Send(ref turn, target, fallback);
        turn.Store();
    }

    private static bool MayMove(ref Turn turn)
    {
        turn.Refusal = turn.Call.Agent!.JoinedAt is null ? new NotConnectedYet()
            : turn.Call.Consultation is not null ? new Consulting()
            : null;
        return turn.Refusal is null;
    }

    /// <summary>The agent's part ends and the call goes on: it stays found by them, as by one who was asked and accepted.</summary>
    private static void Leave(ref Turn turn)
    {
        var (call, agent) = (turn.Call, turn.Call.Agent!);
        if (agent.Dialled)
        {
            var took = call.Attempt(new(call.Id.Value), agent.Id, agent.Device, agent.Since, agent.Since, AttemptOutcome.Accepted);
            turn.Do(new Insert(took));
        }

        EndAgentPart(ref turn);
    }

    /// <summary>The head of the group's queue; who came by none, or was called by us, comes back to the agent.</summary>
    private Fallback FallbackOf(AgentPart agent) => new(agent.Id, Direction is CallDirection.Inbound ? Group : null);

    private static void Send(ref Turn turn, Target target, Fallback fallback)
    {
        switch (target)
        {
            case Target.Group to:
                turn.Call = turn.Call with { Group = to.Id, Desk = new Desk.Queue(Fallback: fallback) };
                turn.Do(new EnqueueContact(to.Id, fallback.By) { Transferred = true });
                break;
            case Target.Agent to:
                turn.Call = turn.Call with { Desk = new Desk.Queue(Fallback: fallback) };
                turn.Do(new OfferToAgent(to.Id));
                break;
            case Target.Telephone to:
                turn.Call = turn.Call with { Desk = new Desk.Reaching(BeginReach(ref turn, to), fallback) };
                break;
        }
    }

    /// <summary>Nobody took the customer there.</summary>
    private static void FallBack(ref Turn turn, Fallback fallback)
    {
        CloseOffers(ref turn, AttemptOutcome.CallEnded);
        turn.Call = turn.Call with { Desk = new Desk.Queue(), Contact = null, Group = fallback.Group };
        if (fallback.Group is { } group)
        {
            turn.Do(new EnqueueContact(group, fallback.By));
            turn.Raise(new CallReturned(turn.Call.Id, turn.Call.Center, fallback.By, group, turn.At));
        }
        else
        {
            turn.Do(new OfferToAgent(fallback.By) { Returned = true });
        }

        turn.Store();
    }

    /// <summary>
    /// The agent leaves, whatever the reason, and whom they consulted takes their place: at once when there, else as soon as they answer.
    /// </summary>
    private static void PassOn(ref Turn turn)
    {
        var fallback = turn.Call.FallbackOf(turn.Call.Agent!);
        var third = turn.Call.Consultation!.Third;
        Leave(ref turn);
        switch (third)
        {
            case Third.Agent { Part: var part }:
                turn.Call = turn.Call with
                {
                    LastAgent = part.Id,
                    Desk = new Desk.Agent(part) { Fallback = part.Stage is AgentStage.Joined ? null : fallback },
                };
                break;
            case Third.Outside { Peer: var peer }:
                turn.Call = turn.Call with { Desk = new Desk.Outside(peer, fallback) };
                break;
            case Third.Reaching { Reach: var reach }:
                turn.Call = turn.Call with { Desk = new Desk.Reaching(reach with { RingBack = false }, fallback) };
                break;
            case Third.Asked asked:
                turn.Call = turn.Call with
                {
                    Contact = asked.Contact,
                    Group = asked.Group ?? turn.Call.Group,
                    Desk = asked.Offers.IsEmpty ? new Desk.Queue(Fallback: fallback) : new Desk.Ringing(asked.Offers, fallback),
                };
                break;
        }

        turn.Store();
    }
}
