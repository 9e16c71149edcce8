namespace Tccc.Acd.Core;

// Presence: what agents want, do and want next, whether they can be reached, and the state that follows. product.md §2.
internal sealed partial class Dispatcher
{
    public Result Choose(Stamp at, AgentId id, Choice choice, ChangedBy by, StateReason reason)
    {
        Tick(at);
        if (!agents.TryGetValue(id, out var agent) || agent.Removed) return new AgentUnknown();
        if (choice.Wish == Wish.Break
            && (string.IsNullOrEmpty(choice.BreakReason) || settings.BreakReasons?.Contains(choice.BreakReason) == false))
        {
            return new BreakReasonUnknown(choice.BreakReason ?? "");
        }
        if (choice.Wish == Wish.Available) agent.Facts = agent.Facts with { Missed = 0 };
        if (IsBusy(agent))
        {
            agent.Facts = agent.Facts with { Next = choice == agent.Facts.Wants ? null : choice, NextReason = reason, NextBy = by };
            AwaitWorkbench(agent);
        }
        else Want(agent, choice);
        Settle(agent, reason, by);
        return Result.Done;
    }

    public Result ReturnToService(Stamp at, AgentId id)
    {
        Tick(at);
        if (!agents.TryGetValue(id, out var agent)) return new AgentUnknown();
        if (agent.Shown.State != AgentState.WrapUp) return new NotInWrapUp();
        agent.Facts = agent.Facts with { WrapUpUntil = null, WrapUpHeld = false };
        Settle(agent, StateReason.ReturnedToService, ChangedBy.Agent);
        return Result.Done;
    }

    public Result ContinueWrapUp(Stamp at, AgentId id)
    {
        Tick(at);
        if (!agents.TryGetValue(id, out var agent)) return new AgentUnknown();
        if (agent.Shown.State != AgentState.WrapUp) return new NotInWrapUp();
        agent.Facts = agent.Facts with { WrapUpUntil = null, WrapUpHeld = true };
        touchedAgents.Add(agent);
        return Result.Done;
    }

    public Result Begin(Stamp at, AgentId id, ContactId work, ContactKind kind)
    {
        Tick(at);
        if (!agents.TryGetValue(id, out var agent)) return new AgentUnknown();
        if (agent.Offer is not null) return new AgentIsRinging();
        switch (agent.Shown.State)
        {
            case AgentState.Offline: return new AgentIsOffline();
            case AgentState.Busy: return new AgentIsBusy();
        }
        Work(agent, work, kind);
        return Result.Done;
    }

    public void Began(Stamp at, AgentId id, ContactId work, ContactKind kind)
    {
        Tick(at);
        if (agents.TryGetValue(id, out var agent)) Work(agent, work, kind);
    }

    public void Ended(Stamp at, ContactId work, AgentId id, bool wrapUp)
    {
        Tick(at);
        if (!agents.TryGetValue(id, out var agent)) return;
        var index = agent.Work.FindIndex(w => w.Id == work);
        if (index < 0) return;
        var kind = agent.Work[index].Kind;
        agent.Work.RemoveAt(index);
        if (kind == ContactKind.Call) agent.Calls--;
        else agent.Chats--;
        // Nobody is there to wrap up after a connection that is lost.
        var gone = agent.Removed || agent.Facts is { Next.Wish: Wish.Offline, NextReason: StateReason.ConnectionLost };
        if (wrapUp && kind == ContactKind.Call && agent.Calls == 0 && settings.WrapUp > 0 && !gone)
        {
            agent.Facts = agent.Facts with { WrapUpUntil = now.Steady.AddSeconds(settings.WrapUp), WrapUpHeld = false };
        }
        Settle(agent, StateReason.WorkEnded, ChangedBy.System);
    }

    public void WorkbenchOpened(Stamp at, AgentId id, string workbench)
    {
        Tick(at);
        if (!agents.TryGetValue(id, out var agent)) return;
        if (agent.Workbench is { } first && first != workbench) Say(new WorkbenchTakenOver(settings.Id, now.Wall, id, first, workbench));
        (agent.Workbench, agent.LostAt) = (workbench, null);
        if (agent.Facts is { Next: not null, NextReason: StateReason.ConnectionLost }) agent.Facts = agent.Facts with { Next = null };
        Settle(agent, StateReason.Chosen, ChangedBy.System);
    }

    public void WorkbenchClosed(Stamp at, AgentId id, string workbench)
    {
        Tick(at);
        if (!agents.TryGetValue(id, out var agent) || agent.Workbench != workbench) return;
        agent.Workbench = null;
        AwaitWorkbench(agent);
        Settle(agent, StateReason.Chosen, ChangedBy.System);
    }

    public void DeviceReachable(Stamp at, AgentId id, bool reachable)
    {
        Tick(at);
        if (!agents.TryGetValue(id, out var agent) || agent.Device == reachable) return;
        agent.Device = reachable;
        Settle(agent, StateReason.Chosen, ChangedBy.System);
    }

    /// <summary>From now on workbenches can reach the server: the time of those who must come back after a restart begins.</summary>
    public void Reachable(Stamp at)
    {
        Tick(at);
        if (reachable) return;
        reachable = true;
        foreach (var agent in agents.Values)
        {
            AwaitWorkbench(agent);
            due.Arm(agent);
        }
    }

    private void Want(AgentEntry agent, Choice choice)
    {
        agent.Facts = agent.Facts with { Wants = choice, Next = null, WrapUpUntil = null, WrapUpHeld = false };
        AwaitWorkbench(agent);
    }

    /// <summary>An agent who is online, and means to stay so, must have a workbench within the center's time.</summary>
    private void AwaitWorkbench(AgentEntry agent) =>
        agent.LostAt = !reachable || agent.Workbench is not null || agent.Facts.Wants.Wish == Wish.Offline
            || agent.Facts.Next?.Wish == Wish.Offline ? null
            : agent.LostAt ?? now.Steady.AddSeconds(settings.ConnectionLost);

    private void Work(AgentEntry agent, ContactId work, ContactKind kind)
    {
        if (agent.Work.Exists(w => w.Id == work)) return;
        agent.Work.Add((work, kind));
        if (kind == ContactKind.Call) agent.Calls++;
        else agent.Chats++;
        agent.Facts = agent.Facts with { Missed = 0 };
        if (kind == ContactKind.Call) agent.Facts = agent.Facts with { WrapUpUntil = null, WrapUpHeld = false };
        Settle(agent, StateReason.WorkBegan, ChangedBy.System);
    }

    private void Due(AgentEntry agent)
    {
        if (agent.BackOffUntil <= now.Steady) agent.BackOffUntil = null;
        var (reason, by) = (StateReason.WrapUpEnded, ChangedBy.Deadline);
        if (agent.Offer is null && agent.Facts.WrapUpUntil <= now.Steady) agent.Facts = agent.Facts with { WrapUpUntil = null };
        if (agent.LostAt <= now.Steady)
        {
            reason = StateReason.ConnectionLost;
            agent.LostAt = null;
            if (IsBusy(agent)) agent.Facts = agent.Facts with { Next = Choice.Offline, NextReason = reason, NextBy = by };
            else Want(agent, Choice.Offline);
        }
        Settle(agent, reason, by);
    }

    private bool IsBusy(AgentEntry agent) => agent.Calls > 0 || (agent.Chats > 0 && agent.Chats >= settings.ChatsPerAgent);

    private AgentState StateOf(AgentEntry agent) =>
        IsBusy(agent) ? AgentState.Busy
        : agent.Facts.WrapUpUntil is not null || agent.Facts.WrapUpHeld ? AgentState.WrapUp
        : agent.Facts.Wants.Wish switch
        {
            Wish.Available => AgentState.Idle,
            Wish.NotReady => AgentState.NotReady,
            Wish.Break => AgentState.Break,
            _ => AgentState.Offline,
        };

    /// <summary>
    /// After any change of an agent's facts: computes the state, tells what changed, and gives the agent what they can take.
    /// </summary>
    private void Settle(AgentEntry agent, StateReason reason, ChangedBy by)
    {
        touchedAgents.Add(agent);
        var state = StateOf(agent);
        if (state is not (AgentState.Busy or AgentState.WrapUp) && agent.Facts.Next is { } next)
        {
            (reason, by) = (agent.Facts.NextReason, agent.Facts.NextBy);
            Want(agent, next);
            state = StateOf(agent);
        }
        Show(agent, state, reason, by);
        if (agent.Offer is { } offer && !MayRing(agent, offer))
            End(offer, by == ChangedBy.Agent ? OfferOutcome.Declined : OfferOutcome.Unreachable);
        else if (Fits(agent, ContactKind.Call) || Fits(agent, ContactKind.Chat)) Seek(agent);
        else StandAside(agent);
        due.Arm(agent);
    }

    private void Show(AgentEntry agent, AgentState state, StateReason reason, ChangedBy by)
    {
        var was = agent.Shown;
        var breakReason = state == AgentState.Break ? agent.Facts.Wants.BreakReason : null;
        if (was.State == state && was.BreakReason == breakReason) return;
        agent.Shown = new(state, breakReason, now, reason, by);
        Say(new AgentStateChanged(settings.Id, now.Wall, agent.Id, was.State, state, reason, breakReason, by));
        if ((was.State == AgentState.Offline) == (state == AgentState.Offline)) return;
        foreach (var member in agent.Groups)
        {
            member.Group.SignedIn += state == AgentState.Offline ? -1 : 1;
            if (member.Group.SignedIn == 0) emptied.Add(member.Group);
            touchedGroups.Add(member.Group);
        }
    }

    private static bool MayRing(AgentEntry agent, OfferEntry offer) =>
        !agent.Removed
            && (agent.Shown.State == AgentState.Idle || (offer.Personal && agent.Shown.State is AgentState.NotReady or AgentState.WrapUp));

    private static bool Reachable(AgentEntry agent, ContactKind kind) =>
        kind == ContactKind.Call ? agent.Device : agent.Workbench is not null;

    private bool Fits(AgentEntry agent, ContactKind kind) =>
        agent.Shown.State == AgentState.Idle && agent.Offer is null && agent.BackOffUntil is null && !agent.Removed
        && Reachable(agent, kind) && (kind == ContactKind.Call || agent.Chats < settings.ChatsPerAgent);

    private static ExclusionRule RuleOf(Refusal refusal) => refusal switch
    {
        Refusal.OnBreak => ExclusionRule.OnBreak,
        Refusal.Busy => ExclusionRule.Busy,
        Refusal.WrapUp => ExclusionRule.WrapUp,
        Refusal.Unreachable => ExclusionRule.Unreachable,
        _ => ExclusionRule.Offline,
    };

    private static Refusal WhyNotPersonal(AgentEntry? agent, ContactKind kind, bool returned) => agent switch
    {
        null or { Removed: true } => Refusal.Unknown,
        { Shown.State: AgentState.Offline } => Refusal.Offline,
        { Shown.State: AgentState.Break } => Refusal.OnBreak,
        { Shown.State: AgentState.Busy } or { Offer: not null } => Refusal.Busy,
        { Shown.State: AgentState.WrapUp } when !returned => Refusal.WrapUp,
        _ => Reachable(agent, kind) ? Refusal.None : Refusal.Unreachable,
    };
}
