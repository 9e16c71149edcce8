namespace Tccc.Telephony;

/// <summary>An agent dialled: the customer is being called. product.md §5.</summary>
public sealed record CallDialled(CallId Call, CenterId Center, AgentId Agent, DateTimeOffset At) : IPassingEvent;

/// <summary>The customer's side has said that it is on the way, or that it rings there.</summary>
public sealed record CallAlerted(CallId Call, CenterId Center, AgentId Agent, DateTimeOffset At) : IPassingEvent;

/// <summary>An agent dialled, and nobody answered or could.</summary>
/// <param name="Number">Who was called; of a call inside the colleague's name.</param>
/// <param name="CallerId">The center's number that was shown; empty of a call inside.</param>
public sealed record CallNotReached(
    CallId Call, CenterId Center, AgentId Agent, string Number, string CallerId, CallEnd End, DateTimeOffset At) : IPassingEvent;

/// <summary>An agent and the customer hear each other.</summary>
public sealed record CallAnswered(CallId Call, CenterId Center, AgentId Agent, GroupId? Group, AgentDevice Device, DateTimeOffset At)
    : IPassingEvent;

/// <summary>The agent put the customer on hold: music for the customer, nothing for the agent. product.md §5.</summary>
public sealed record CallHeld(CallId Call, CenterId Center, AgentId Agent, DateTimeOffset At) : IPassingEvent;

/// <summary>The agent took the customer back from hold.</summary>
public sealed record CallResumed(CallId Call, CenterId Center, AgentId Agent, DateTimeOffset At) : IPassingEvent;

/// <summary>The agent's own voice was switched off or on again for the customer. product.md §5.</summary>
public sealed record CallMuted(CallId Call, CenterId Center, AgentId Agent, bool Muted, DateTimeOffset At) : IPassingEvent;

/// <summary>
/// Agent and customer talk, but nothing comes from one of them, though it should, and this is said within 3 s; or, when
/// <paramref name="Missing"/> is false, it comes again.
/// </summary>
/// <param name="Leg">The leg on which nothing comes.</param>
/// <param name="From">Whose leg that is: the other one hears nothing.</param>
public sealed record CallOneWay(
    CallId Call, CenterId Center, AgentId Agent, LegId Leg, CallSide From, bool Missing, DateTimeOffset At) : IPassingEvent;

/// <summary>The agent's line broke in the call; the customer hears music and the agent may come back for the center's time.</summary>
public sealed record CallInterrupted(CallId Call, CenterId Center, AgentId Agent, DateTimeOffset At) : IPassingEvent;

/// <summary>The agent came back on a new line and the call goes on.</summary>
public sealed record CallRejoined(CallId Call, CenterId Center, AgentId Agent, DateTimeOffset At) : IPassingEvent;

/// <summary>The agent was lost and the customer waits again, at the head of the group's queue. product.md «No customer is lost».</summary>
public sealed record CallReturned(CallId Call, CenterId Center, AgentId Agent, GroupId Group, DateTimeOffset At) : IPassingEvent;

/// <summary>
/// Whom the agent in charge consults, or how, is not what it was, or they sent the customer on: news for that agent, and for who is, was or
/// is asked to be the other one. product.md §6.
/// </summary>
public sealed record CallShared(CallId Call, CenterId Center, AgentId Agent, DateTimeOffset At) : IPassingEvent;

/// <summary>
/// The call is over; exactly once a call, and the last said of it. <paramref name="Agent"/> is the one whose call it was at that moment.
/// </summary>
public sealed record CallEnded(CallId Call, CenterId Center, AgentId? Agent, CallEnd End, DateTimeOffset At) : IPassingEvent;

/// <summary>The agent's line is connected: sound can flow. architecture.md «The agent's line».</summary>
public sealed record LineUp(AgentId Agent, CenterId Center, DateTimeOffset At) : IPassingEvent;

/// <summary>The desk phone that the agent is bound to registered, or its registration ended.</summary>
public sealed record DeskPhoneChanged(AgentId Agent, CenterId Center, bool Registered, DateTimeOffset At) : IPassingEvent;

/// <summary>The agent's line is gone and no new one has taken its place.</summary>
public sealed record LineLost(AgentId Agent, CenterId Center, DateTimeOffset At) : IPassingEvent;
