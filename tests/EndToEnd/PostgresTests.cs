using System.Globalization;
using System.Net;
using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>The product on PostgreSQL: its first start, calls, the database's loss in the middle of one, and its own sudden end.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private const string Sales = "4000000001";

    private static readonly TimeSpan Away = TimeSpan.FromSeconds(12);

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-pg-peers-").FullName;
    private Postgres postgres = null!;
    private Server server = null!;

    private string[] Settings =>
        ["Database:Provider=postgres", $"Database:ConnectionString={postgres.Connection}", "Timeouts:WrapUpSeconds=0"];

    public async Task InitializeAsync()
    {
        Tone.Write(Path.Combine(folder, "caller.wav"), 440, TimeSpan.FromMinutes(2), 8000);
        postgres = await Postgres.Start();
        try
        {
            server = await Server.Start(Settings);
        }
        catch
        {
            // a fixture whose beginning failed is not ended by anybody
            await postgres.DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact, Trait("Case", "F-A16")]
    public async Task It_starts_on_an_empty_database_takes_sign_ins_and_calls_and_outlives_the_loss_of_the_database_in_mid_call()
    {
        // a sign-in through the pages, and what it left behind
        await using var amy = await HttpAgent.Online(server, "amy");
        await Until.Holds("the audit trail has it", async () => await Count("\"Audit\"") > 0);
        await Until.Holds("the outbox is empty", async () => await Count("\"Outbox\"") == 0);

        // nobody has a line or a phone, so the caller waits and hears music
        await using var caller = await Caller(1);
        await caller.Dial(server.Sip(Sales));
        await caller.Established();
        Assert.Equal(1, await Count("\"Calls\" where \"EndedAt\" is null"));

        await postgres.Down();
        await caller.HearsMusic();
        await using var second = await Caller(2);
        await second.Dial(server.Sip(Sales));
        await second.Established();
        await second.HangUp();
        await second.Closed();
        await Until.Holds("ready says that it is not", async () => await Ready() == HttpStatusCode.ServiceUnavailable);
        await Until.Stays("the first call goes on", async () => await server.Metric("tccc_calls_up") == 1, Away);
        await postgres.Up();
        await Until.Holds("it is ready again", async () => await Ready() == HttpStatusCode.OK);
        await Until.Holds(
            "the call that began and ended meanwhile is on record",
            async () => await Count("\"Calls\" where \"Reason\" = 'GaveUpInQueue'") == 1);

        await postgres.Kill();
        await caller.HangUp();
        await caller.Closed();
        await Until.Holds("ready says that it is not", async () => await Ready() == HttpStatusCode.ServiceUnavailable);
        await postgres.Up();
        await Until.Holds("both are on record", async () => await Count("\"Calls\" where \"Reason\" = 'GaveUpInQueue'") == 2);
        Assert.Equal(0, await Count("\"Calls\" where \"EndedAt\" is null"));
    }

    [Fact, Trait("Case", "F-A15"), Trait("Case", "F-A16")]
    public async Task A_second_server_on_the_database_does_not_start_and_one_that_was_killed_holds_nobody_up()
    {
        await using var caller = await Caller(1);
        await caller.Dial(server.Sip(Sales));
        await caller.Established();
        var other = Path.Combine(folder, "other");
        await using (var program =
            Server.Launch(
                other, [.. Settings, $"Http:Port={Ports.Free()}", $"Https:Port={Ports.Free()}", $"Sip:Port={Ports.Free()}",
                    $"Media:WebRtcPort={Ports.Free()}"]))
        {
            Assert.Equal(1, await program.Ends(TimeSpan.FromSeconds(60)));
            var line = Assert.Single(program.Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Matches($"^The database is held by another server: Tccc, process {server.ProcessId} on .+ since ", line);
        }
        // the first one's call was not touched by it
        Assert.Equal(1, await Count("\"Calls\" where \"EndedAt\" is null"));

        await server.Kill();
        await server.Again();
        Assert.Equal(1, await Count("\"Calls\" where \"Reason\" = 'ServerRestarted'"));
    }

    [Fact]
    public async Task Calls_are_found_by_each_filter_alone_and_together_and_leave_as_a_table()
    {
        await postgres.Rows("""
            insert into "Calls" ("Id", "Center", "Direction", "Customer", "CustomerTail", "Called", "Group", "Agent", "ArrivedAt", "AnsweredAt", "EndedAt",
                "RingMs", "TalkMs", "HoldMs", "Result", "Reason", "EndedBy")
              select n, g."Center", case when n % 2 = 0 then 'Inbound' else 'Outbound' end, '+8613800138' || n, reverse('00138' || n), '4000000001', g."Id", a."Id",
                1772413200000000 + n / 4, 1772413205000000, case when n < 140 then 1772413265000000 end, 0, 0, 0, case when n < 140 then 'Served' end,
                case when n < 140 then 'HungUp' end, 'Customer'
              from generate_series(100, 140) n, "SkillGroups" g join "Agents" a on a."Center" = g."Center" where g."Name" = 'Sales' and a."Nickname" = 'Amy';
            insert into "CallAttempts" ("Call", "Offer", "Center", "Agent", "Device", "ArrivedAt", "StartedAt", "EndedAt", "Outcome")
              select c."Id", c."Id" * 10 + i, c."Center", b."Id", 'Line', c."ArrivedAt", c."ArrivedAt", c."ArrivedAt", 'Accepted'
              from "Calls" c join "Agents" b on b."Center" = c."Center" and b."Nickname" = 'Bob', generate_series(1, 2) i where c."Id" < 110;
            """);
        var ids = (await postgres.Rows("""
            select (select "Id" from "Agents" where "Nickname" = 'Amy' order by "Id" limit 1), (select "Id" from "Agents" where "Nickname" = 'Bob' order by "Id" limit 1),
              (select "Id" from "SkillGroups" where "Name" = 'Sales' order by "Id" limit 1)
            """))[0].Split('|');
        var (amy, bob, sales) = ($"agent={ids[0]}", $"agent={ids[1]}", $"group={ids[2]}");
        await using var lead = await HttpAgent.Online(server, "lead");
        foreach (var (query, found) in new (string, int)[]
        {
            ("", 41), ("direction=Inbound", 21), (amy, 41), (bob, 10), (sales, 41), ("number=13800138120", 1), ("number=0138120", 1), ("number=0120", 0),
            ("ending=Served", 40), ("ending=HungUp", 40), ("ending=InProgress", 1), ("from=2026-03-02&to=2026-03-02", 41), ("from=2026-03-03", 0),
            ($"{bob}&direction=Outbound", 5), ($"{sales}&ending=HungUp&direction=Inbound", 20), ($"number=8120&{amy}&{sales}&ending=Served", 1),
            ($"{bob}&{sales}&direction=Inbound&ending=Served&from=2026-03-02", 5),
        })
        {
            var page = await lead.Page("/records/calls?lang=en&" + query);
            Assert.Contains(found == 0 ? "Nothing found" : found == 1 ? ">1 call<" : $">{found} calls<", page, StringComparison.Ordinal);
            var table = await lead.Page("/records/calls.csv?" + query);
            Assert.Equal(found + 1, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        }
    }

    private async Task<int> Count(string rows) =>
        int.Parse((await postgres.Rows($"select count(*) from {rows}"))[0], CultureInfo.InvariantCulture);

    private async Task<HttpStatusCode> Ready()
    {
        using var http = new HttpClient();
        return (await http.GetAsync(new Uri(server.Address + "/health/ready"))).StatusCode;
    }

    private Task<Baresip> Caller(int number) => Baresip.Start(
        Directory.CreateDirectory(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"caller{number}"))).FullName,
        Path.Combine(folder, "caller.wav"));
}
