using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;

namespace Tccc.Dial.Tests;

/// <summary>
/// What can't be dialled comes back into the dial box with the reason; product.md §5. That it rings, the call engine's tests see.
/// </summary>
public sealed class DialNumberTests : DialCenter
{
    [Theory]
    [InlineData("amy", "Enter a number")]
    [InlineData("1 (2)", "Enter a number")]
    [InlineData("111111111111111111111111111111111", "32 digits at most")]
    [InlineData("4000000001", "4000000001 is a number of this center")]
    public async Task A_refusal_stands_at_the_field_with_what_was_typed(string typed, string sentence)
    {
        var (answer, box) = await Dial(bob, typed);
        Assert.InRange((int)answer.StatusCode, 409, 422);
        Assert.Equal("#dial-box", answer.Headers.GetValues("HX-Retarget").Single());
        var field = box.QuerySelector("#number-to-call")!;
        Assert.Equal((typed, "true", "number-to-call-error"),
            (field.GetAttribute("value"), field.GetAttribute("aria-invalid"), field.GetAttribute("aria-describedby")));
        Assert.Contains(sentence, box.QuerySelector("#number-to-call-error[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_is_in_the_reader_s_language()
    {
        using var wang = await center.As(TestCenter.Bob, "zh-CN");
        var (_, box) = await Dial(wang, "amy");
        Assert.Contains("请输入号码", box.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_offline_without_a_line_or_at_a_desk_phone_is_told_so()
    {
        await Outbound();
        Assert.Contains("You are offline", await Said(bob), StringComparison.Ordinal);
        await center.Online(TestCenter.Bob);
        Assert.Contains("Your line is not connected", await Said(bob), StringComparison.Ordinal);
        Assert.Contains("desk phone 8001", await Said(amy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_center_without_a_number_to_call_from_says_who_can_change_that_and_another_center_s_number_is_none_of_ours()
    {
        Assert.Contains("An administrator marks one as outbound", await Said(bob), StringComparison.Ordinal);
        await Outbound();
        var (_, box) = await Dial(nora, "13900000001", "4000000001");
        Assert.Contains("not offered any more", box.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_dials_nothing() => Assert.Equal(
        HttpStatusCode.Unauthorized, (await center.Stranger().PostAsync(At("/calls"), Form("13900000001", null))).StatusCode);

    private async Task Outbound()
    {
        await center.Get<Writer>().Write(db =>
        {
            var number = db.Set<Number>().Single();
            number.Outbound = OutboundUse.Default;
            db.Replace(number);
            return Task.CompletedTask;
        });
        await center.Get<Centers>().Reload(TestCenter.Center);
    }

    private static async Task<string> Said(HttpClient agent) =>
        (await Dial(agent, "13900000001")).Box.QuerySelector("[role=alert]")!.TextContent;

    private static async Task<(HttpResponseMessage Answer, IDocument Box)> Dial(HttpClient agent, string number, string? from = null)
    {
        var answer = await agent.PostAsync(At("/calls"), Form(number, from));
        return (answer, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()));
    }

    private static FormUrlEncodedContent Form(string number, string? from) =>
        new([KeyValuePair.Create("number", number), KeyValuePair.Create("callerId", from ?? "")]);
}
