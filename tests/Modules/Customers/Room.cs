using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Customers.Tests;

/// <summary>
/// A center with the agents Amy and Bob and the supervisor Lee, and another with the supervisor Sue: the room's pages as browsers get them.
/// </summary>
public abstract class Room : IAsyncLifetime
{
    private protected static readonly AgentId Supervisor = new(13);
    private protected static readonly AgentId OtherSupervisor = new(22);
    private protected const string National = "13800138000";
    private protected const string International = "+8613800138000";

    private protected TestCenter center = null!;
    private protected HttpClient amy = null!;
    private protected HttpClient bob = null!;
    private protected HttpClient lee = null!;
    private protected HttpClient sue = null!;
    private long last = 9000;

    private protected DateTimeOffset Now => center.Get<TimeProvider>().GetUtcNow();

    public async Task InitializeAsync()
    {
        center = await TestCenter.Start(
            builder => builder.Services.AddTelephony().AddCustomers(), app => new CustomersModule().AddRoutes(app), Furnish,
            "--Sip:Port=0", "--Media:WebRtcPort=0", "--Media:RtpPorts=24000-24999");
        (amy, bob) = (await center.As(TestCenter.Amy), await center.As(TestCenter.Bob));
        (lee, sue) = (await center.As(Supervisor), await center.As(OtherSupervisor));
        foreach (var supervisor in (HttpClient[])[lee, sue]) supervisor.DefaultRequestHeaders.Remove("HX-Request");
        foreach (var agent in (HttpClient[])[amy, bob]) agent.DefaultRequestHeaders.Add("HX-Target", "customer-card");
    }

    public async Task DisposeAsync() => await center.DisposeAsync();

    /// <summary>A customer of the center as a supervisor would have written them down.</summary>
    private protected async Task<CustomerId> Known(string name, params (CustomerKeyKind Kind, string Value)[] keys)
    {
        var id = new CustomerId(++last);
        await Store([
            new Customer { Id = id, Center = TestCenter.Center, Root = id, Name = name, CreatedAt = Now },
            .. keys.Select(key => new CustomerKey
            {
                Id = ++last, Center = TestCenter.Center, Customer = id, Kind = key.Kind, Value = key.Value,
            }),
        ]);
        return id;
    }

    private protected Task<CustomerId> Known(string name, string number) => Known(name, (CustomerKeyKind.Number, number));

    private protected async Task<CustomerNote> Noted(CustomerId customer, string text)
    {
        var note = new CustomerNote
        {
            Id = ++last, Center = TestCenter.Center, Customer = customer, Agent = TestCenter.Amy, At = Now, Text = text,
        };
        await Store(note);
        return note;
    }

    private protected async Task<CallRecord> Called(string number, AgentId? agent, CenterId? of = null)
    {
        var call = new CallRecord
        {
            Id = new(++last), Center = of ?? TestCenter.Center, Customer = number, Called = "4000000001", Group = TestCenter.Sales,
            Agent = agent, ArrivedAt = Now.AddMinutes(-10).AddSeconds(last % 100), AnsweredAt = Now.AddMinutes(-9),
            EndedAt = Now.AddMinutes(-8), TalkMs = 60_000,
            Result = CallResult.Served, Reason = CallEndReason.HungUp, EndedBy = EndedBy.Customer,
        };
        await Store(call);
        return call;
    }

    /// <summary>Somebody rings at an agent.</summary>
    private protected async Task<Contact> Rings(AgentId agent, string number)
    {
        await center.Online(agent);
        var caller = center.Caller(number);
        await center.Rings(agent);
        return caller;
    }

    private protected Task Store(params object[] rows) => center.Get<Writer>().Write(db =>
    {
        db.AddRange(rows);
        return Task.CompletedTask;
    });

    private protected static async Task<IDocument> Page(HttpClient browser, string path) => await Page(await browser.GetAsync(At(path)));

    private protected static async Task<IDocument> Page(HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        return new HtmlParser().ParseDocument(text);
    }

    private protected static Task<HttpResponseMessage> Post(HttpClient browser, string path, params (string Name, string Value)[] form) =>
        browser.PostAsync(At(path), new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    private protected static Uri At(string path) => new(path, UriKind.Relative);

    private protected async Task<T> Read<T>(Func<TcccDb, Task<T>> query) =>
        await center.Get<Writer>().Write(query);

    /// <summary>What the audit trail says was done last.</summary>
    private protected Task<(AuditWhat What, string? Target, string? Detail)> LastDone() => Read(db =>
    {
        var row = db.Set<AuditRow>().OrderByDescending(r => r.Id).First();
        return Task.FromResult((row.What, row.Target, row.Detail));
    });

    private static Task Furnish(TestCenter.Seed seed)
    {
        (AgentId, CenterId, string)[] supervisors = [(Supervisor, TestCenter.Center, "Lee"), (OtherSupervisor, TestCenter.Other, "Sue")];
        foreach (var (agent, of, name) in supervisors)
        {
            seed.Rows.Add(new Person
            {
                Id = new(agent.Value), Email = $"{name}@test", NormalizedEmail = $"{name}@TEST".ToUpperInvariant(), SecurityStamp = name,
                Mobile = $"139{agent.Value:D8}",
            });
            seed.Rows.Add(new Agent { Id = agent, Center = of, Person = new(agent.Value), Role = Role.Supervisor, Nickname = name });
        }
        return Task.CompletedTask;
    }
}
