using System.ComponentModel.DataAnnotations;
using Tccc.Acd.Core;
using Tccc.Platform;

namespace Tccc.Acd.Rows;

/// <summary>
/// What a restart must not forget of an agent. The state is not here: it follows from this, and the history says since when.
/// </summary>
public sealed class AgentFacts : ICenterRow
{
    public AgentId Agent { get; set; }

    public CenterId Center { get; set; }

    public Wish Wants { get; set; }

    [MaxLength(50)]
    public string? BreakReason { get; set; }

    public Wish? Next { get; set; }

    [MaxLength(50)]
    public string? NextBreakReason { get; set; }

    public StateReason NextReason { get; set; }

    public ChangedBy NextBy { get; set; }

    /// <summary>The wrap-up's end by the wall clock: it goes on over a restart.</summary>
    public DateTimeOffset? WrapUpUntil { get; set; }

    public bool WrapUpHeld { get; set; }

    /// <summary>Calls in a row offered and not answered.</summary>
    public int Missed { get; set; }

    internal static AgentFacts Of(CenterId center, AgentId agent, in Facts facts, Stamp now) => new()
    {
        Agent = agent,
        Center = center,
        Wants = facts.Wants.Wish,
        BreakReason = facts.Wants.BreakReason,
        Next = facts.Next?.Wish,
        NextBreakReason = facts.Next?.BreakReason,
        NextReason = facts.NextReason,
        NextBy = facts.NextBy,
        WrapUpUntil = facts.WrapUpUntil is { } end ? now.WallAt(end) : null,
        WrapUpHeld = facts.WrapUpHeld,
        Missed = facts.Missed,
    };

    /// <summary>
    /// What is left of a wrap-up is reckoned here, once: never more than the center gives, whatever was done to the clock meanwhile.
    /// </summary>
    internal Facts ToFacts(Stamp now, TimeSpan wrapUp) => new(
        new(Wants, BreakReason), Next is { } next ? new Choice(next, NextBreakReason) : null, NextReason, NextBy,
        WrapUpUntil is { } end
            ? now.Steady + TimeSpan.FromTicks(Math.Clamp((end - now.Wall).Ticks, 0, wrapUp.Ticks))
            : null, WrapUpHeld, Missed);
}
