namespace Tccc.Acd;

/// <summary>What an agent wants to be; product.md §2.</summary>
public enum Wish
{
    Offline,
    Available,
    NotReady,
    Break,
}

/// <summary>A state an agent may choose; a break carries the reason an administrator defined.</summary>
public readonly record struct Choice(Wish Wish, string? BreakReason = null)
{
    public static Choice Offline => new(Wish.Offline);

    public static Choice Available => new(Wish.Available);

    public static Choice NotReady => new(Wish.NotReady);

    public static Choice Break(string reason) => new(Wish.Break, reason);
}

/// <summary>
/// The state shown, computed from what the agent wants, does, wants next, and whether they can be reached; product.md §2.
/// </summary>
public enum AgentState
{
    Offline,
    Idle,
    NotReady,
    Break,
    Busy,
    WrapUp,
}

/// <summary>Who caused a change of state.</summary>
public enum ChangedBy
{
    Agent,
    System,
    Supervisor,
    Deadline,
}

/// <summary>Why a state changed; closed set.</summary>
public enum StateReason
{
    /// <summary>Somebody chose it.</summary>
    Chosen,
    /// <summary>The session was ended.</summary>
    SignedOut,
    /// <summary>Work began: a call, or the last chat the agent can take.</summary>
    WorkBegan,
    /// <summary>Work ended.</summary>
    WorkEnded,
    /// <summary>The wrap-up's time was over.</summary>
    WrapUpEnded,
    /// <summary>The agent ended the wrap-up.</summary>
    ReturnedToService,
    /// <summary>The workbench was away longer than the center allows.</summary>
    ConnectionLost,
    /// <summary>Too many calls in a row were offered and not answered.</summary>
    MissedCalls,
    /// <summary>The server was started anew and what the agent was doing is gone.</summary>
    Restarted,
    /// <summary>The agent does not belong to the center any more.</summary>
    Removed,
}
