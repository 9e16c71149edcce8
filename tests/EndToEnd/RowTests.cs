using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EndToEnd.Peers;
using Microsoft.Data.Sqlite;

namespace EndToEnd;

/// <summary>Rows of calls while the database can't be written, and after the server was killed: nobody is missing.</summary>
public sealed partial class RowTests : IAsyncLifetime
{
    private const string Sales = "4000000001";
    private const int Agents = 6;
    private const int PerSecond = 3;

    /// <summary>What sipp writes between two messages.</summary>
    private const string Ruler = "-----------------------------------------------";

    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-rows-").FullName;
    private readonly List<HttpAgent> agents = [];
    private SmallDisk disk = null!;
    private Server server = null!;
    private Desks? desks;

    public async Task InitializeAsync()
    {
        disk = await SmallDisk.Make();
        try
        {
            server = await Server.In(disk.Folder, "Timeouts:WrapUpSeconds=0");
        }
        catch
        {
            // nobody ends a test whose beginning failed
            await disk.DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var agent in agents) await agent.DisposeAsync();
        if (desks is not null) await desks.DisposeAsync();
        await server.DisposeAsync();
        await disk.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact, Trait("Case", "F-A2")]
    public async Task Calls_that_begin_run_and_end_while_the_disk_is_full_are_all_on_record_when_there_is_room()
    {
        const int calls = 60;
        await using var load = await Calls(calls);
        await Until.Holds("calls are served", () => Count("EndedAt is not null") >= Agents);
        // what the log has room for already would be written all the same
        server.Change("pragma wal_checkpoint(truncate)");
        await disk.Fill(server);
        await Until.Holds("ready says that it is not", async () => await Ready() == HttpStatusCode.ServiceUnavailable);
        var (stored, ended) = (Count(), await Ended());
        await Until.Holds("calls begin and end all the same", async () => await Ended() >= ended + (6 * Agents), Limit);
        Assert.Equal((stored, HttpStatusCode.ServiceUnavailable), (Count(), await Ready()));
        await disk.Empty(server);
        await Until.Holds("it is ready again", async () => await Ready() == HttpStatusCode.OK);
        await AllAreOnRecord(load, calls);
    }

    [Fact, Trait("Case", "F-A2")]
    public async Task Calls_are_served_for_a_minute_in_which_another_process_holds_the_database_and_their_rows_come_in_order()
    {
        const int calls = 200;
        await using var load = await Calls(calls);
        await Until.Holds("calls are served", () => Count("EndedAt is not null") > 0);
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "tccc.db")};Pooling=False"))
        {
            await other.OpenAsync();
            await using var hold = other.CreateCommand();
            hold.CommandText = "begin exclusive";
            await hold.ExecuteNonQueryAsync();
            await Until.Holds("ready says that it is not", async () => await Ready() == HttpStatusCode.ServiceUnavailable);
            var (stored, ended) = (Count(), await Ended());
            await Until.Stays(
                "it is locked, and callers call", async () => await Ready() == HttpStatusCode.ServiceUnavailable && !load.HasEnded, Limit);
            Assert.Equal(stored, Count());
            // two a call: the caller's and the desk's
            Assert.True(await Ended() > ended + (PerSecond * Limit.TotalSeconds), $"{await Ended()} sessions ended, {ended} before");
        }
        await Until.Holds("it is ready again", async () => await Ready() == HttpStatusCode.OK);
        await AllAreOnRecord(load, calls);
    }

    [Fact, Trait("Case", "F-A10")]
    public async Task Whoever_was_told_180_or_200_before_the_server_was_killed_has_a_row_after_the_next_start()
    {
        const int rounds = 6;
        var random = new Random(20261130);
        for (var round = 1; round <= rounds; round++)
        {
            var here = Directory.CreateDirectory(Path.Combine(folder, $"round{round}")).FullName;
            await using var callers = Sipp.Start(
                "told.xml", here, server.SipPort, "-s", Sales, "-key", "round", $"{round}", "-r", "40", "-m", "400", "-trace_msg");
            var enough = random.Next(5, 60);
            await Until.Holds("so many are told", () => ToldBy(here).Count >= enough, seen: () => callers.Printed);
            await server.Kill();
            await callers.Kill();
            await server.Again();
            var told = ToldBy(here);
            var rows = server.Rows($"select Customer from Calls where Customer like '139{round}%'");
            var known = rows.Select(row => (string)row["Customer"]!);
            var missing = string.Join(", ", told.Except(known));
            Assert.True(missing.Length == 0, $"In round {round} {told.Count} were told; without a row are {missing}.");
        }
        Assert.Equal(0, Count("EndedAt is null"));
    }

    /// <summary>Callers of sipp, whose calls desk phones of sipp take for a second each.</summary>
    private async Task<Program> Calls(int count)
    {
        await server.Stop();
        Fleet.AddTo(server, Agents);
        await server.Again();
        desks = await Desks.Register(folder, server.SipPort, Agents);
        desks.Answer("desk-silent.xml", count, Talk);
        for (var i = 0; i < Agents; i++) agents.Add(await HttpAgent.Online(server, Fleet.Account(i)));
        var callers = Directory.CreateDirectory(Path.Combine(folder, "callers")).FullName;
        return Sipp.Start("caller-silent.xml", callers, server.SipPort, "-s", Sales, "-m", $"{count}", "-r", $"{PerSecond}");
    }

    /// <summary>When the callers are done: a row of each, whole, and every change of an agent's state follows on the one before.</summary>
    private async Task AllAreOnRecord(Program load, int calls)
    {
        Assert.True(await load.Ends(Limit) == 0, load.Printed[^Math.Min(2000, load.Printed.Length)..] + server.Log);
        await desks!.Done(Limit);
        await Until.Holds("every record is closed", () => Count("EndedAt is not null") == calls, seen: () => server.Log);
        Assert.Equal(calls, Count("Result = 'Served' and Reason = 'HungUp' and EndedBy = 'Agent' and Agent is not null and TalkMs > 500"));
        Assert.Equal(calls, Of("select count(*) from CallAttempts where Outcome = 'Accepted'"));
        Assert.Equal(calls, Of("select count(distinct Customer) from Calls"));
        Assert.Equal(0, Of(
            """
            select count(*) from (select "From" as began, lag("To") over (partition by Agent order by Id) as was from AgentStateChanges)
            where was is not null and began <> was
            """));
    }

    private long Count(string where = "true") => Of($"select count(*) from Calls where {where}");

    private long Of(string sql) => (long)server.Rows(sql)[0].Values.Single()!;

    private Task<double> Ended() => server.Metric("tccc_sip_sessions_ended_total");

    private async Task<HttpStatusCode> Ready()
    {
        using var http = new HttpClient();
        return (await http.GetAsync(new Uri(server.Address + "/health/ready"))).StatusCode;
    }

    /// <summary>The numbers of those who were told 180 or 200, by what sipp wrote down of what it received.</summary>
    private static HashSet<string> ToldBy(string folder)
    {
        var told = new HashSet<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*_messages.log"))
        {
            using var written = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            foreach (var message in written.ReadToEnd().Split(Ruler))
            {
                if (!Told().IsMatch(message) || !message.Contains("\nCSeq: 1 INVITE", StringComparison.Ordinal)) continue;
                told.Add(Caller().Match(message).Groups[1].Value);
            }
        }
        return told;
    }

    [GeneratedRegex(@"\nSIP/2\.0 (180|200) ")]
    private static partial Regex Told();

    [GeneratedRegex(@"\nFrom: <sip:(\d+)@")]
    private static partial Regex Caller();
}
