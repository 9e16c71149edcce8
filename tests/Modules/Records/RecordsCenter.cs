using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records.Tests;

/// <summary>
/// The records as browsers get them; product.md §12 and §4. Lee supervises, and Nora is the administrator of another center.
/// </summary>
public abstract class RecordsCenter : IAsyncLifetime
{
    private protected static readonly AgentId Supervisor = new(13);
    private protected static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private protected TestCenter center = null!;
    private protected HttpClient amy = null!;
    private protected HttpClient lee = null!;
    private protected HttpClient nora = null!;
    private protected long lastCall = 5000;

    public async Task InitializeAsync()
    {
        center = await TestCenter.Start(
            builder => builder.Services.AddTelephony().AddRecords(), app =>
                new RecordsModule().AddRoutes(app), Furnish, "--Sip:Port=0", "--Media:WebRtcPort=0", "--Media:RtpPorts=24000-24999");
        (amy, lee, nora) = (await center.As(TestCenter.Amy), await center.As(Supervisor), await center.As(TestCenter.Nora));
    }

    public async Task DisposeAsync() => await center.DisposeAsync();

    private protected CallRecord Call(AgentId? agent, string customer, CenterId? of = null, DateTimeOffset? at = null, CallId? id = null)
    {
        var arrived = at ?? Morning.AddSeconds(++lastCall);
        return new()
        {
            Id = id ?? new(++lastCall),
            Center = of ?? TestCenter.Center,
            Customer = customer,
            Called = "4000000001",
            Group = of is null ? TestCenter.Sales : null,
            Agent = agent,
            ArrivedAt = arrived,
            AnsweredAt = agent is null ? null : arrived.AddSeconds(5),
            EndedAt = arrived.AddSeconds(65),
            TalkMs = agent is null ? 0 : 60_000,
            Result = CallResult.Served,
            Reason = CallEndReason.HungUp,
            EndedBy = EndedBy.Customer,
        };
    }

    /// <summary>An agent who took a call, which may have gone on to another since.</summary>
    private protected CallAttempt Accepted(CallRecord call, AgentId agent) => new()
    {
        Call = call.Id, Center = call.Center, Offer = new(++lastCall), Agent = agent, ArrivedAt = call.ArrivedAt,
        StartedAt = call.ArrivedAt, EndedAt = call.ArrivedAt.AddSeconds(5), Outcome = AttemptOutcome.Accepted,
    };

    /// <summary>The customer's leg, Bob's part on the workbench and Amy's desk phone; of hers no report ever came.</summary>
    private protected static QualityRecord Quality(CallRecord call) => new()
    {
        Call = call.Id,
        Center = call.Center,
        Legs = $$"""
            [{"side":"Agent","from":5000,"spans":[[5000,0,2.5,4.4,0.05,60.2,3.1,180],[5000,0,2,4.4,0,3,4.3,20]],
              "agent":{{TestCenter.Bob.Value}},"device":"Line"},
             {"side":"Agent","from":15000,"spans":[[5000,0.0125,7,null,null,null,null,null]],
              "agent":{{TestCenter.Amy.Value}},"device":"DeskPhone"},
             {"side":"Customer","from":0,"spans":[[5000,null,null,null,null,null,null,null],[5000,0.01,4,4.2,0.02,5,4.1,31]]}]
            """,
    };

    private protected Task Store(params object[] rows) => center.Get<Writer>().Write(db =>
    {
        db.AddRange(rows);
        return Task.CompletedTask;
    });

    private protected async Task<List<AuditRow>> Looks(AuditWhat what)
    {
        await center.Get<Writer>().Flush();
        await using var db = await center.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        return [.. db.Set<AuditRow>().Where(row => row.What == what)];
    }

    private protected static async Task<IDocument> Page(HttpClient reader, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await reader.GetAsync(At(path));
        Assert.Equal(status, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    private protected static string[] Numbers(IDocument page) =>
        [.. page.QuerySelectorAll("#rows .cell-name [dir=auto]").Select(n => n.TextContent)];

    private protected static async Task<HttpStatusCode> Status(HttpClient reader, CallRecord call) =>
        (await reader.GetAsync(At($"/records/calls/{call.Id}"))).StatusCode;

    private protected static Uri At(string path) => new(path, UriKind.Relative);

    private static Task Furnish(TestCenter.Seed seed)
    {
        seed.Rows.Add(
            new Person { Id = new(Supervisor.Value), Email = "Lee@test", NormalizedEmail = "LEE@TEST", SecurityStamp = "Lee",
                Mobile = "13800000009" });
        seed.Rows.Add(
            new Agent { Id = Supervisor, Center = TestCenter.Center, Person = new(Supervisor.Value), Role = Role.Supervisor,
                Nickname = "Lee" });
        seed.Rows.OfType<Agent>().Single(a => a.Id == TestCenter.Nora).Role = Role.Administrator;
        return Task.CompletedTask;
    }
}
