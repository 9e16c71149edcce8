namespace Tccc.Telephony;

// An agent calls a colleague or a desk phone: a consultation about nobody, which may simply end. product.md §5 «Internal call».
internal sealed partial record Call
{
    public bool IsInside => Direction is CallDirection.Internal;

    /// <summary>Of a call inside there is no customer's leg.</summary>
    public static readonly Leg NoCustomer = new(default, LegCarrier.Web, LegStage.Gone);

    private static void CallInside(ref Turn turn, CalledInside call)
    {
        if (turn.Call.Desk is not Desk.Nobody) return;
        var agent = new AgentPart(call.Agent, AgentDevice.Line, call.LineLeg, AgentStage.Joined, turn.Now) { JoinedAt = turn.Now };
        turn.Call = turn.Call with
        {
            Direction = CallDirection.Internal,
            LastAgent = call.Agent,
            Desk = new Desk.Agent(agent),
        };
        // it may have broken before the call was made
        if (agent.Leg is null) Interrupt(ref turn, agent);
        Ask(ref turn, call.Target, call.Contact);
        turn.Raise(new CallDialled(turn.Call.Id, turn.Call.Center, call.Agent, turn.At));
    }

    /// <summary>They have each other now.</summary>
    private static void AnswerInside(ref Turn turn)
    {
        if (turn.Call is { IsInside: true, AnsweredAt: null }) turn.Call = turn.Call with { AnsweredAt = turn.Now };
    }

    /// <summary>The other side is gone, or was not reached.</summary>
    private static void LoseInside(ref Turn turn, CallEndReason reason) => Finish(
        ref turn,
        turn.Call.AnsweredAt is null
            ? new(CallResult.NotReached, reason, EndedBy.Third)
            : new(CallResult.Served, reason, reason is CallEndReason.HungUp ? EndedBy.Third : EndedBy.System));

    /// <summary>The agent who called is gone.</summary>
    private static void LeaveInside(ref Turn turn, CallEndReason reason, EndedBy by) => Finish(
        ref turn, turn.Call.AnsweredAt is null ? new(CallResult.NotReached, reason, by) : new(CallResult.Served, reason, by));
}
