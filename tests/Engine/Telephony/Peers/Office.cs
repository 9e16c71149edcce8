using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony.Tests.Peers;

/// <summary>
/// The engines as the host runs them, on loopback and a SQLite file: a center with group Sales, number 4000000001 → Sales, 4000000004 →
/// Amy; Amy works on a line, Bob and Carol at desk phones 8001 and 8002.
/// </summary>
internal sealed class Office : IAsyncDisposable
{
    public const string Sales = "4000000001";
    public const string AmyInPerson = "4000000004";
    public static readonly CenterId Center = new(1);
    public static readonly AgentId Amy = new(21);
    public static readonly AgentId Bob = new(22);
    public static readonly AgentId Carol = new(23);

    /// <summary>What a browser offers, without the lines that matter to none of these tests.</summary>
    public static readonly string BrowserOffer = $"""
        v=0
        o=- 1 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0
        m=audio 9 UDP/TLS/RTP/SAVPF 0 8 126
        c=IN IP4 0.0.0.0
        a=ice-ufrag:abcd
        a=ice-pwd:abcdefghijklmnopqrstuvwx
        a=fingerprint:sha-256 {string.Join(':', Enumerable.Repeat("AB", 32))}
        a=setup:actpass
        a=mid:0
        a=sendrecv
        a=rtcp-mux
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:126 telephone-event/8000

        """.ReplaceLineEndings("\r\n");

    private readonly string folder;
    private readonly Dictionary<string, string?> settings;
    private readonly Changes changes = new();
    private WebApplication app = null!;

    private Office(string folder, Dictionary<string, string?> settings) => (this.folder, this.settings) = (folder, settings);

    public int SipPort => app.Services.GetRequiredService<SipEndpoint>().Port;

    public Calls Calls => Get<Calls>();

    public Dispatch Dispatch => Get<Dispatch>();

    public CallTable Table => Get<CallTable>();

    public static async Task<Office> Open(string networks = "127.0.0.0/8", Action<Center>? set = null, string rtpPorts = "26000-28999")
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("tccc-telephony-").FullName;
        var office = new Office(folder, new()
        {
            ["data"] = folder,
            ["Sip:Port"] = "0",
            ["Media:WebRtcPort"] = "0",
            ["Media:Address"] = "127.0.0.1",
            ["Media:RtpPorts"] = rtpPorts,
            ["Demo:Enabled"] = "true",
        });
        await office.Start();
        await office.Fill(networks, set);
        return office;
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPlatform();
        builder.AddDirectory();
        builder.Services.AddAcd();
        builder.Services.AddTelephony();
        builder.Services.AddSingleton<INotificationHandler<Occurred<DirectoryChanged>>>(changes);
        app = builder.Build();
        await app.StartAsync();
    }

    public async Task Stop()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    /// <summary>The agent comes to work; who has a phone is reached there.</summary>
    public async Task Works(AgentId agent)
    {
        Dispatch.WorkbenchOpened(agent, $"bench {agent}");
        Assert.Null((await Dispatch.Choose(agent, Choice.Available, ChangedBy.Agent)).Error);
    }

    public Task Is(AgentId agent, AgentState state) =>
        Until.Holds(() => Dispatch.See(agent)?.State == state, $"{agent} is {state}, not {Dispatch.See(agent)}");

    /// <summary>A browser opens the agent's line. What its connection does is told by the test, in place of the browser.</summary>
    public async Task<LegId> Line(AgentId agent)
    {
        var before = Get<LegTable>().Open.ToHashSet();
        Assert.Null(Get<AgentDevices>().OpenLine(agent, BrowserOffer).Error);
        var leg = Get<LegTable>().Open.Single(l => !before.Contains(l));
        Tell(new MediaEvent.Connected(leg));
        await Until.Holds(() => Get<AgentDevices>().IsLineUp(agent) && Dispatch.See(agent)!.DeviceReachable, "the line is up");
        return leg;
    }

    public void Tell(MediaEvent e) => Get<LegTable>().On(e);

    public async Task<OfferId> Offered(AgentId agent)
    {
        await Until.Holds(() => Dispatch.See(agent)?.Offer is not null, $"{agent} is asked");
        return Dispatch.See(agent)!.Offer!.Id;
    }

    public async Task<SipPeer> Phone(string extension, double tone, bool autoAnswer = false)
    {
        var phone = await SipPeer.Start(SipPort, tone);
        phone.AutoAnswer = autoAnswer;
        await phone.Register(extension, "Phone#" + extension);
        return phone;
    }

    public async Task<CallRecord> Record()
    {
        await Get<Writer>().Flush();
        await using var db = await Get<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        return Assert.Single(await db.Set<CallRecord>().ToListAsync());
    }

    public async Task<List<T>> Rows<T>() where T : class
    {
        await Get<Writer>().Flush();
        await using var db = await Get<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        return await db.Set<T>().ToListAsync();
    }

    /// <summary>Changes rows of the directory as an administrator does, and lets everybody know.</summary>
    public async Task Change<T>(Func<T, bool> which, Action<T> change) where T : class
    {
        await Get<Writer>().Write(async db =>
        {
            foreach (var row in (await db.Set<T>().ToListAsync()).Where(which))
            {
                change(row);
                db.Replace(row);
            }
        });
        await Reload();
    }

    /// <summary>Deletes rows of the directory, likewise.</summary>
    public async Task Delete<T>(Func<T, bool> which) where T : class
    {
        await Get<Writer>().Write(async db => db.RemoveRange((await db.Set<T>().ToListAsync()).Where(which)));
        await Reload();
    }

    /// <summary>Everybody has heard of a change once this is done.</summary>
    public async Task Reload()
    {
        var before = changes.Heard;
        await Get<Centers>().Reload(Center);
        await Until.Holds(() => changes.Heard > before, "the change is heard");
    }

    public Task Quiet() => Until.Holds(() => Table.IsEmpty && Get<LegTable>().Open.Count == 0, "no call and no leg is left");

    private async Task Fill(string networks, Action<Center>? set)
    {
        var center = new Center { Id = Center, Name = "Test", WrapUpSeconds = 0 };
        set?.Invoke(center);
        await Get<Writer>().Write(db =>
        {
            db.Add(center);
            var group = new GroupId(10);
            db.Add(new SkillGroup { Id = group, Center = Center, Number = 1, Name = "Sales", RingSeconds = 5 });
            foreach (var (agent, name) in new[] { (Amy, "amy"), (Bob, "bob"), (Carol, "carol") })
            {
                db.Add(new Person { Id = new(agent.Value), Email = name + "@demo.test", NormalizedEmail = name.ToUpperInvariant() });
                db.Add(new Agent { Id = agent, Center = Center, Person = new(agent.Value), Nickname = name });
                db.Add(new GroupMember { Group = group, Agent = agent, Center = Center });
            }

            db.Add(new Number { Id = new(1), Center = Center, Digits = Sales, Entry = NumberEntry.Group, Group = group });
            db.Add(new Number { Id = new(2), Center = Center, Digits = AmyInPerson, Entry = NumberEntry.Agent, Agent = Amy });
            db.Add(new Trunk { Id = new(1), Center = Center, Name = "carrier", Host = "127.0.0.1", AllowedNetworks = networks });
            foreach (var (extension, agent) in new[] { ("8001", Bob), ("8002", Carol) })
            {
                var phone =
                    new DeskPhone { Id = new(agent.Value), Center = Center, Extension = extension, SipUser = extension,
                        BoundAgent = agent };
                phone.SetPassword("Phone#" + extension);
                db.Add(phone);
            }

            return Task.CompletedTask;
        });
        await Get<Centers>().Reload(Center);
        await Until.Holds(() => Dispatch.See(Carol) is not null, "the dispatcher knows the agents");
    }

    /// <summary>Hears of a change after all others have: handlers run one after the other, in the order of their registration.</summary>
    private sealed class Changes : INotificationHandler<Occurred<DirectoryChanged>>
    {
        private int heard;

        public int Heard => Volatile.Read(ref heard);

        public Task Handle(Occurred<DirectoryChanged> notification, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref heard);
            return Task.CompletedTask;
        }
    }
}
