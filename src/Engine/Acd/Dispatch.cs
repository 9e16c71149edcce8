using System.Collections.Immutable;
using Tccc.Acd.Core;
using Tccc.Acd.Mailbox;

namespace Tccc.Acd;

/// <summary>
/// The dispatcher's public face: contacts come in, offers come out as events; agents choose their state. Every order is put into the
/// mailbox of its center and done in the order it came; reads are immutable snapshots. Safe from any thread; nothing here blocks.
/// </summary>
public sealed class Dispatch
{
    private readonly Mailboxes mailboxes;

    internal Dispatch(Mailboxes mailboxes) => this.mailboxes = mailboxes;

    /// <summary>Puts a contact into a group's queue (product.md §4). A contact that is held already is moved there.</summary>
    /// <param name="prefer">Is asked first when free and a member; without it the agent who last served this customer within 24 h
    /// is.</param>
    /// <param name="atHead">A contact that comes back (failed transfer, lost line): before all who never had an agent.</param>
    /// <param name="lostBy">The agent it comes back from: asked only when no one else is free.</param>
    /// <param name="transferred">An agent sent it here: it waits 60 s at most and never overflows, but is released.</param>
    public void Enqueue(
        Contact contact, GroupId group, AgentId? prefer = null, bool atHead = false, AgentId? lostBy = null, bool transferred = false) =>
        mailboxes.Of(contact.Center)?.Post((d, now) => d.Enqueue(now, contact, group, prefer, atHead, lostBy, transferred));

    /// <summary>
    /// Offers a contact to one agent in person: Idle and Not ready ring, others are refused at once with <see cref="ContactReleased"/>.
    /// </summary>
    /// <param name="otherwise">Where the contact goes, at the head, when the agent is not reached; null = it is released.</param>
    /// <param name="returned">It comes back from where this agent sent it: it rings in wrap-up too.</param>
    public void OfferTo(Contact contact, AgentId agent, GroupId? otherwise = null, bool returned = false) =>
        mailboxes.Of(contact.Center)?.Post((d, now) => d.OfferTo(now, contact, agent, otherwise, returned));

    /// <summary>
    /// The customer left, or the contact ended otherwise: it leaves the queue, and what rings for it stops at once. Harmless when it is not
    /// held.
    /// </summary>
    public void Withdraw(ContactId contact, CenterId center) => mailboxes.Of(center)?.Post((d, now) => d.Withdraw(now, contact));

    /// <summary>
    /// The agent takes what rings. Fails with OfferExpired, OfferTaken, OfferGivenUp, OfferDeclined, OfferAccepted, OfferUnreachable,
    /// OfferNotYours or OfferUnknown.
    /// </summary>
    public ValueTask<Result<Acceptance>> Accept(OfferId offer, AgentId agent) =>
        Ask<Result<Acceptance>>(agent, (d, now) => d.Accept(now, offer, agent), new AgentUnknown());

    /// <summary>The agent does not take it; it goes on to the next. Fails as <see cref="Accept"/> does.</summary>
    public ValueTask<Result> Decline(OfferId offer, AgentId agent) =>
        Ask<Result>(agent, (d, now) => d.Decline(now, offer, agent), new AgentUnknown());

    /// <summary>The agent's device could not be rung for this offer; it goes on to the next. Harmless when the offer is over.</summary>
    public void Unreachable(OfferId offer, AgentId agent) => Post(agent, (d, now) => d.Unreachable(now, offer, agent));

    /// <summary>
    /// «Take»: somebody who waits in one of the agent's groups is offered to this agent now, also while Not ready or in wrap-up; the page
    /// accepts the offer it gets, a desk phone rings. Fails with ContactGone, NotYourGroup, or what keeps the agent from it.
    /// </summary>
    public ValueTask<Result<OfferId>> Take(ContactId contact, AgentId agent) =>
        Ask<Result<OfferId>>(agent, (d, now) => d.TakeContact(now, contact, agent), new AgentUnknown());

    /// <summary>
    /// The agent begins work of their own (dial out, internal call): Idle, Not ready, Break and wrap-up may, and wrap-up ends by it;
    /// product.md §2. Fails with AgentIsOffline, AgentIsBusy, AgentIsRinging.
    /// </summary>
    public ValueTask<Result> Begin(AgentId agent, ContactId work, ContactKind kind) =>
        Ask<Result>(agent, (d, now) => d.Begin(now, agent, work, kind), new AgentUnknown());

    /// <summary>The agent has this work; a fact, not asked for: re-declared after a restart, or begun at the desk phone.</summary>
    public void Began(AgentId agent, ContactId work, ContactKind kind) => Post(agent, (d, now) => d.Began(now, agent, work, kind));

    /// <summary>The agent's part of a contact is over. Harmless when the agent does not have it.</summary>
    /// <param name="wrapUp">Whether it was a served call that gives wrap-up (internal calls and chats give none).</param>
    public void Ended(ContactId contact, AgentId agent, bool wrapUp) => Post(agent, (d, now) => d.Ended(now, contact, agent, wrapUp));

    /// <summary>Chooses a state; while Busy it becomes what comes next. Fails with AgentUnknown or BreakReasonUnknown.</summary>
    public ValueTask<Result> Choose(AgentId agent, Choice choice, ChangedBy by, StateReason reason = StateReason.Chosen) =>
        Ask<Result>(agent, (d, now) => d.Choose(now, agent, choice, by, reason), new AgentUnknown());

    /// <summary>«Return to service»: ends the wrap-up now. Fails with NotInWrapUp.</summary>
    public ValueTask<Result> ReturnToService(AgentId agent) =>
        Ask<Result>(agent, (d, now) => d.ReturnToService(now, agent), new AgentUnknown());

    /// <summary>«Continue wrap-up»: stops the countdown until the agent returns. Fails with NotInWrapUp.</summary>
    public ValueTask<Result> ContinueWrapUp(AgentId agent) =>
        Ask<Result>(agent, (d, now) => d.ContinueWrapUp(now, agent), new AgentUnknown());

    /// <summary>
    /// A workbench connected its stream. Another one that is live is taken over and told by <see cref="WorkbenchTakenOver"/>.
    /// </summary>
    public void WorkbenchOpened(AgentId agent, string workbench) => Post(agent, (d, now) => d.WorkbenchOpened(now, agent, workbench));

    /// <summary>A workbench lost its stream; after the center's time the agent is Offline. Ignored when it is not the live one.</summary>
    public void WorkbenchClosed(AgentId agent, string workbench) => Post(agent, (d, now) => d.WorkbenchClosed(now, agent, workbench));

    /// <summary>
    /// Whether calls can reach the agent: the line is up, or the bound desk phone is registered. False until said otherwise.
    /// </summary>
    public void DeviceReachable(AgentId agent, bool reachable) => Post(agent, (d, now) => d.DeviceReachable(now, agent, reachable));

    /// <summary>The agent now; null when unknown to every center.</summary>
    public AgentView? See(AgentId agent) => mailboxes.Snapshots.Of(agent);

    /// <summary>The group now; null when there is none.</summary>
    public QueueView? See(GroupId group) => mailboxes.Snapshots.Of(group);

    /// <summary>Somebody came into this group's queue or left it. Told on the dispatcher's own thread: note it and return.</summary>
    public event Action<GroupId> QueueMoved
    {
        add => mailboxes.Snapshots.QueueMoved += value;
        remove => mailboxes.Snapshots.QueueMoved -= value;
    }

    /// <summary>Who waits in these groups, in order, at most <paramref name="limit"/> a group.</summary>
    public ValueTask<ImmutableArray<WaitingView>> Waiting(CenterId center, IReadOnlyCollection<GroupId> groups, int limit = 50) =>
        mailboxes.Of(center)?.Ask((d, _) => d.Waiting(groups, limit)) ?? ValueTask.FromResult(ImmutableArray<WaitingView>.Empty);

    /// <summary>
    /// The decisions about a contact that waits or rings. Of one that was served or left, <see cref="WhyTraces"/> has them.
    /// </summary>
    public ValueTask<WhyTrace> Why(CenterId center, ContactId contact) =>
        mailboxes.Of(center)?.Ask((d, _) => d.Why(contact)) ?? ValueTask.FromResult(WhyTrace.Empty);

    /// <summary>The latest decisions that looked at this agent and asked someone else or nobody, newest first: «why not me».</summary>
    public ValueTask<ImmutableArray<Decision>> WhyNot(AgentId agent, int limit = 20) => Ask(agent, (d, _) => d.WhyNot(agent, limit), []);

    private void Post(AgentId agent, Action<Dispatcher, Stamp> order) => mailboxes.Of(agent)?.Post(order);

    private ValueTask<T> Ask<T>(AgentId agent, Func<Dispatcher, Stamp, T> order, T unknown) =>
        mailboxes.Of(agent) is { } mailbox ? mailbox.Ask(order) : ValueTask.FromResult(unknown);
}
