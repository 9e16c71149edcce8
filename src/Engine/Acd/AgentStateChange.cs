using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Acd;

/// <summary>
/// One change of an agent's state: a row of the history that reports are made of. product.md §2 «every change is stored».
/// </summary>
public sealed class AgentStateChange : ICenterRow
{
    public long Id { get; set; }

    public CenterId Center { get; set; }

    public AgentId Agent { get; set; }

    public AgentState From { get; set; }

    public AgentState To { get; set; }

    public StateReason Reason { get; set; }

    /// <summary>Only when <see cref="To"/> is Break.</summary>
    [MaxLength(50)]
    public string? BreakReason { get; set; }

    public ChangedBy By { get; set; }

    public DateTimeOffset At { get; set; }
}
