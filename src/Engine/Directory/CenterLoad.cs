using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>Reads one center out of the database.</summary>
internal static class CenterLoad
{
    /// <summary>Null when there is no such center.</summary>
    public static async Task<CenterView?> View(TcccDb db, CenterId id, Dictionary<PersonId, Person> people, CancellationToken ct)
    {
        if (await db.Set<Center>().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } center) return null;
        var members = (await db.Of<GroupMember>(id).ToListAsync(ct)).ToLookup(m => m.Group);
        var groups = (await db.Of<SkillGroup>(id).OrderBy(g => g.Number).ToListAsync(ct))
            .ConvertAll(g => new GroupInfo(g, [.. members[g.Id]]));
        var phones = await db.Of<DeskPhone>(id).OrderBy(p => p.Extension).ToListAsync(ct);
        var agents = await db.Of<Agent>(id).ToListAsync(ct);
        return new()
        {
            Center = center,
            Agents = agents.ToFrozenDictionary(a => a.Id, a => Info(center, a, people[a.Person])),
            Groups = groups.ToFrozenDictionary(g => g.Id),
            Numbers = (await db.Of<Number>(id).ToListAsync(ct)).ToFrozenDictionary(n => n.Digits),
            Phones = phones.ToFrozenDictionary(p => p.Id),
            PhonesByAgent = phones.Where(p => p.BoundAgent is not null).ToFrozenDictionary(p => p.BoundAgent!.Value),
            GroupsByAgent = groups.SelectMany(g => g.Members, (g, m) => (g, m.Agent)).GroupBy(x => x.Agent, x => x.g)
                .ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<GroupInfo>)[.. g]),
            Trunks = await db.Of<Trunk>(id).OrderBy(t => t.Id).ToListAsync(ct),
            Sounds = (await db.Of<Sound>(id).ToListAsync(ct)).ToFrozenDictionary(s => s.Id),
            Schedules = await Schedules(db, id, ct),
            BreakReasons = await db.Of<BreakReason>(id).OrderBy(r => r.Position).ToListAsync(ct),
        };
    }

    private static async Task<FrozenDictionary<ScheduleId, ScheduleView>> Schedules(TcccDb db, CenterId id, CancellationToken ct)
    {
        var week = (await db.Of<OpeningHours>(id).ToListAsync(ct)).ToLookup(h => h.Schedule);
        var exceptions = (await db.Of<ScheduleException>(id).OrderBy(e => e.First).ThenBy(e => e.Id).ToListAsync(ct))
            .ToLookup(e => e.Schedule);
        return (await db.Of<Schedule>(id).ToListAsync(ct))
            .ToFrozenDictionary(s => s.Id, s => new ScheduleView(s, [.. week[s.Id]], [.. exceptions[s.Id]]));
    }

    private static AgentInfo Info(Center center, Agent agent, Person person) => new(
        agent.Id, agent.Center, agent.Person, agent.Role, person.Email, agent.Nickname, agent.StaffNumber, person.Mobile, person.Language,
        agent.AutoAnswer ?? center.AutoAnswer, agent.Disabled);
}
