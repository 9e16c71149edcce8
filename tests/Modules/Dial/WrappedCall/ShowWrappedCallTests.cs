using AngleSharp.Dom;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>The call that the agent wraps up; product.md §2.</summary>
public sealed class ShowWrappedCallTests : DialCenter
{
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
    public async Task The_wrap_up_and_its_note_are_of_the_call_that_was_accepted_last()
    {
        var (before, longest, second) =
            (Call("111", TestCenter.Bob), Call("13800138000", TestCenter.Bob), Call("222", TestCenter.Bob));
        // the one that waited longest was taken after the others, and is back in the queue when its line broke
        longest.ArrivedAt = Now.AddMinutes(-30);
        (longest.EndedAt, longest.Result, longest.Agent) = (null, null, null);
        await Store(
            before, longest, second, Attempt(before, TestCenter.Bob, AttemptOutcome.Accepted),
            Attempt(second, TestCenter.Bob, AttemptOutcome.Accepted), Attempt(longest, TestCenter.Bob, AttemptOutcome.Accepted),
            Attempt(second, TestCenter.Bob, AttemptOutcome.TimedOut));
        await WrapUp(TestCenter.Bob);
        var wrapped = await Page(bob, "/wrap-up/call");
        Assert.Equal("13800138000", wrapped.QuerySelector(".call-name")!.TextContent);
        Assert.Equal($"/calls/{longest.Id}/note", wrapped.QuerySelector(".wrapped-note")!.GetAttribute("hx-put"));
    }

    [Fact]
    public async Task A_call_that_was_made_and_answered_is_wrapped_up_with_its_note_and_one_in_vain_is_not()
    {
        var (taken, made, vain) = (Call("111", TestCenter.Bob), Call("222", TestCenter.Bob), Call("333", TestCenter.Bob));
        (made.Direction, vain.Direction, vain.AnsweredAt) = (CallDirection.Outbound, CallDirection.Outbound, null);
        made.ArrivedAt = Now;
        await Store(taken, Attempt(taken, TestCenter.Bob, AttemptOutcome.Accepted));
        made.Id = new(9_000);
        await Store(made, vain);
        await WrapUp(TestCenter.Bob);
        var wrapped = await Page(bob, "/wrap-up/call");
        Assert.Equal("222", wrapped.QuerySelector(".call-name")!.TextContent);
        Assert.Contains("Called from 4000000001", wrapped.QuerySelector(".call-facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Saved", await Write(bob, made, "calls back"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await WriteNoteTests.Put(amy, made, "mine")).StatusCode);
    }

    private static async Task<string> Write(HttpClient agent, CallRecord call, string text) =>
        await (await WriteNoteTests.Put(agent, call, text)).Content.ReadAsStringAsync();
}
