using Tccc.Acd;
using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>The ring bar as it is drawn; product.md §4 «Manual answer».</summary>
public class IncomingCallTests
{
    private static readonly Instant Now = new(1_000_000_000);

    internal static IncomingCallModel Offer(string customer = "13800138000", string? group = "Sales", string? deskPhone = null) => new(
        new OfferView(
            new(77), new Contact(new(5), new(1), ContactKind.Call, customer, "4000000001", default), new(3), new(2), Now.AddSeconds(-4),
            Now.AddSeconds(16), Now.AddSeconds(-65)),
        group, deskPhone, Now);

    [Theory]
    [InlineData("en", "Incoming call", "Answer", "Decline")]
    [InlineData("zh-CN", "来电", "接听", "拒接")]
    public async Task It_is_an_alert_dialog_with_caller_number_group_and_two_buttons(
        string language, string name, string answer, string decline)
    {
        var bar = await Drawing.Of<IncomingCall>(language, Offer());
        Assert.Equal("incoming-call", bar.Root.Id);
        Assert.Equal(name, Drawing.NameOf(bar.One("[role=alertdialog]")));
        Assert.Equal("13800138000", bar.One(".ring-caller").TextContent);
        Assert.Equal("Sales · 4000000001", bar.One("#ring-facts").TextContent);
        Assert.Equal([answer, decline], bar.Buttons);
        Assert.Equal("/offers/77/answer", bar.Button(answer).GetAttribute("hx-put"));
        Assert.Equal("/offers/77", bar.Button(decline).GetAttribute("hx-delete"));
        Assert.Equal("Alt+A", bar.Button(answer).GetAttribute("aria-keyshortcuts"));
    }

    [Fact]
    public async Task It_counts_down_from_the_whole_ring_time_to_the_offers_end()
    {
        var bar = await Drawing.Of<IncomingCall>("en", Offer());
        var left = bar.One(".countdown [data-left]");
        Assert.Equal("16000", left.GetAttribute("data-left"));
        Assert.Equal("20000", left.GetAttribute("data-of"));
        Assert.Equal("16", left.TextContent);
    }

    [Theory]
    [Trait("Case", "F-E11")]
    [InlineData("en", "waiting 01:05")]
    [InlineData("zh-CN", "已等待 01:05")]
    public async Task It_shows_how_long_the_customer_has_waited(string language, string waits)
    {
        var bar = await Drawing.Of<IncomingCall>(language, Offer());
        Assert.EndsWith(waits, bar.One(".ring-facts").TextContent, StringComparison.Ordinal);
        Assert.Equal("65000", bar.One(".ring-facts .timer").GetAttribute("data-elapsed"));
    }

    [Theory]
    [InlineData("en", "Incoming call: Withheld number, Sales · 4000000001")]
    [InlineData("zh-CN", "来电: 未显示号码, Sales · 4000000001")]
    public async Task It_is_announced_and_rings(string language, string said)
    {
        var bar = await Drawing.Of<IncomingCall>(language, Offer(customer: ""));
        Assert.Equal(said, bar.One("[data-announce]").GetAttribute("data-announce"));
        Assert.Equal("77", bar.One("[data-ring]").GetAttribute("data-ring"));
    }

    [Fact]
    public async Task A_call_for_the_agent_in_person_says_so() =>
        Assert.Equal("For you · 4000000001", (await Drawing.Of<IncomingCall>("en", Offer(group: null))).One("#ring-facts").TextContent);

    [Fact]
    public async Task At_a_desk_phone_the_bar_says_where_to_answer_and_can_only_decline()
    {
        var bar = await Drawing.Of<IncomingCall>("en", Offer(deskPhone: "8001"));
        Assert.Equal(["Decline"], bar.Buttons);
        Assert.Contains("Pick up your desk phone 8001", bar.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_offer_it_is_an_empty_element()
    {
        var bar = await Drawing.Of<IncomingCall>("en", new IncomingCallModel(null, null, null, Now));
        Assert.Equal("incoming-call", bar.Root.Id);
        Assert.Equal("", bar.Root.InnerHtml);
    }
}
