using AngleSharp.Dom;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>The call panel as it is drawn; product.md §3 to §5.</summary>
public class CurrentCallTests
{
    private static readonly DateTimeOffset Wall = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    internal static readonly Instant Now = new(5_000_000_000);

    internal static readonly CallView Talking = new(
        new(42), new(1), new(3), CallDirection.Inbound, "13800138000", "4000000001", new(2), CallPhase.Talking,
        Wall.AddSeconds(-160), Wall.AddSeconds(-151), Now.AddSeconds(-151), null, [], false, AgentDevice.Line, null);

    private static readonly CallView Held = Talking with { Phase = CallPhase.Held, HeldSince = Now.AddSeconds(-9) };

    private static CurrentCallModel Panel(CallView call, CallQuality? quality = null) =>
        new(call, "Sales", quality, [new(Wall.AddSeconds(-160), "Call came in"), new(Wall.AddSeconds(-151), "Answered")], Now);

    [Theory]
    [InlineData("en", "Current call", "Mute, Hold, Keypad, Transfer, Hang up", "Talking")]
    [InlineData("zh-CN", "当前通话", "静音, 通话保持, 输入号码, 转接, 挂断", "通话中")]
    public async Task It_is_a_region_with_who_how_long_and_what_can_be_done(string language, string name, string buttons, string state)
    {
        var panel = await Drawing.Of<CurrentCall>(language, Panel(Talking));
        Assert.Equal("current-call", panel.Root.Id);
        Assert.Equal(name, Drawing.NameOf(panel.One("section[role=region]")));
        Assert.Equal("42", panel.One("[data-live]").GetAttribute("data-live"));
        Assert.Equal("13800138000", panel.One(".call-name").TextContent);
        Assert.Equal("02:31", panel.One(".call-clock > .timer").TextContent);
        Assert.Equal(state, panel.One(".state-badge").TextContent.Trim());
        Assert.Equal(buttons.Split(", "), panel.Document.QuerySelectorAll(".call-button").Select(Drawing.NameOf));
    }

    [Theory]
    [InlineData("en", "Unmute", "Mute", "/calls/42/mute")]
    [InlineData("zh-CN", "取消静音", "静音", "/calls/42/mute")]
    public async Task A_muted_agent_can_unmute(string language, string off, string on, string path)
    {
        Assert.Equal(path, (await Drawing.Of<CurrentCall>(language, Panel(Talking))).Button(on).GetAttribute("hx-put"));
        Assert.Equal(
            path, (await Drawing.Of<CurrentCall>(language, Panel(Talking with { Muted = true }))).Button(off).GetAttribute("hx-delete"));
    }

    [Theory]
    [InlineData("en", "Resume", "On hold")]
    [InlineData("zh-CN", "取消保持", "保持中")]
    public async Task A_held_call_can_be_resumed_and_says_for_how_long_it_is_held(string language, string resume, string state)
    {
        var panel = await Drawing.Of<CurrentCall>(language, Panel(Held));
        Assert.Equal("/calls/42/hold", panel.Button(resume).GetAttribute("hx-delete"));
        Assert.Contains(state, panel.One(".state-badge").TextContent, StringComparison.Ordinal);
        Assert.Equal("00:09", panel.One(".state-badge [data-elapsed]").TextContent);
    }

    [Fact]
    public async Task Each_button_has_its_key_and_hang_up_is_red_and_last()
    {
        var panel = await Drawing.Of<CurrentCall>("en", Panel(Talking));
        Assert.Equal(
            ["Alt+M", "Alt+O", "Alt+K", "Alt+T", "Alt+H"],
            panel.Document.QuerySelectorAll(".call-button").Select(b => b.GetAttribute("aria-keyshortcuts")));
        Assert.Contains("hang-up", panel.Button("Hang up").ClassList);
    }

    [Fact]
    public async Task An_interrupted_line_says_what_happens_and_only_hang_up_is_left()
    {
        var panel =
            await Drawing.Of<CurrentCall>("en", Panel(Talking with { Phase = CallPhase.Interrupted, Returning = Now.AddSeconds(30) }));
        Assert.Contains("The customer hears music", panel.One("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Hang up"], panel.Document.QuerySelectorAll(".call-button:not([disabled])").Select(Drawing.NameOf));
        Assert.Equal("lost", panel.One(".network").GetAttribute("data-quality"));
    }

    [Theory]
    [InlineData(0, 2, 12d, "good", "Network good")]
    [InlineData(0.05, 2, 12d, "poor", "Network poor")]
    [InlineData(0, 80, null, "poor", "Network poor")]
    [InlineData(0, 2, 420d, "poor", "Network poor")]
    [InlineData(1, 0, null, "lost", "Network lost")]
    public async Task The_network_badge_grades_what_rtcp_says(double loss, double jitter, double? roundTrip, string grade, string words)
    {
        var badge = (await Drawing.Of<CurrentCall>("en", Panel(Talking, new(loss, jitter, roundTrip)))).One(".network");
        Assert.Equal(grade, badge.GetAttribute("data-quality"));
        Assert.Equal(words, badge.TextContent.Trim());
        Assert.Equal("/calls/42/network", badge.GetAttribute("hx-get"));
    }

    [Theory]
    [InlineData(4.3, "good")]
    [InlineData(3.4, "poor")]
    public async Task The_network_badge_grades_what_a_listener_would_say_and_has_the_figure(double mos, string grade)
    {
        var badge = (await Drawing.Of<CurrentCall>("en", Panel(Talking, new(0, 2, 40, mos)))).One(".network");
        Assert.Equal(grade, badge.GetAttribute("data-quality"));
        Assert.EndsWith(FormattableString.Invariant($"MOS {mos}"), badge.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", CallSide.Customer, AgentDevice.Line, "Nothing comes from the customer.")]
    [InlineData("en", CallSide.Agent, AgentDevice.Line, "nothing comes from your browser. A new line is tried")]
    [InlineData("en", CallSide.Agent, AgentDevice.DeskPhone, "nothing comes from your desk phone")]
    [InlineData("zh-CN", CallSide.Customer, AgentDevice.Line, "没有收到客户的声音")]
    [InlineData("zh-CN", CallSide.Agent, AgentDevice.Line, "客户听不到您的声音")]
    public async Task A_side_that_is_not_heard_is_said_aloud(string language, CallSide side, AgentDevice device, string words)
    {
        var panel = await Drawing.Of<CurrentCall>(language, Panel(Talking with { Device = device }) with { Silent = [side] });
        Assert.Contains(words, panel.One("[data-silent] [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.False((await Drawing.Of<CurrentCall>(language, Panel(Talking))).Has("[data-silent]"));
    }

    [Fact]
    [Trait("Case", "F-A14")]
    public async Task A_network_of_which_nothing_is_known_is_not_called_good() =>
        Assert.Equal("unknown", (await Drawing.Of<CurrentCall>("en", Panel(Talking))).One(".network").GetAttribute("data-quality"));

    [Theory]
    [Trait("Case", "F-A14")]
    [InlineData(AgentDevice.Line, true)]
    [InlineData(AgentDevice.DeskPhone, false)]
    public async Task A_call_in_the_page_has_the_word_for_a_microphone_that_is_gone(AgentDevice device, bool has) =>
        Assert.Equal(has, (await Drawing.Of<CurrentCall>("en", Panel(Talking with { Device = device }))).Has(".microphone-off"));

    [Fact]
    [Trait("Case", "F-D14")]
    public async Task Talking_and_being_on_hold_do_not_look_alike()
    {
        Assert.Equal("available", (await Drawing.Of<CurrentCall>("en", Panel(Talking))).One(".state-badge").GetAttribute("data-state"));
        Assert.Equal("not-ready", (await Drawing.Of<CurrentCall>("en", Panel(Held))).One(".state-badge").GetAttribute("data-state"));
    }

    [Fact]
    public async Task The_log_tells_what_happened()
    {
        var panel = await Drawing.Of<CurrentCall>("zh-CN", Panel(Talking));
        Assert.Equal(["来电呼入", "已接听"], panel.Document.QuerySelectorAll(".call-log li").Select(l => l.TextContent.Trim()[8..].Trim()));
    }

    [Fact]
    public async Task Without_a_call_it_is_an_empty_element()
    {
        var panel = await Drawing.Of<CurrentCall>("en", new CurrentCallModel(null, null, null, [], Now));
        Assert.Equal("", panel.Root.InnerHtml);
    }

    [Fact]
    public async Task A_callers_number_is_text_whatever_it_holds()
    {
        var panel = await Drawing.Of<CurrentCall>("en", Panel(Talking with { Customer = "<script>alert(1)</script>" }));
        Assert.False(panel.Has("script"));
        Assert.Equal("<script>alert(1)</script>", panel.One(".call-name").TextContent);
    }
}
