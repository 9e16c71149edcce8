using System.Collections.Immutable;

namespace Tccc.Telephony;

/// <summary>What the agent of a call sees of it: an immutable snapshot, read without a lock.</summary>
/// <param name="Customer">The caller's number as it came, or empty when withheld; the number we called.</param>
/// <param name="Called">The center's number: the one the customer dialled, or that we showed.</param>
/// <param name="Group">The skill group the call came through; none for a number that leads to one agent.</param>
/// <param name="Since">When the agent got the call; the panel's timer runs from here.</param>
/// <param name="HeldSince">When the present hold began.</param>
/// <param name="ArrivedAt">When the customer's call came in; this and the other wall times are the call's own, even ones.</param>
/// <param name="AnsweredAt">When an agent and the customer first heard each other.</param>
/// <param name="Holds">Each time on hold so far, oldest first.</param>
/// <param name="Returning">Until when the agent's line may come back, while <see cref="CallPhase.Interrupted"/>.</param>
/// <param name="AlertedAt">When whom we called first said that it rings there.</param>
public sealed record CallView(
    CallId Id,
    CenterId Center,
    AgentId Agent,
    CallDirection Direction,
    string Customer,
    string Called,
    GroupId? Group,
    CallPhase Phase,
    DateTimeOffset ArrivedAt,
    DateTimeOffset? AnsweredAt,
    Instant Since,
    Instant? HeldSince,
    ImmutableArray<HoldSpan> Holds,
    bool Muted,
    AgentDevice Device,
    Instant? Returning,
    DateTimeOffset? AlertedAt = null)
{
    /// <summary>Whom the agent consults.</summary>
    public ThirdView? Third { get; init; }

    /// <summary>The agent is the one who is consulted, by this colleague, and may only leave or be silent.</summary>
    public AgentId? ConsultedBy { get; init; }

    /// <summary>Why the last one who was consulted is not there any more, where it was not the agent's wish.</summary>
    public CallEndReason? ThirdLeft { get; init; }
}

/// <summary>Whom an agent consults: a colleague, a group, of whom nobody has answered yet, or a telephone; product.md §6.</summary>
/// <param name="IsThere">They answered.</param>
public sealed record ThirdView(AgentId? Agent, GroupId? Group, string? Number, bool IsThere, Speaks Speaks, Instant Since);

/// <summary>The colleague who lets a contact ring.</summary>
public readonly record struct SentBy(AgentId Agent, SentFor For);

/// <summary>What a colleague wants of whom they have rung.</summary>
public enum SentFor
{
    /// <summary>That they take the customer.</summary>
    Transfer,
    /// <summary>To ask something about a customer.</summary>
    Consultation,
    /// <summary>An internal call.</summary>
    Talk,
}

/// <summary>Whom the agent of a consultation hears.</summary>
public enum Speaks
{
    /// <summary>The customer hears music.</summary>
    WithThird,
    /// <summary>The third hears music.</summary>
    WithCustomer,
    /// <summary>All three hear each other.</summary>
    WithBoth,
}

/// <summary>One time on hold; open while <paramref name="Until"/> is none.</summary>
public readonly record struct HoldSpan(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>How far an agent's call is.</summary>
public enum CallPhase
{
    /// <summary>The customer is being called, and their side has said nothing yet.</summary>
    Dialling,
    /// <summary>It rings at the customer's, or their network says something.</summary>
    Ringing,
    /// <summary>Accepted; the beep of an auto answer plays.</summary>
    Connecting,
    Talking,
    Held,
    /// <summary>The agent and a third hear each other, or it rings there; the customer hears music.</summary>
    Consulting,
    /// <summary>Agent, customer and a third hear each other.</summary>
    Conference,
    /// <summary>The agent's line is gone; the customer hears music for a while.</summary>
    Interrupted,
}

/// <summary>What the agent speaks through.</summary>
public enum AgentDevice
{
    /// <summary>The workbench's WebRTC line.</summary>
    Line,
    /// <summary>The SIP desk phone the agent is bound to.</summary>
    DeskPhone,
}

/// <summary>One of the two who talk.</summary>
public enum CallSide
{
    Customer,
    Agent,
}

public enum CallDirection
{
    Inbound,
    Outbound,
    Internal,
}

/// <summary>The network under an agent's call, from RTCP: what is lost and how it wavers between the agent and this server.</summary>
/// <param name="Loss">Share of packets lost, 0 to 1, the worse of both directions; 1 when nothing comes that should.</param>
/// <param name="JitterMs">Milliseconds, RFC 3550 §6.4.1.</param>
/// <param name="RoundTripMs">Milliseconds; none until the first RTCP report came back.</param>
/// <param name="Mos">
/// Mean opinion score, 1 to 4.5 (ITU-T G.107), the worse of both directions; none until loss and round trip are known.
/// </param>
public sealed record CallQuality(double Loss, double JitterMs, double? RoundTripMs, double? Mos = null);
