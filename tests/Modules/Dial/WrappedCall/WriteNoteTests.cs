using System.Net;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>The note of a call; product.md §2.</summary>
public sealed class WriteNoteTests : DialCenter
{
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
        // a form with a NUL is none to the framework
        Assert.Equal(HttpStatusCode.BadRequest, (await Put(bob, call, "nul \0 in it")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Put(bob, call, "turned \u202E round")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Put(bob, call, "two\nlines\tand a tab")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Put(bob, call, new string('x', CallNote.Longest))).StatusCode);
    }

    internal static Task<HttpResponseMessage> Put(HttpClient agent, CallRecord call, string text) =>
        agent.PutAsync(At($"/calls/{call.Id}/note"), new FormUrlEncodedContent([KeyValuePair.Create("text", text)]));
}
