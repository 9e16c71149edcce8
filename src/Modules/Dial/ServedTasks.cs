using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The list of served calls as HTML. Thirty rows change by one a call, and drawing them all anew each time would cost more than the call.</summary>
/// <param name="fragments">Late: the list is one of them.</param>
internal sealed class ServedTasks(Calls calls, Lazy<Fragments> fragments)
{
    // lives as long as the record it was drawn from
    private readonly ConditionalWeakTable<CallRecord, ConcurrentDictionary<CultureInfo, string>> drawn = [];

    /// <summary>Newest first.</summary>
    public async ValueTask<IReadOnlyList<string>> Of(AgentScope scope)
    {
        var served = await calls.ServedLately(scope.Agent, scope.Center);
        var rows = new string[served.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = await Row(served[i], scope.Culture);
        return rows;
    }

    private async ValueTask<string> Row(CallRecord call, CultureInfo culture)
    {
        var languages = drawn.GetValue(call, static _ => new());
        if (!languages.TryGetValue(culture, out var row)) languages[culture] = row = await fragments.Value.Render<ServedTask>(culture, (nameof(ServedTask.Model), call));
        return row;
    }
}
