using System.Collections.Immutable;

namespace Tccc.Telephony;

/// <summary>
/// Who is in charge of the customer at this moment. Each has its own data, which is gone with it; what moves each on is said in
/// Deciding/README.md.
/// </summary>
internal abstract record Desk
{
    private Desk() { }

    /// <summary>The call is made; <see cref="Arrived"/> has not been heard yet.</summary>
    public sealed record Nobody : Desk;

    /// <summary>
    /// In the dispatcher's hands, no agent being asked. Unanswered at first, moved on by the dispatcher or by
    /// <see cref="CallDeadline.DispatcherSilent"/>; answered and with music once the customer has to wait.
    /// </summary>
    /// <param name="Announcing">The place in the queue that is being announced at this moment; music before and after.</param>
    public sealed record Queue(int? Announcing = null) : Desk;

    /// <summary>
    /// Agents are asked: one, or several where a group rings all. Moved on by the end of the leases, which the dispatcher keeps.
    /// </summary>
    /// <param name="Offers">Never empty.</param>
    public sealed record Ringing(ImmutableArray<OfferOut> Offers) : Desk;

    /// <summary>An agent accepted: <see cref="AgentStage"/> says how far they are.</summary>
    public sealed record Agent(AgentPart Part) : Desk;

    /// <summary>The customer hears why the call ends. Moved on by the clip's end, else by <see cref="CallDeadline.Farewell"/>.</summary>
    public sealed record Farewell(CallEnd End) : Desk;

    public sealed record Ended(CallEnd End) : Desk;
}
