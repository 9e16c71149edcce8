using System.Globalization;
using System.Resources;
using static Tccc.Telephony.Tests.Steps;

namespace Tccc.Telephony.Tests;

public sealed class FlowCheckTests
{
    private static IReadOnlyList<FlowFault> Faults(params FlowStep[] steps) => FlowCheck.Faults(Plan(steps), Things);

    // what fills a sentence is compared as it is read
    private static void Same(IReadOnlyList<FlowFault> expected, IReadOnlyList<FlowFault> faults) =>
        Assert.Equal(expected.Select(Said), faults.Select(Said));

    private static string Said(FlowFault fault) =>
        $"{fault.Step} {fault.IsWarning} {string.Format(CultureInfo.InvariantCulture, fault.What.Message, fault.What.Args)}";

    [Fact]
    public void The_demo_s_flows_have_no_fault()
    {
        Assert.Empty(Faults(Menu(1, 2, ("1", 2), ("2", 3)), ToSales(2), ToSupport(3)));
        Assert.Empty(Faults(Say(1, 2), Menu(2, 3, ("1", 3)), new FlowStep.Return(3, "")));
        Assert.Empty(Faults(Collect(1, 2, 2, most: 1, allowed: "12345"), new FlowStep.Return(2, "")));
    }

    [Fact]
    public void A_flow_needs_a_step_and_a_language()
    {
        Same([new(null, new FlowHasNoStep())], Faults());
        Same([new(null, new FlowSpeaksNoLanguage())], FlowCheck.Faults(new("fr", [HangUp(1)]), Things));
        var many = Faults([.. Enumerable.Range(1, FlowPlan.MostSteps + 1).Select(HangUp)]);
        Assert.Contains(many, fault => fault is { Step: null, What: FlowHasTooManySteps });
    }

    [Fact]
    public void A_flow_without_an_end_names_each_step_from_which_none_can_be_reached() =>
        Same([new(1, new StepCannotEnd()), new(2, new StepCannotEnd())], Faults(Menu(1, 2, ("1", 1)), Say(2, 1)));

    [Fact]
    public void A_part_without_an_end_is_found_behind_a_key()
    {
        var faults = Faults(Menu(1, 4, ("1", 2), ("2", 4)), Say(2, 3), Say(3, 2), HangUp(4));
        Same([new(2, new StepCannotEnd()), new(3, new StepCannotEnd())], faults);
    }

    [Fact]
    public void Who_keys_nothing_does_not_go_round_for_ever()
    {
        List<FlowFault> both = [new(1, new StepGoesRound()), new(2, new StepGoesRound())];
        Same(both, Faults(Say(1, 2), Menu(2, 1, ("1", 3)), HangUp(3)));
        Same(both, Faults(new FlowStep.Branch(1, "", Hours, 3, 2), Say(2, 1), HangUp(3)));
    }

    [Fact]
    public void Who_keys_something_may_come_back_as_often_as_they_like() =>
        Assert.Empty(Faults(Menu(1, 3, ("1", 2), ("9", 1)), Say(2, 1), HangUp(3)));

    [Fact]
    public void A_step_that_is_not_reached_is_a_warning_only()
    {
        var fault = Assert.Single(Faults(HangUp(1), Say(2, 2)));
        Assert.Equal(new(2, new StepNotReached(), IsWarning: true), fault);
    }

    [Fact]
    public void A_way_that_leads_nowhere_or_to_a_step_that_is_not_there_is_named_once()
    {
        Same([new(1, new NextNotChosen())], Faults(Say(1, null)));
        Same([new(1, new NextStepGone(7))], Faults(Say(1, 7)));
        Same([new(1, new NextNotChosen()), new(1, new OtherwiseNotChosen())], Faults(Collect(1, null, null)));
        Same([new(1, new KeysLeadNowhere("1")), new(1, new NextStepGone(8))], Faults(Menu(1, 8, ("1", null))));
        Same([new(1, new OpenNotChosen()), new(1, new ClosedNotChosen())], Faults(new FlowStep.Branch(1, "", Hours, null, null)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Good \u202eday")]
    [InlineData("1001")]
    public void A_prompt_is_there_and_can_be_spoken(string? text)
    {
        var prompt = text is null ? null : Text(text == "1001" ? new('a', 1001) : text);
        var wrong = Assert.Single(Wrong(Say(1, 2) with { Prompt = prompt }, HangUp(2)));
        Assert.Equal(text is null ? typeof(NoPrompt) : typeof(BadPromptText), wrong);
        Assert.Empty(Wrong(Say(1, 2) with { Prompt = Text(new('a', 1000)) }, HangUp(2)));
    }

    [Fact]
    public void A_recording_that_was_deleted_is_a_fault_of_the_step_that_plays_it()
    {
        FlowPrompt gone = new FlowPrompt.Recording(new(999));
        Assert.Empty(Wrong(Say(1, 2) with { Prompt = new FlowPrompt.Recording(Welcome) }, HangUp(2)));
        Assert.Equal([typeof(PromptGone)], Wrong(Say(1, 2) with { Prompt = gone }, HangUp(2)));
        Assert.Equal([typeof(PromptGone)], Wrong(Menu(1, 2, ("1", 2)) with { Again = gone }, HangUp(2)));
    }

    [Fact]
    public void What_a_step_hands_to_is_of_this_center()
    {
        Assert.Equal([typeof(FlowGroupGone)], Wrong(new FlowStep.Queue(1, "", new(99))));
        Assert.Equal([typeof(FlowGroupGone)], Wrong(new FlowStep.Queue(1, "", null)));
        Assert.Equal([typeof(FlowAgentGone)], Wrong(new FlowStep.ToAgent(1, "", new(99))));
        Assert.Equal([typeof(NextFlowGone)], Wrong(new FlowStep.ToFlow(1, "", new(99))));
        Assert.Equal([typeof(FlowScheduleGone)], Wrong(new FlowStep.Branch(1, "", new(99), 2, 2), HangUp(2)));
    }

    [Theory]
    [InlineData("110", true)]
    [InlineData("+8613900000001", true)]
    [InlineData("1234567890123456789", true)]
    [InlineData("", false)]
    [InlineData("+", false)]
    [InlineData("12", false)]
    [InlineData("12345678901234567890", false)]
    [InlineData("139 0000", false)]
    [InlineData("139+000", false)]
    [InlineData("１３９０", false)]
    [InlineData("100@evil.test", false)]
    public void A_number_outside_is_one(string number, bool good) =>
        Assert.Equal(good ? [] : [typeof(BadFlowNumber)], Wrong(new FlowStep.ToNumber(1, "", number)));

    [Fact]
    public void A_menu_has_keys_and_each_leads_one_way()
    {
        Assert.Equal([typeof(MenuIsEmpty)], Wrong(Menu(1, 2), HangUp(2)));
        Same([new(1, new KeysLeadTwoWays("1"))], Faults(Menu(1, 2, ("1", 2), ("1", 3), ("12", 3)), HangUp(2), HangUp(3)));
        Assert.Empty(Wrong(Menu(1, 2, ("1", 2), ("12", 2)), HangUp(2)));
        Assert.Contains(
            typeof(MenuTooLong), Wrong(Menu(1, 2, [.. Enumerable.Range(10, 21).Select(n => ($"{n}", (int?)2))]), HangUp(2)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("A")]
    [InlineData("1 ")]
    [InlineData("12345")]
    [InlineData("１")]
    public void A_choice_is_one_to_four_keys(string keys) =>
        Assert.Equal([typeof(BadOptionKeys)], Wrong(Menu(1, 2, (keys, 2)), HangUp(2)));

    [Theory]
    [InlineData(0, 3, false)]
    [InlineData(1, 1, true)]
    [InlineData(4, 3, false)]
    [InlineData(32, 32, true)]
    [InlineData(1, 33, false)]
    [InlineData(-1, -1, false)]
    public void The_count_of_digits_is_in_its_range(int least, int most, bool good) =>
        Assert.Equal(good ? [] : [typeof(BadDigitCount)], Wrong(Collect(1, 2, 2, least, most), HangUp(2)));

    [Theory]
    [InlineData('#', "123", null)]
    [InlineData(null, "123*#", null)]
    [InlineData('#', "", typeof(BadAllowedKeys))]
    [InlineData('#', "11", typeof(BadAllowedKeys))]
    [InlineData('#', "12a", typeof(BadAllowedKeys))]
    [InlineData('x', "12", typeof(BadTerminator))]
    [InlineData('#', "12#", typeof(TerminatorIsAllowed))]
    public void The_keys_of_an_entry_are_keys(char? terminator, string allowed, Type? wrong) =>
        Assert.Equal(wrong is null ? [] : [wrong], Wrong(Collect(1, 2, 2, terminator: terminator, allowed: allowed), HangUp(2)));

    [Theory]
    [InlineData(1, 1, 0, null)]
    [InlineData(60, 30, 9, null)]
    [InlineData(0, 3, 2, typeof(BadFirstDigitTime))]
    [InlineData(61, 3, 2, typeof(BadFirstDigitTime))]
    [InlineData(5, 0, 2, typeof(BadBetweenDigitsTime))]
    [InlineData(5, 31, 2, typeof(BadBetweenDigitsTime))]
    [InlineData(5, 3, -1, typeof(BadRetries))]
    [InlineData(5, 3, 10, typeof(BadRetries))]
    public void Times_and_retries_are_in_their_ranges(int first, int between, int retries, Type? wrong)
    {
        FlowTimes times = new(first, between, retries);
        Assert.Equal(wrong is null ? [] : [wrong], Wrong(Collect(1, 2, 2, times: times), HangUp(2)));
        Assert.Equal(wrong is null ? [] : [wrong], Wrong(Menu(1, 2, ("1", 2)) with { Times = times }, HangUp(2)));
    }

    [Fact]
    public void Names_and_values_are_text_that_can_be_seen()
    {
        Assert.Equal([typeof(BadResultName)], Wrong(new FlowStep.SetResult(1, "", " ", "a", 2), HangUp(2)));
        Assert.Equal([typeof(BadResultValue)], Wrong(new FlowStep.SetResult(1, "", "a", new('a', 101), 2), HangUp(2)));
        Assert.Equal([typeof(BadResultName)], Wrong(Menu(1, 2, ("1", 2)) with { Result = new('a', 51) }, HangUp(2)));
        Assert.Empty(Wrong(Menu(1, 2, ("1", 2)) with { Result = null }, HangUp(2)));
        Assert.Equal([typeof(BadStepName)], Wrong(HangUp(1) with { Name = "a\u0007" }));
        Assert.Equal([typeof(BadStepName)], Wrong(HangUp(1) with { Name = new('a', 51) }));
    }

    [Fact]
    public void Two_steps_have_neither_one_number_nor_one_name()
    {
        Assert.Equal([typeof(StepNumberTwice), typeof(StepNumberTwice)], Wrong(HangUp(1), HangUp(1)));
        Assert.Equal(
            [typeof(StepNameTwice), typeof(StepNameTwice)],
            Wrong(Say(1, 2) with { Name = "Bye" }, HangUp(2) with { Name = "bye " }));
    }

    [Fact]
    public void All_faults_are_named_at_once_in_the_order_of_the_list() =>
        Assert.Equal(
            [1, 2, 2, 3],
            Faults(Say(1, 2) with { Prompt = null }, Collect(2, 3, null, least: 0), new FlowStep.Queue(3, "", null)).Select(f => f.Step));

    [Fact]
    public void Every_fault_is_said_in_both_languages_with_its_values()
    {
        var chinese = new ResourceManager(typeof(Texts));
        Error[] said =
        [
            new FlowHasNoStep(), new FlowHasTooManySteps(1), new FlowSpeaksNoLanguage(), new StepNumberTwice(1), new StepNameTwice("a"),
            new BadStepName(1), new NoPrompt(), new PromptGone(), new BadPromptText(1), new NextNotChosen(), new KeysLeadNowhere("1"),
            new OtherwiseNotChosen(), new OpenNotChosen(), new ClosedNotChosen(), new NextStepGone(1), new FlowGroupGone(),
            new FlowAgentGone(), new FlowScheduleGone(), new NextFlowGone(), new BadFlowNumber(1, 2), new MenuIsEmpty(),
            new MenuTooLong(1), new BadOptionKeys(1), new KeysLeadTwoWays("1"), new BadDigitCount(1), new BadTerminator(),
            new TerminatorIsAllowed("1"), new BadAllowedKeys(), new BadFirstDigitTime(1, 2), new BadBetweenDigitsTime(1, 2),
            new BadRetries(1), new BadResultName(1), new BadResultValue(1), new StepCannotEnd(), new StepGoesRound(),
            new StepNotReached(), new FlowUnreadable(), new FlowTooLarge(1),
        ];
        foreach (var error in said)
        {
            Assert.DoesNotContain('{', string.Format(CultureInfo.InvariantCulture, error.Message, error.Args));
            var text = chinese.GetString(error.Message, CultureInfo.GetCultureInfo("zh-CN"));
            Assert.NotNull(text);
            Assert.DoesNotContain('{', string.Format(CultureInfo.InvariantCulture, text, error.Args));
        }
    }
}
