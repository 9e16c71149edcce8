using System.Net;
using AngleSharp.Dom;
using Tccc.Acd;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>What rang and was not answered, until it was seen; product.md §3 and §4.</summary>
public sealed class MissedCallsTests : DialCenter
{
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

    [Fact]
    [Trait("Case", "F-D3")]
    public async Task A_call_that_rang_while_the_last_was_seen_is_told_when_it_rang_out()
    {
        var call = Call("13800138000", null);
        var attempt = Attempt(call, TestCenter.Bob, AttemptOutcome.TimedOut);
        Assert.Equal(HttpStatusCode.OK, (await bob.PutAsync(At("/missed/seen"), null)).StatusCode);
        // it began to ring before
        attempt.EndedAt = Now.AddSeconds(1);
        await Store(call, attempt);
        Assert.Equal("1", (await Page(bob, "/missed")).QuerySelector("#missed-count")!.GetAttribute("data-count"));
        Assert.Single((await Page(bob, "/history")).QuerySelectorAll("[data-new]"));
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
}
