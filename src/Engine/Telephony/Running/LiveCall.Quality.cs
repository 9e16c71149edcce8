using Tccc.Media;

namespace Tccc.Telephony;

// How sound passed on the legs, for the record.
internal sealed partial class LiveCall
{
    private List<KeptLeg>? measured;

    /// <summary>What the agent's line had carried when it was closed under the call.</summary>
    internal sealed record LineMeasured(LegId Line, IReadOnlyList<QualityInterval> Intervals);

    /// <summary>An agent's part on a leg is over, or the call is: media is asked before the leg is closed.</summary>
    private void Measure(Call before, Call now)
    {
        var (was, agent) = (before.Agent, now.Agent);
        if (was?.Leg != agent?.Leg)
        {
            if (was is { Leg: { } left }) Keep(board.Media.TakeQuality(left), was);
            // a line is older than the call, and what it carried before is none of the call's
            if (agent?.Leg is { } leg) board.Media.TakeQuality(leg);
        }

        if (now.HasEnded && !before.HasEnded && before.Desk is not Desk.Nobody) Keep(board.Media.TakeQuality(before.Leg.Id), null);
    }

    private void Keep(IReadOnlyList<QualityInterval> intervals, AgentPart? part)
    {
        if (measured?.Count >= QualityRecord.MostLegs) return;
        if (KeptLeg.Of(intervals, board.Time.Instant() - state.Arrived.Steady, part) is { } leg) (measured ??= new(2)).Add(leg);
    }

    private Input? Keep(LineMeasured line)
    {
        if (state.Agent is { } agent && agent.Leg == line.Line) Keep(line.Intervals, agent);
        return null;
    }

    /// <summary>The row that goes with the call's last; null when nothing was measured.</summary>
    private QualityRecord? QualityRow() => measured is null
        ? null
        : new() { Call = Id, Center = state.Center, Legs = KeptLeg.Write(measured) };
}
