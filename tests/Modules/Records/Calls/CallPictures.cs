using System.Net;
using Tccc.Acd;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Records.Tests;

/// <summary>The list of calls and one call, in both languages.</summary>
public sealed class CallPictures : RecordsCenter
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task An_empty_list_is_drawn_as_it_was(string language) => await Matches("/records/calls", "CallsPage.empty", language);

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task The_list_is_drawn_as_it_was(string language)
    {
        var (served, abandoned, lasting) = (Call(TestCenter.Amy, "13800138000"), Call(null, ""), Call(TestCenter.Bob, "<b>1</b>"));
        (abandoned.Result, abandoned.Reason) = (CallResult.Abandoned, CallEndReason.GaveUpInQueue);
        (lasting.Result, lasting.Reason, lasting.EndedAt, lasting.EndedBy) = (null, null, null, null);
        await Store(served, abandoned, lasting);
        await Matches("/records/calls", "CallsPage", language);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task A_filter_that_finds_nothing_is_drawn_as_it_was(string language) =>
        await Matches("/records/calls?from=2026-03-01&number=1380&ending=Busy", "CallsPage.nothing", language);

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task A_filter_that_is_wrong_is_drawn_as_it_was(string language) =>
        await Matches("/records/calls?from=2026-03-02&to=2026-03-01&number=12", "CallsPage.wrong", language, HttpStatusCode.UnprocessableEntity);

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task A_call_is_drawn_as_it_was(string language)
    {
        var call = Call(TestCenter.Amy, "13800138000", at: Morning);
        (call.RingMs, call.HoldMs) = (12_000, 30_000);
        call.Parts = $$"""
            [{"kind":"Waiting","ms":2000,"group":{{TestCenter.Sales.Value}}},{"kind":"Ringing","ms":12000,"group":{{TestCenter.Sales.Value}}},
             {"kind":"Talk","ms":16000,"agent":{{TestCenter.Amy.Value}}},{"kind":"Hold","ms":30000,"agent":{{TestCenter.Amy.Value}}}]
            """;
        CallAttempt Asked(AgentId agent, long offer, AttemptOutcome outcome) => new()
        {
            Call = call.Id, Center = TestCenter.Center, Offer = new(offer), Agent = agent, StartedAt = Morning.AddSeconds(offer),
            EndedAt = Morning.AddSeconds(offer + 3), Outcome = outcome,
        };
        await Store(
            call, Quality(call), Asked(TestCenter.Bob, 1, AttemptOutcome.Declined), Asked(TestCenter.Amy, 4, AttemptOutcome.Accepted),
            new CallNote { Call = call.Id, Center = TestCenter.Center, Agent = TestCenter.Amy, At = Morning,
                Text = "asked for <the> price" },
            new AgentStateChange
            {
                Id = 9001, Center = TestCenter.Center, Agent = TestCenter.Amy, From = AgentState.Busy, To = AgentState.WrapUp,
                At = call.EndedAt!.Value,
            },
            new AgentStateChange
            {
                Id = 9002, Center = TestCenter.Center, Agent = TestCenter.Amy, From = AgentState.WrapUp, To = AgentState.Idle,
                At = call.EndedAt.Value.AddSeconds(17),
            });
        await Matches($"/records/calls/{call.Id}", "CallPage", language);
    }

    private async Task Matches(string path, string name, string language, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var reader = await center.As(Supervisor, language);
        Pictures.Match((await Page(reader, path, status)).QuerySelector("main")!.OuterHtml, $"{name}.{language}");
    }
}
