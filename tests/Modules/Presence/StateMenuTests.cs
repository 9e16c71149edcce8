using System.Text.Json;
using Tccc.Acd;
using Tccc.Modules.Tests;

namespace Tccc.Presence.Tests;

/// <summary>The state menu as it is drawn; product.md §2 and §3, ui.md «State menu (top right)».</summary>
public class StateMenuTests
{
    private static readonly Instant Now = new(5_000_000_000);

    internal static StateModel Agent(AgentState state) =>
        new("Amy", state, Now.AddSeconds(-75), StateReason.Chosen, null, null, null, default, 3, Now);

    internal static async Task<Drawing> Draw(string language, StateModel agent, params IReadOnlyList<string> reasons)
    {
        var choices =
            await Drawing.Of<Choices>(
                language,
                ChoicesModel.Of(
                    reasons is [] ? ["Meeting", "Training", "Lunch Break"] : reasons, agent.State, agent.BreakReason, agent.Next));
        return await Drawing.Of<StateMenu>(language, agent with { Choices = new(choices.Html) });
    }

    [Theory]
    [InlineData(AgentState.Idle, "en", "Status: Available", "available")]
    [InlineData(AgentState.NotReady, "en", "Status: Not ready", "not-ready")]
    [InlineData(AgentState.Busy, "en", "Status: Busy", "busy")]
    [InlineData(AgentState.WrapUp, "en", "Status: Wrap-up", "wrap-up")]
    [InlineData(AgentState.Offline, "en", "Status: Offline", "offline")]
    [InlineData(AgentState.Idle, "zh-CN", "状态：示闲", "available")]
    [InlineData(AgentState.NotReady, "zh-CN", "状态：示忙", "not-ready")]
    [InlineData(AgentState.Busy, "zh-CN", "状态：忙碌", "busy")]
    [InlineData(AgentState.WrapUp, "zh-CN", "状态：话后整理", "wrap-up")]
    [InlineData(AgentState.Offline, "zh-CN", "状态：下线", "offline")]
    public async Task The_status_button_says_the_state_in_its_name(AgentState state, string language, string name, string css)
    {
        var menu = await Draw(language, Agent(state));
        Assert.Equal("agent-state", menu.Root.Id);
        Assert.Equal(css, menu.Root.GetAttribute("data-state"));
        Assert.Contains(menu.Button(name).QuerySelector(".state-word")!.TextContent, name, StringComparison.Ordinal);
        Assert.Equal("01:15", menu.One("[data-elapsed]").TextContent);
    }

    [Theory]
    [InlineData("en", "Available, Not ready, Break, Meeting, Training, Lunch Break, Offline, Sign out")]
    [InlineData("zh-CN", "示闲, 示忙, 小休, 会议, 培训, 午休, 下线, 退出登录")]
    public async Task The_menu_offers_every_state_that_can_be_chosen(string language, string choices)
    {
        var menu = await Draw(language, Agent(AgentState.Idle));
        Assert.Equal(choices.Split(", "), menu.Buttons.Skip(1));
        Assert.Equal("true", menu.Button(choices.Split(", ")[0]).GetAttribute("aria-pressed"));
    }

    [Fact]
    public async Task Who_is_offline_is_offered_to_go_online()
    {
        var menu = await Draw("en", Agent(AgentState.Offline));
        Assert.Contains("available", menu.Button("Online").GetAttribute("hx-vals"), StringComparison.Ordinal);
        Assert.DoesNotContain("Offline", menu.Buttons);
    }

    [Fact]
    public async Task A_break_says_for_what()
    {
        var menu = await Draw("en", Agent(AgentState.Break) with { BreakReason = "Training" });
        Assert.Contains("Status: Break (Training)", menu.Buttons);
        Assert.Equal("true", menu.Button("Training").GetAttribute("aria-pressed"));
        Assert.Equal("false", menu.Button("Meeting").GetAttribute("aria-pressed"));
    }

    [Fact]
    public async Task A_busy_agent_sees_what_was_chosen_to_come_next()
    {
        var menu = await Draw("en", Agent(AgentState.Busy) with { Next = Choice.Break("Meeting") });
        Assert.Contains("Next: Break (Meeting)", menu.Words, StringComparison.Ordinal);
        Assert.Equal("true", menu.Button("Meeting").GetAttribute("aria-pressed"));
    }

    [Theory]
    [Trait("Case", "F-D6")]
    [InlineData(AgentState.Busy, "en", true)]
    [InlineData(AgentState.Busy, "zh-CN", true)]
    [InlineData(AgentState.Idle, "en", false)]
    public async Task In_a_call_the_menu_says_that_a_choice_is_for_after_it(AgentState state, string language, bool says) =>
        Assert.Equal(
            says, (await Draw(language, Agent(state))).Words.Contains(
                language == "en" ? "After this call:" : "本次通话结束后：", StringComparison.Ordinal));

    [Theory]
    [Trait("Case", "F-D14")]
    [InlineData("en", "Lunch Break")]
    [InlineData("zh-CN", "午休")]
    public async Task The_reason_of_a_break_is_seen_beside_it(string language, string reason) =>
        Assert.Equal(
            reason, (await Draw(language, Agent(AgentState.Break) with { BreakReason = "Lunch Break" })).One(".state-reason").TextContent);

    [Fact]
    [Trait("Case", "F-D9")]
    public async Task Whoever_presses_a_button_of_wrap_up_goes_on_where_it_leads()
    {
        var menu = await Draw("en", Agent(AgentState.WrapUp) with { WrapUpUntil = Now.AddSeconds(9) });
        Assert.Equal("#wrap-up-return, #middle", menu.Button("Continue wrap-up").GetAttribute("data-then"));
        Assert.Equal("#state-button", menu.Button("Return to service").GetAttribute("data-then"));
    }

    [Fact]
    public async Task Wrap_up_counts_down_and_shows_both_ways_on()
    {
        var until = Now.AddSeconds(23);
        var menu = await Draw("zh-CN", Agent(AgentState.WrapUp) with { WrapUpUntil = until });
        Assert.Equal("00:23", menu.One("[data-left]").TextContent);
        Assert.Equal("23000", menu.One("[data-left]").GetAttribute("data-left"));
        Assert.Equal("/presence/wrap-up", menu.Button("返回接待").GetAttribute("hx-delete"));
        Assert.Equal("/presence/wrap-up/countdown", menu.Button("继续话后整理").GetAttribute("hx-delete"));
    }

    [Fact]
    public async Task A_continued_wrap_up_ends_by_the_agent_only()
    {
        var menu = await Draw("en", Agent(AgentState.WrapUp));
        Assert.False(menu.Has("[data-left]"));
        Assert.Contains("Return to service", menu.Buttons);
        Assert.DoesNotContain("Continue wrap-up", menu.Buttons);
    }

    [Theory]
    [InlineData(StateReason.MissedCalls, AgentState.NotReady, "en", "3 calls in a row were offered and not answered.")]
    [InlineData(StateReason.MissedCalls, AgentState.NotReady, "zh-CN", "连续 3 个来电未接听。")]
    [InlineData(StateReason.ConnectionLost, AgentState.Offline, "en", "The connection of your workbench was lost.")]
    [InlineData(StateReason.ConnectionLost, AgentState.Offline, "zh-CN", "工作台连接曾中断。")]
    public async Task A_state_that_the_system_set_says_why(StateReason reason, AgentState state, string language, string sentence)
    {
        var menu = await Draw(language, Agent(state) with { Reason = reason });
        Assert.Equal(sentence, menu.One(".state-note").TextContent.Trim());
    }

    [Fact]
    public async Task What_people_typed_stays_text()
    {
        const string nasty = "<i>\"x\"' {0}";
        var menu = await Draw("en", Agent(AgentState.Idle) with { Name = "<b>Eve</b>" }, nasty);
        Assert.False(menu.Has("b, i"));
        var sent = JsonSerializer.Deserialize<Dictionary<string, string>>(menu.Button(nasty).GetAttribute("hx-vals")!)!;
        Assert.Equal(nasty, sent["reason"]);
    }
}
