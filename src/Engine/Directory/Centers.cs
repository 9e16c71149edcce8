using System.Net;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// All centers in memory: read on the call path with no query and no lock. A snapshot is swapped after a change; whoever changes a row
/// calls <see cref="Reload(CenterId)"/>.
/// </summary>
public sealed class Centers : IDisposable
{
    private readonly IDbContextFactory<TcccDb> databases;
    private readonly Writer writer;
    private readonly TimeProvider time;
    private readonly bool mobileNeeded;
    private readonly SemaphoreSlim loading = new(1);
    private volatile Snapshot now = Snapshot.Of([], [], false);

    /// <param name="mobileNeeded">Everybody must have bound a mobile number.</param>
    internal Centers(IDbContextFactory<TcccDb> databases, Writer writer, TimeProvider time, bool mobileNeeded) =>
        (this.databases, this.writer, this.time, this.mobileNeeded) = (databases, writer, time, mobileNeeded);

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

    /// <summary>All desk phones of all centers, in no order.</summary>
    public IReadOnlyList<DeskPhone> Phones => now.Phones.Values;

    /// <summary>The carrier that is known by this address; when several are, the one with the narrowest network.</summary>
    public Trunk? TrunkFor(IPAddress source) => now.TrunksFor(source, open: false).FirstOrDefault();

    /// <summary>
    /// The carriers that may call from this address only with their password, because a network of theirs takes in almost everybody
    /// (<see cref="Directory.Trunk.IsWide"/>).
    /// </summary>
    public IEnumerable<Trunk> OpenTrunksFor(IPAddress source) => now.TrunksFor(source, open: true);

    /// <summary>The carrier with such a network that signs in by this name; of several from before that was refused, the first.</summary>
    public Trunk? OpenTrunkByUser(string userName) => now.OpenTrunks.GetValueOrDefault(userName);

    /// <summary>
    /// Whose number this is when it is called from this address: carriers that share an address are told apart by the numbers of their
    /// centers. Only carriers that are known by the address count.
    /// </summary>
    public Arrival? Arriving(IPAddress source, string digits) => now.TrunksFor(source, open: false)
        .Select(trunk => Number(trunk.Center, digits) is { } number ? new Arrival(trunk, number) : null)
        .FirstOrDefault(arrival => arrival is not null);

    public Number? Number(CenterId center, string digits) => Of(center)?.Numbers.GetValueOrDefault(digits);

    public Number? Number(TrunkId trunk, string digits) => Trunk(trunk) is { } found ? Number(found.Center, digits) : null;

    /// <summary>A person's places in the centers, disabled ones too.</summary>
    public IEnumerable<AgentId> AgentsOf(PersonId person) =>
        now.Centers.Values.SelectMany(c => c.Agents.Values).Where(a => a.Person == person).Select(a => a.Id);

    /// <summary>What every request asks about who is signed in; null when there is no such person.</summary>
    public Account? Account(PersonId person) => now.Accounts.GetValueOrDefault(person);

    /// <summary>
    /// Reads one center (and all people) anew and tells everybody by <see cref="DirectoryChanged"/>; call it after the commit.
    /// </summary>
    public async Task Reload(CenterId center)
    {
        await Load([center], CancellationToken.None);
        writer.Enqueue(new DirectoryChanged(center, time.GetUtcNow()));
    }

    /// <summary>Reads a person anew, with the centers they belong to, and tells everybody; call it after the commit.</summary>
    public async Task Reload(PersonId person)
    {
        CenterId[] places = [.. AgentsOf(person).Select(agent => Of(agent)!.Id)];
        await Load(places, CancellationToken.None);
        foreach (var center in places) writer.Enqueue(new DirectoryChanged(center, time.GetUtcNow()));
    }

    public void Dispose() => loading.Dispose();

    /// <summary>Reads everything anew and tells nobody: at start, and after an empty database was filled.</summary>
    public Task Load(CancellationToken ct = default) => Load(null, ct);

    private async Task Load(IReadOnlyCollection<CenterId>? only, CancellationToken ct)
    {
        await loading.WaitAsync(ct);
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var people = await db.Set<Person>().ToDictionaryAsync(p => p.Id, ct);
            var ids = only ?? await db.Set<Center>().Select(c => c.Id).ToListAsync(ct);
            var views = now.Centers.ToDictionary();
            foreach (var id in ids)
            {
                if (await CenterLoad.View(db, id, people, ct) is { } view) views[id] = view;
                else views.Remove(id);
            }
            now = Snapshot.Of(views.Values, people.Values, mobileNeeded);
        }
        finally
        {
            loading.Release();
        }
    }
}

/// <summary>A person, as far as every request must know them.</summary>
/// <param name="Stamp">The security stamp that a good cookie has.</param>
/// <param name="Language">Null = as the browser says.</param>
/// <param name="LacksMobile">The first sign-in has still to bind a mobile number.</param>
/// <param name="LacksNickname">The person has no nickname in one of their centers.</param>
/// <param name="LacksPassword">The password was given by somebody else; the person must choose their own.</param>
public sealed record Account(string Stamp, string? Language, bool LacksMobile, bool LacksNickname, bool LacksPassword)
{
    /// <summary>The first sign-in is done; product.md §1.</summary>
    public bool IsFinished => !LacksMobile && !LacksNickname && !LacksPassword;
}

/// <summary>Something in a center's directory is not as it was; <see cref="Centers"/> has the new state already.</summary>
public sealed record DirectoryChanged(CenterId Center, DateTimeOffset At) : IEvent;
