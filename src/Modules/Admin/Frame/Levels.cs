using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>
/// Who is in which group, at which level: a person's form and a group's form both say it, so each counts as a change of the other
/// (<see cref="IVersioned"/>).
/// </summary>
internal static class Levels
{
    /// <summary>1 to 5; nothing = not a member.</summary>
    public static bool IsLevel(string? typed) =>
        string.IsNullOrEmpty(typed) || Reading.IsWithin(typed, GroupMember.LowestLevel, GroupMember.HighestLevel);

    /// <summary>Makes the members of a group what the form says: by agent.</summary>
    public static async Task<Error?> Set(
        TcccDb db, SkillGroup group, IReadOnlyList<GroupMember> members, IReadOnlyDictionary<string, string>? typed)
    {
        var wanted = Read<AgentId>(typed);
        var agents = await db.Of<Agent>(group.Center).ToListAsync();
        if (wanted.Keys.Except(agents.Select(a => a.Id)).Any())
            return new ValidationFailed(nameof(Levels), "Somebody in the list is not in this center any more. Reload the page.");
        var before = members.ToDictionary(m => m.Agent, m => m.Level);
        foreach (var agent in agents.Where(a => Differ(before, wanted, a.Id))) db.Replace(agent);
        Become(db, members, wanted.Select(w => new GroupMember
        {
            Center = group.Center, Group = group.Id, Agent = w.Key, Level = w.Value,
        }));
        return null;
    }

    /// <summary>Makes the groups of a person what the form says: by group.</summary>
    public static async Task<Error?> Set(
        TcccDb db, Agent agent, IReadOnlyList<GroupMember> memberships, IReadOnlyDictionary<string, string>? typed)
    {
        var wanted = Read<GroupId>(typed);
        var groups = await db.Of<SkillGroup>(agent.Center).ToListAsync();
        if (wanted.Keys.Except(groups.Select(g => g.Id)).Any())
            return new ValidationFailed(nameof(Levels), "One of the groups does not exist any more. Reload the page.");
        var before = memberships.ToDictionary(m => m.Group, m => m.Level);
        foreach (var group in groups.Where(g => Differ(before, wanted, g.Id))) db.Replace(group);
        Become(db, memberships, wanted.Select(w => new GroupMember
        {
            Center = agent.Center, Group = w.Key, Agent = agent.Id, Level = w.Value,
        }));
        return null;
    }

    private static void Become(TcccDb db, IReadOnlyList<GroupMember> before, IEnumerable<GroupMember> wanted)
    {
        var gone = before.ToDictionary(m => (m.Group, m.Agent));
        foreach (var member in wanted)
        {
            if (gone.Remove((member.Group, member.Agent), out var kept)) kept.Level = member.Level;
            else db.Add(member);
        }
        db.RemoveRange(gone.Values);
    }

    // two keys may be one id, 5 and 05: the first one counts
    private static Dictionary<TId, int> Read<TId>(IReadOnlyDictionary<string, string>? typed) where TId : struct, IId<TId> =>
        (typed ?? new Dictionary<string, string>()).Where(l => !string.IsNullOrEmpty(l.Value))
        .Select(l => (Id: Reading.Id<TId>(l.Key)!.Value, Level: Reading.Whole(l.Value)!.Value)).DistinctBy(l => l.Id)
        .ToDictionary(l => l.Id, l => l.Level);

    private static bool Differ<TId>(Dictionary<TId, int> before, Dictionary<TId, int> wanted, TId id) where TId : struct =>
        before.GetValueOrDefault(id) != wanted.GetValueOrDefault(id);
}
