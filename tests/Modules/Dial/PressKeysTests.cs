using System.Net;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>Keys reach the customer's telephone, from the agent whose call it is; product.md §5.</summary>
public sealed class PressKeysTests : DialCenter
{
    private const string Rule = "Enter digits, * or #, and commas for pauses: 32 at most.";

    [Fact]
    public async Task Keys_and_an_extension_reach_the_customer_in_their_order()
    {
        var call = await Talking();
        Assert.Equal(HttpStatusCode.NoContent, (await Press(amy, call.Id, "1")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Press(amy, call.Id, "#")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Press(amy, call.Id, "20-3 4,*")).StatusCode);
        await TestCenter.Until("all keys came", () => carrier.Keys.Length == 7);
        Assert.Equal(("1#2034*", ""), (carrier.Keys, phone.Keys));
    }

    [Theory]
    [InlineData("1,2*#", "1,2*#")]
    [InlineData(" 010-1234 5678 ", "01012345678")]
    [InlineData("\uFF11\uFF0C\uFF0A\uFF03\uFF0D2", "1,*#2")]
    [InlineData("1\u30012", "1\u30012")]
    public void What_makes_a_number_readable_is_left_out_and_wide_signs_are_taken_for_their_plain_ones(string typed, string sent) =>
        Assert.Equal(sent, PressKeys.Plain(typed));

    [Theory]
    [InlineData("")]
    [InlineData(" - ")]
    [InlineData("12a")]
    [InlineData("1;2")]
    [InlineData("+861")]
    [InlineData("1\r\n2")]
    [InlineData("\u0661")]
    [InlineData("A")]
    public async Task What_is_no_key_is_refused_with_the_rule(string digits) =>
        await Refused(await Press(amy, new(4711), digits), HttpStatusCode.UnprocessableEntity, Rule);

    [Fact]
    public async Task More_than_the_longest_extension_and_a_form_without_digits_are_refused()
    {
        var call = await Talking();
        await Refused(await Press(amy, call.Id, new string('1', Calls.MostDigits + 1)), HttpStatusCode.UnprocessableEntity, Rule);
        using var without = new FormUrlEncodedContent([new("keys", "1")]);
        await Refused(await amy.PostAsync(Keys(call.Id), without), HttpStatusCode.UnprocessableEntity, Rule);
        Assert.Equal(HttpStatusCode.NoContent, (await Press(amy, call.Id, new string('1', Calls.MostDigits))).StatusCode);
    }

    [Fact]
    public async Task Nobody_presses_keys_in_the_call_of_another_agent_and_that_of_another_center_is_not_there()
    {
        var call = await Talking();
        await Refused(await Press(bob, call.Id, "1"), HttpStatusCode.Forbidden, "This call belongs to another agent.");
        await Refused(await Press(nora, call.Id, "1"), HttpStatusCode.NotFound, "This call has ended.");
        await Refused(await Press(amy, new(4711), "1"), HttpStatusCode.NotFound, "This call has ended.");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Press(center.Stranger(), call.Id, "1")).StatusCode);
        Assert.Equal("", carrier.Keys);
    }

    [Fact]
    public async Task Keys_on_hold_and_after_the_end_are_refused_with_the_reason()
    {
        var call = await Talking();
        await amy.PutAsync(At($"/calls/{call.Id}/hold"), null);
        await Refused(await Press(amy, call.Id, "1"), "The customer is on hold. Resume the call, then send the keys.");
        await amy.DeleteAsync(At($"/calls/{call.Id}/hold"));
        await amy.DeleteAsync(At($"/calls/{call.Id}"));
        await TestCenter.Until("the call is over", () => Calls.CallOf(TestCenter.Amy) is null && carrier.Ended);
        await Refused(await Press(amy, call.Id, "1"), HttpStatusCode.NotFound, "This call has ended.");
        Assert.Equal("", carrier.Keys);
    }

    private static Uri Keys(CallId call) => At($"/calls/{call}/digits");

    private static async Task<HttpResponseMessage> Press(HttpClient who, CallId call, string digits)
    {
        using var form = new FormUrlEncodedContent([new("digits", digits)]);
        return await who.PostAsync(Keys(call), form);
    }
}
