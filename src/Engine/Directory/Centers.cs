using System.Net;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// All centers in memory: read on the call path with no query and no lock. A snapshot is swapped after a change; whoever changes a row calls <see cref="Reload"/>.
/// </summary>
public sealed class Centers : IDisposable
{
    private readonly IDbContextFactory<TcccDb> databases;
    private readonly Writer writer;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim loading = new(1);
    private volatile Snapshot now = Snapshot.Of([], []);

    internal Centers(IDbContextFactory<TcccDb> databases, Writer writer, TimeProvider time) => (this.databases, this.writer, this.time) = (databases, writer, time);

    public IReadOnlyList<CenterView> All => now.Centers.Values;

    /// <summary>Null when there is no such center.</summary>
    public CenterView? Of(CenterId center) => now.Centers.GetValueOrDefault(center);

    /// <summary>The center an agent belongs to.</summary>
    public CenterView? Of(AgentId agent) => now.ByAgent.GetValueOrDefault(agent);

    public AgentInfo? Agent(AgentId agent) => Of(agent)?.Agents.GetValueOrDefault(agent);

    public GroupInfo? Group(GroupId group) => now.Groups.GetValueOrDefault(group);

    public DeskPhone? PhoneOfAgent(AgentId agent) => Of(agent)?.PhonesByAgent.GetValueOrDefault(agent);

    /// <summary>The phone that signs in by this name, of whichever center: the name is unique.</summary>
    public DeskPhone? PhoneByExtension(string sipUser) => now.Phones.GetValueOrDefault(sipUser);

    public Trunk? Trunk(TrunkId trunk) => now.Trunks.GetValueOrDefault(trunk);

    /// <summary>The carrier that calls from this address; when several do, the one with the narrowest network.</summary>
    public Trunk? TrunkFor(IPAddress source) => now.TrunksFor(source).FirstOrDefault();

    /// <summary>Whose number this is when it is called from this address: carriers that share an address are told apart by the numbers of their centers.</summary>
    public Arrival? Arriving(IPAddress source, string digits) => now.TrunksFor(source)
        .Select(trunk => Number(trunk.Center, digits) is { } number ? new Arrival(trunk, number) : null)
        .FirstOrDefault(arrival => arrival is not null);

    public Number? Number(CenterId center, string digits) => Of(center)?.Numbers.GetValueOrDefault(digits);

    public Number? Number(TrunkId trunk, string digits) => Trunk(trunk) is { } found ? Number(found.Center, digits) : null;

    /// <summary>The security stamp a good cookie of this person has; null when there is no such person.</summary>
    public string? StampOf(PersonId person) => now.Stamps.GetValueOrDefault(person);

    /// <summary>Reads one center (and all people) anew and tells everybody by <see cref="DirectoryChanged"/>; call it after the commit.</summary>
    public async Task Reload(CenterId center)
    {
        await Load(center, CancellationToken.None);
        writer.Enqueue(new DirectoryChanged(center, time.GetUtcNow()));
    }

    public void Dispose() => loading.Dispose();

    /// <summary>Reads everything anew and tells nobody: at start, and after an empty database was filled.</summary>
    public Task Load(CancellationToken ct = default) => Load(null, ct);

    private async Task Load(CenterId? only, CancellationToken ct)
    {
        await loading.WaitAsync(ct);
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var people = await db.Set<Person>().ToDictionaryAsync(p => p.Id, ct);
            var ids = only is { } one ? [one] : await db.Set<Center>().Select(c => c.Id).ToListAsync(ct);
            var views = now.Centers.ToDictionary();
            foreach (var id in ids)
            {
                if (await CenterLoad.View(db, id, people, ct) is { } view) views[id] = view;
                else views.Remove(id);
            }
            now = Snapshot.Of(views.Values, people.Values);
        }
        finally
        {
            loading.Release();
        }
    }
}

/// <summary>Something in a center's directory is not as it was; <see cref="Centers"/> has the new state already.</summary>
public sealed record DirectoryChanged(CenterId Center, DateTimeOffset At) : IEvent;
