using Tccc.Acd.Core;
using Tccc.Directory;

namespace Tccc.Acd.Mailbox;

/// <summary>What the dispatcher must know of a center, as plain data.</summary>
internal static class SettingsOf
{
    public static CenterSettings Center(CenterView view) => new(
        view.Id, view.Center.WrapUpSeconds, view.Center.ConnectionLostSeconds, view.Center.MissedCallsLimit, view.Center.SayNobodySignedIn,
        view.Center.ChatsPerAgent, view.Center.PlaceEverySeconds, view.Center.Country,
        [.. view.Agents.Values.Where(static a => !a.Disabled).Select(static a => a.Id).OrderBy(static a => a.Value)],
        [.. view.Groups.Values.OrderBy(static g => g.Id.Value).Select(g => Group(view, g))],
        [.. view.BreakReasons.Select(static r => r.Name)]);

    private static GroupSettings Group(CenterView view, GroupInfo info) => new(
        info.Id, StrategyOf(info.Group.Strategy), info.Group.RingSeconds, info.Group.LongestWaitSeconds, OverflowOf(info.Group),
        info.Group.RelaxSeconds,
        [.. info.Members.Where(m => view.Agents.GetValueOrDefault(m.Agent) is { Disabled: false }).OrderBy(static m => m.Agent.Value)
            .Select(static m => new MemberSettings(m.Agent, m.Level))]);

    private static Strategy StrategyOf(RingStrategy strategy) => strategy switch
    {
        RingStrategy.RoundRobin => Strategy.RoundRobin,
        RingStrategy.HighestLevel => Strategy.LevelThenLongestIdle,
        RingStrategy.RingAll => Strategy.RingAll,
        _ => Strategy.LongestIdle,
    };

    private static Overflow OverflowOf(SkillGroup group) => group switch
    {
        { WhenWaitedTooLong: WaitedTooLong.OtherGroup, OverflowGroup: { } other } => new(OverflowKind.Group, other),
        _ => new(OverflowKind.Announce),
    };
}
