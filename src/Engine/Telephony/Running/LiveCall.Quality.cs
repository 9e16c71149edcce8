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
        if (ReferenceEquals(before.Desk, now.Desk)) return;
        Leave(before.Agent, now);
        Leave(before.ThirdAgent, now);
        Come(now.Agent, before);
        Come(now.ThirdAgent, before);
        if (now.HasEnded && !before.HasEnded && before is { Desk: not Desk.Nobody, IsInside: false })
            Keep(board.Media.TakeQuality(before.Leg.Id), null);
    }

    private void Leave(AgentPart? part, Call now)
    {
        if (part is { Leg: { } leg } && now.PartOf(part.Id)?.Leg != leg) Keep(board.Media.TakeQuality(leg), part);
    }

    /// <summary>A line is older than the call, and what it carried before is none of the call's.</summary>
    private void Come(AgentPart? part, Call before)
    {
        if (part is { Leg: { } leg } && before.PartOf(part.Id)?.Leg != leg) board.Media.TakeQuality(leg);
    }

    private void Keep(IReadOnlyList<QualityInterval> intervals, AgentPart? part)
    {
        if (measured?.Count >= QualityRecord.MostLegs) return;
        if (KeptLeg.Of(intervals, board.Time.Instant() - state.Arrived.Steady, part) is { } leg) (measured ??= new(2)).Add(leg);
    }

    private Input? Keep(LineMeasured line)
    {
        if (state.PartByLeg(line.Line) is { } part) Keep(line.Intervals, part);
        return null;
    }

    /// <summary>The row that goes with the call's last; null when nothing was measured.</summary>
    private QualityRecord? QualityRow() => measured is null
        ? null
        : new() { Call = Id, Center = state.Center, Legs = KeptLeg.Write(measured) };
}
