using Microsoft.AspNetCore.Components;
using Tccc.Acd;

namespace Tccc.Presence;

/// <summary>
/// What the state menu shows of an agent at one moment; <paramref name="Choices"/> is the menu as <see cref="KeptChoices"/> has it.
/// </summary>
public sealed record StateModel(
    string Name, AgentState State, Instant Since, StateReason Reason, string? BreakReason, Choice? Next, Instant? WrapUpUntil,
    MarkupString Choices, int MissedCallsLimit, Instant Now)
{
    /// <summary>What stands in the avatar.</summary>
    public string Letter => Name.Length == 0 ? "" : char.IsHighSurrogate(Name[0]) ? Name[..2] : Name[..1];

    public TimeSpan InState => Since.Until(Now);

    /// <summary>Null where no countdown runs.</summary>
    public TimeSpan? WrapUpLeft => WrapUpUntil is { } end ? Now.Until(end) : null;
}
