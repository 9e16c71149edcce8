using System.Collections.Concurrent;
using Tccc.Platform;

namespace Tccc.Dial;

/// <summary>Whose page is asked for a new line, because nothing comes on the one that it has: of one call at most once a minute.</summary>
internal sealed class SilentLines(TimeProvider time)
{
    /// <summary>A line takes a moment to open, in which the customer hears music: not again and again.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<AgentId, Asked> asked = new();

    /// <summary>True when the page is to be asked now.</summary>
    public bool Ask(AgentId agent, CallId call, LegId line)
    {
        var now = time.Instant();
        if (asked.TryGetValue(agent, out var last) && last.Call == call && now - last.At < Between) return false;
        asked[agent] = new(call, line, now);
        return true;
    }

    /// <summary>The line that is to be replaced; none when the agent has another by now, or is in another call.</summary>
    public LegId? ToRenew(AgentId agent, CallId? call, LegId? line) =>
        asked.TryGetValue(agent, out var last) && last.Call == call && last.Line == line ? line : null;

    private sealed record Asked(CallId Call, LegId Line, Instant At);
}
