using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>
/// What an agent wrote about a call, in wrap-up as a rule; one an agent and call. A row of its own: the call's is written anew by the call.
/// </summary>
public sealed class CallNote : ICenterRow
{
    /// <summary>Characters.</summary>
    public const int Longest = 2000;

    public CallId Call { get; set; }
    public CenterId Center { get; set; }
    public AgentId Agent { get; set; }
    public DateTimeOffset At { get; set; }

    [MaxLength(Longest)]
    public required string Text { get; set; }
}

/// <summary>Until when an agent has seen which calls were missed.</summary>
public sealed class MissedSeen : ICenterRow
{
    public AgentId Agent { get; set; }
    public CenterId Center { get; set; }
    public DateTimeOffset At { get; set; }
}
