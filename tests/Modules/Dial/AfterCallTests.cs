using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>
/// What stays of a call for its agent: what was missed, the wrapped call with its note; product.md §2 to §4.
/// </summary>
public sealed class AfterCallTests : IAsyncLifetime
{
    private static readonly AgentId Lee = new(13);

    private TestCenter center = null!;
    private HttpClient amy = null!;
    private HttpClient bob = null!;
    private long last = 600;

    private DateTimeOffset Now => center.Get<TimeProvider>().GetUtcNow();

    public async Task InitializeAsync()
    {
        center = await TestCenter.Start(
            builder => builder.Services.AddTelephony().AddDial(), app =>
                new DialModule().AddRoutes(app), Furnish, "--Sip:Port=0", "--Media:WebRtcPort=0", "--Media:RtpPorts=24000-24999");
        (amy, bob) = (await center.As(TestCenter.Amy), await center.As(TestCenter.Bob));
    }

    public async Task DisposeAsync() => await center.DisposeAsync();

    [Fact]
    [Trait("Case", "F-D3")]
    public async Task A_missed_call_leaves_a_note_a_count_and_a_row_until_it_was_seen()
    {
        var call = Call("13800138000", TestCenter.Amy);
        await Store(call, Attempt(call, TestCenter.Bob, AttemptOutcome.TimedOut), Attempt(call, TestCenter.Amy, AttemptOutcome.Accepted));
        var note = await Page(bob, "/missed");
        Assert.Contains("You missed a call from 13800138000.", note.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", note.QuerySelector("#missed-count")!.GetAttribute("data-count"));
        Assert.Equal("0", (await Page(amy, "/missed")).QuerySelector("#missed-count")!.GetAttribute("data-count"));
        var history = await Page(bob, "/history");
        Assert.Equal("Missed", history.QuerySelector(".task-missed[data-new] .task-line")!.TextContent.Trim());
        Assert.NotNull(history.QuerySelector("#served-seen[hx-put='/missed/seen']"));

        Assert.Equal(HttpStatusCode.OK, (await bob.PutAsync(At("/missed/seen"), null)).StatusCode);
        // another page of the same person agrees
        using var reloaded = await center.As(TestCenter.Bob);
        Assert.Equal("0", (await Page(reloaded, "/missed")).QuerySelector("#missed-count")!.GetAttribute("data-count"));
        Assert.Empty((await Page(reloaded, "/missed")).QuerySelectorAll(".missed"));
        Assert.Null((await Page(reloaded, "/history")).QuerySelector("[data-new]"));
        Assert.Single((await Page(reloaded, "/history")).QuerySelectorAll(".task-missed"));
    }

    [Theory]
    [Trait("Case", "F-D3")]
    [InlineData(AttemptOutcome.Declined, 0, "Declined by you")]
    [InlineData(AttemptOutcome.Unreachable, 1, "Missed: your line or phone could not be reached")]
    [InlineData(AttemptOutcome.CallerGaveUp, 0, null)]
    [InlineData(AttemptOutcome.LostRace, 0, null)]
    public async Task What_was_declined_is_in_history_and_is_no_news(AttemptOutcome outcome, int count, string? said)
    {
        var call = Call("111", null);
        await Store(call, Attempt(call, TestCenter.Bob, outcome));
        Assert.Equal(
            count.ToString(null as IFormatProvider),
            (await Page(bob, "/missed")).QuerySelector("#missed-count")!.GetAttribute("data-count"));
        Assert.Equal(said, (await Page(bob, "/history")).QuerySelector(".task-missed .task-line")?.TextContent.Trim());
    }

    [Fact]
    [Trait("Case", "F-D3")]
    public async Task An_offer_that_ran_out_tells_the_page_at_once()
    {
        await center.Online(TestCenter.Bob);
        await TestCenter.Pushed(bob, "missed", html => html.Contains("data-marks=\"1\"", StringComparison.Ordinal), async () =>
        {
            center.Caller();
            var offer = await center.Rings(TestCenter.Bob);
            await center.Get<Dispatch>().Decline(offer.Id, TestCenter.Bob);
        });
    }

    [Fact]
    [Trait("Case", "F-D4")]
    public async Task In_wrap_up_the_wrapped_call_is_there_with_its_record_and_a_note_that_is_kept()
    {
        var call = Call("13800138000", TestCenter.Bob);
        await Store(call, Attempt(call, TestCenter.Bob, AttemptOutcome.Accepted));
        Assert.Equal("", (await Page(bob, "/wrap-up/call")).Body!.TextContent.Trim());
        await WrapUp(TestCenter.Bob);
        var wrapped = await Page(bob, "/wrap-up/call");
        Assert.Equal("13800138000", wrapped.QuerySelector(".call-name")!.TextContent);
        Assert.Equal("01:00", wrapped.QuerySelector(".call-clock .timer")!.TextContent);
        Assert.Equal($"/records/calls/{call.Id}", wrapped.QuerySelector("#wrapped-record")!.GetAttribute("href"));

        Assert.Equal("Saved", await Write(bob, call, " wants a refund <b>now</b> "));
        var note = (await Page(bob, "/wrap-up/call")).QuerySelector("textarea")!;
        Assert.Equal("wants a refund <b>now</b>", note.TextContent);
        Assert.Equal("Saved", await Write(bob, call, ""));
        Assert.Equal("", (await Page(bob, "/wrap-up/call")).QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    [Trait("Case", "F-D4")]
    public async Task A_note_is_refused_about_the_call_of_another_and_when_it_is_too_long()
    {
        var call = Call("111", TestCenter.Bob);
        await Store(call, Attempt(call, TestCenter.Bob, AttemptOutcome.Accepted), Attempt(call, TestCenter.Amy, AttemptOutcome.TimedOut));
        using var nora = await center.As(TestCenter.Nora);
        Assert.Equal(HttpStatusCode.NotFound, (await Put(amy, call, "mine")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Put(nora, call, "mine")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Put(bob, call, new string('x', CallNote.Longest + 1))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Put(bob, call, new string('x', CallNote.Longest))).StatusCode);
    }

    private static Task Furnish(TestCenter.Seed seed)
    {
        seed.Rows.Add(
            new Person { Id = new(Lee.Value), Email = "lee@test", NormalizedEmail = "LEE@TEST", SecurityStamp = "lee",
                Mobile = "13900000013" });
        seed.Rows.Add(
            new Agent { Id = Lee, Center = TestCenter.Center, Person = new(Lee.Value), Role = Role.Supervisor, Nickname = "Lee" });
        return Task.CompletedTask;
    }

    private async Task WrapUp(AgentId agent)
    {
        var dispatch = center.Get<Dispatch>();
        await center.Online(agent);
        dispatch.Began(agent, new(77), ContactKind.Call);
        await center.Is(agent, AgentState.Busy);
        dispatch.Ended(new(77), agent, wrapUp: true);
        await center.Is(agent, AgentState.WrapUp);
    }

    private CallRecord Call(string customer, AgentId? agent) => new()
    {
        Id = new(++last), Center = TestCenter.Center, Customer = customer, Called = "4000000001", Group = TestCenter.Sales, Agent = agent,
        ArrivedAt = Now.AddMinutes(-2), AnsweredAt = Now.AddMinutes(-1), EndedAt = Now, TalkMs = 60_000, HoldMs = 7_000,
        Result = CallResult.Served, Reason = CallEndReason.HungUp, EndedBy = EndedBy.Customer,
    };

    private CallAttempt Attempt(CallRecord call, AgentId agent, AttemptOutcome outcome) => new()
    {
        Call = call.Id, Center =
            TestCenter.Center, Offer = new(++last), Agent = agent, StartedAt = Now.AddSeconds(-20), EndedAt = Now, Outcome = outcome,
    };

    private Task Store(params object[] rows) => center.Get<Writer>().Write(db =>
    {
        db.AddRange(rows);
        return Task.CompletedTask;
    });

    private static Task<HttpResponseMessage> Put(HttpClient agent, CallRecord call, string text) =>
        agent.PutAsync(At($"/calls/{call.Id}/note"), new FormUrlEncodedContent([KeyValuePair.Create("text", text)]));

    private static async Task<string> Write(HttpClient agent, CallRecord call, string text) =>
        await (await Put(agent, call, text)).Content.ReadAsStringAsync();

    private static async Task<IDocument> Page(HttpClient agent, string path)
    {
        var answer = await agent.GetAsync(At(path));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    private static Uri At(string path) => new(path, UriKind.Relative);
}
