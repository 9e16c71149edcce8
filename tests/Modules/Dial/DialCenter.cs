using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;
using Tccc.Sip;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>
/// The use cases of Dial through HTTP, on the real dispatcher, the real call engine and real SIP peers; product.md §4 and §5. Amy answers
/// at the desk phone 8001, Bob in the page; Lee supervises, and Nora is in another center.
/// </summary>
public abstract class DialCenter : IAsyncLifetime
{
    private protected static readonly GroupId Support = new(102);

    private static readonly AgentId Lee = new(13);

    private protected TestCenter center = null!;
    private protected Peer carrier = null!;
    private protected Peer phone = null!;
    private protected HttpClient amy = null!;
    private protected HttpClient bob = null!;
    private protected HttpClient nora = null!;
    private long last = 600;

    private protected int SipPort => center.Get<SipEndpoint>().Port;

    private protected Calls Calls => center.Get<Calls>();

    private protected Dispatch Dispatch => center.Get<Dispatch>();

    private protected DateTimeOffset Now => center.Get<TimeProvider>().GetUtcNow();

    public async Task InitializeAsync()
    {
        center = await TestCenter.Start(
            builder => builder.Services.AddTelephony().AddDial(), app =>
                new DialModule().AddRoutes(app), Furnish, "--Sip:Port=0", "--Media:WebRtcPort=0", "--Media:RtpPorts=24000-24999");
        (carrier, phone) = (await Peer.Start(), await Peer.Start());
        (amy, bob, nora) = (await center.As(TestCenter.Amy), await center.As(TestCenter.Bob), await center.As(TestCenter.Nora));
    }

    public async Task DisposeAsync()
    {
        await carrier.DisposeAsync();
        await phone.DisposeAsync();
        await center.DisposeAsync();
    }

    private protected async Task<OfferView> OfferToBob()
    {
        await center.Online(TestCenter.Bob);
        center.Caller();
        return await center.Rings(TestCenter.Bob);
    }

    /// <summary>The carrier calls, Amy's phone is rung and picked up.</summary>
    private protected async Task<CallView> Talking()
    {
        await phone.Register("8001", "Phone#8001", SipPort);
        await center.Online(TestCenter.Amy);
        carrier.Call("4000000001", SipPort);
        await TestCenter.Until("the desk phone rings", () => phone.Rings);
        phone.PickUp();
        await TestCenter.Until("they talk", () => Calls.CallOf(TestCenter.Amy)?.Phase == CallPhase.Talking && carrier.Answered);
        return Calls.CallOf(TestCenter.Amy)!;
    }

    /// <summary>A real call that nobody is free for.</summary>
    private protected async Task<CallId> Waits(Peer carrier)
    {
        carrier.Call("4000000001", SipPort);
        await WaitIn(TestCenter.Sales, 1);
        return new((await Dispatch.Waiting(TestCenter.Center, [TestCenter.Sales])).Single().Contact.Id.Value);
    }

    private protected Task WaitIn(GroupId group, int count) =>
        TestCenter.Until($"{count} wait", () => (Dispatch.See(group)?.Waiting ?? 0) == count);

    private protected async Task WrapUp(AgentId agent)
    {
        var dispatch = center.Get<Dispatch>();
        await center.Online(agent);
        dispatch.Began(agent, new(77), ContactKind.Call);
        await center.Is(agent, AgentState.Busy);
        dispatch.Ended(new(77), agent, wrapUp: true);
        await center.Is(agent, AgentState.WrapUp);
    }

    private protected CallRecord Call(string customer, AgentId? agent) => new()
    {
        Id = new(++last), Center = TestCenter.Center, Customer = customer, Called = "4000000001", Group = TestCenter.Sales, Agent = agent,
        ArrivedAt = Now.AddMinutes(-2), AnsweredAt = Now.AddMinutes(-1), EndedAt = Now, TalkMs = 60_000, HoldMs = 7_000,
        Result = CallResult.Served, Reason = CallEndReason.HungUp, EndedBy = EndedBy.Customer,
    };

    private protected CallAttempt Attempt(CallRecord call, AgentId agent, AttemptOutcome outcome) => new()
    {
        Call = call.Id, Center =
            TestCenter.Center, Offer = new(++last), Agent = agent, StartedAt = Now.AddSeconds(-20), EndedAt = Now, Outcome = outcome,
    };

    private protected Task Store(params object[] rows) => center.Get<Writer>().Write(db =>
    {
        db.AddRange(rows);
        return Task.CompletedTask;
    });

    private protected static async Task<IDocument> Page(HttpClient agent, string path)
    {
        var answer = await agent.GetAsync(At(path));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    private protected static async Task<string> Panel(Task<HttpResponseMessage> request)
    {
        var answer = await request;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private protected static async Task Refused(
        HttpResponseMessage answer, HttpStatusCode? status = null, string sentence = "role=\"alert\"")
    {
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        if (status is { } wanted) Assert.Equal(wanted, answer.StatusCode);
        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Contains(sentence, html, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
    }

    private protected static async Task Refused(HttpResponseMessage answer, string sentence)
    {
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(sentence, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private protected static Uri At(string path) => new(path, UriKind.Relative);

    private static Task Furnish(TestCenter.Seed seed)
    {
        var desk =
            new DeskPhone { Id = new(301), Center = TestCenter.Center, Extension = "8001", SipUser = "8001", BoundAgent = TestCenter.Amy };
        desk.SetPassword("Phone#8001");
        seed.Rows.Add(desk);
        seed.Rows.Add(
            new Trunk { Id = new(401), Center = TestCenter.Center, Name = "Carrier", Host = "127.0.0.1", AllowedNetworks = "127.0.0.0/8" });
        seed.Rows.Add(new SkillGroup { Id = Support, Center = TestCenter.Center, Number = 2, Name = "Support" });
        seed.Rows.OfType<Center>().Single(c => c.Id == TestCenter.Center).SayNobodySignedIn = false;
        seed.Rows.Add(
            new Person { Id = new(Lee.Value), Email = "lee@test", NormalizedEmail = "LEE@TEST", SecurityStamp = "lee",
                Mobile = "13900000013" });
        seed.Rows.Add(
            new Agent { Id = Lee, Center = TestCenter.Center, Person = new(Lee.Value), Role = Role.Supervisor, Nickname = "Lee" });
        return Task.CompletedTask;
    }
}
