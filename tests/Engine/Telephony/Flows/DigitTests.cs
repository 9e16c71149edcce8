using static Tccc.Telephony.Tests.Steps;

namespace Tccc.Telephony.Tests;

/// <summary>Each sentence of product.md §7, «Digits».</summary>
public sealed class DigitTests
{
    private const string None = "";

    /// <summary>Collects; what follows an accepted entry is step 2, otherwise step 3.</summary>
    private static FlowTable Collecting(
        string script, int least = 1, int most = 12, char? terminator = '#', bool interruptible = true, int retries = 0) =>
        new FlowTable(
            Collect(1, 2, 3, least, most, terminator, interruptible, times: new(Retries: retries)), ToSales(2), HangUp(3)).Run(script);

    [Theory]
    // the terminator is not part of the result
    [InlineData(". 12#", "12", DigitsEnding.Terminator, true)]
    [InlineData(". 1 2s 2 2s #", "12", DigitsEnding.Terminator, true)]
    // 12 and silence is the result 12
    [InlineData(". 12 3s", "12", DigitsEnding.Pause, true)]
    [InlineData(". 1 2.9s 2 2.9s 3 3s", "123", DigitsEnding.Pause, true)]
    [InlineData(". 4.9s 7 3s", "7", DigitsEnding.Pause, true)]
    // nothing at all
    [InlineData(". 5s", None, DigitsEnding.Silence, false)]
    [InlineData(". #", None, DigitsEnding.Terminator, false)]
    // as many as there can be
    [InlineData(". 123456789012", "123456789012", DigitsEnding.Count, true)]
    // during the prompt
    [InlineData("12#", "12", DigitsEnding.Terminator, true)]
    [InlineData("12 3s", "12", DigitsEnding.Pause, true)]
    [InlineData("#", None, DigitsEnding.Terminator, false)]
    // what is not allowed counts for nothing, also for no time
    [InlineData(". 1*2#", "12", DigitsEnding.Terminator, true)]
    [InlineData(". 1 2s * 1s", "1", DigitsEnding.Pause, true)]
    [InlineData(". 4s * 1s", None, DigitsEnding.Silence, false)]
    [InlineData(". 1A2D#", "12", DigitsEnding.Terminator, true)]
    // gone in the middle
    [InlineData(". 12 x", "12", DigitsEnding.HangUp, false)]
    [InlineData("x", None, DigitsEnding.HangUp, false)]
    [InlineData(". 1 r", "1", DigitsEnding.Returned, false)]
    public void An_entry_has_its_digits_and_how_it_ended(string script, string digits, DigitsEnding ending, bool accepted)
    {
        var flow = Collecting(script);
        Assert.Equal(new(MainMenu, 1, "number", digits, ending, accepted), Assert.Single(flow.State.Results));
        Assert.NotNull(flow.State.End);
    }

    [Theory]
    [InlineData(". 123", "123", DigitsEnding.Count, true)]
    [InlineData(". 12 3s", "12", DigitsEnding.Pause, false)]
    [InlineData(". 12#", "12", DigitsEnding.Terminator, false)]
    [InlineData("1 3s", "1", DigitsEnding.Pause, false)]
    public void Of_three_digits_fewer_are_not_enough(string script, string digits, DigitsEnding ending, bool accepted) =>
        Assert.Equal(
            new(MainMenu, 1, "number", digits, ending, accepted), Assert.Single(Collecting(script, least: 3, most: 3).State.Results));

    [Fact]
    public void Without_a_terminator_the_hash_key_ends_nothing()
    {
        var flow = Collecting(". 12#", terminator: null);
        Assert.Equal(('#', KeyUse.NotAllowed), flow.KeysSeen.Last());
        Assert.Null(flow.State.End);
        Assert.Equal("12", Assert.Single(flow.After(3).State.Results).Value);
    }

    [Theory]
    [InlineData(". ", 5)]
    // the first interruption, by a key that is no digit
    [InlineData("*", 5)]
    [InlineData("* 2s *", 3)]
    [InlineData(". 1", 3)]
    [InlineData("1", 3)]
    [InlineData(". 1 2s 2", 3)]
    [InlineData(". 4s 1 1s", 2)]
    public void The_times_for_the_first_digit_and_between_digits_begin_where_they_should(string script, double left) =>
        Assert.Equal(left, Collecting(script).Left, 3);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 30)]
    public void The_times_are_the_step_s_own(int first, int between)
    {
        var flow = new FlowTable(Collect(1, 2, 2, times: new(first, between)), HangUp(2)).Heard();
        Assert.Equal(first, flow.Left, 3);
        Assert.Equal(between, flow.Keys("1").Left, 3);
    }

    [Fact]
    public void Defaults_are_five_seconds_three_seconds_and_two_retries() => Assert.Equal(new FlowTimes(5, 3, 2), new());

    [Fact]
    public void A_prompt_that_may_not_be_interrupted_is_heard_to_its_end_and_the_keys_in_it_do_not_count()
    {
        var flow = Collecting("12", interruptible: false);
        Assert.NotNull(flow.State.Hearing);
        Assert.Equal([('1', KeyUse.NotInterruptible), ('2', KeyUse.NotInterruptible)], flow.KeysSeen);
        Assert.DoesNotContain(flow.Done, order => order is FlowOrder.Hush);
        Assert.Equal("34", Assert.Single(flow.Run(". 34#").State.Results).Value);
    }

    [Fact]
    public void Interrupting_is_a_matter_of_each_step_alone()
    {
        var flow = new FlowTable(
            Say(1, 2), Collect(2, 3, 4, interruptible: false), Say(3, 4, interruptible: false), HangUp(4)).Keys("1");
        Assert.Equal(2, flow.State.Step!.Id);
        Assert.NotNull(flow.State.Hearing);
        Assert.Equal(2, flow.Keys("2").State.Prompts);
        flow.Run(". 34#");
        Assert.Equal("34", Assert.Single(flow.State.Results).Value);
        flow.Keys("5");
        Assert.Equal(3, flow.State.Step!.Id);
        Assert.Equal(
            [KeyUse.Skipped, KeyUse.NotInterruptible, KeyUse.Taken, KeyUse.Taken, KeyUse.Terminated, KeyUse.NotInterruptible],
            flow.KeysSeen.Select(seen => seen.Use));
    }

    [Fact]
    public void The_key_that_skips_one_prompt_does_nothing_in_the_next_step()
    {
        var flow = new FlowTable(Say(1, 2), Menu(2, 3, ("1", 3)), HangUp(3)).Keys("1");
        Assert.Equal("", Assert.IsType<FlowStage.Listening>(flow.State.Stage).Digits);
        Assert.NotNull(flow.State.Hearing);
    }

    [Fact]
    [Trait("Case", "K9")]
    public void One_of_three_digits_during_the_prompt_ends_in_a_pause_and_is_asked_for_again()
    {
        var flow = Collecting("1 2.9s", least: 3, most: 3, retries: 2);
        Assert.Equal(0, Assert.IsType<FlowStage.Listening>(flow.State.Stage).Attempt);
        flow.After(0.1);
        Assert.Equal(new FlowOrder.AskedAgain(1, 1, DigitsEnding.Pause), flow.Last[0]);
        Assert.Contains(flow.Last, order => order is FlowOrder.Say { Number: 2 });
        Assert.Equal("123", Assert.Single(flow.Run(". 123").State.Results).Value);
    }

    [Theory]
    [InlineData(0, ". 5s")]
    [InlineData(1, ". 5s . 5s")]
    [InlineData(2, ". 5s . 5s . 5s")]
    public void It_is_asked_again_as_often_as_the_step_says_and_then_goes_on_otherwise(int retries, string script)
    {
        var flow = Collecting(script[..^3], retries: retries);
        Assert.Null(flow.State.End);
        flow.Run("5s");
        Assert.Equal(retries, flow.Done.Count(order => order is FlowOrder.AskedAgain));
        Assert.Equal([1, 3], flow.Entered);
        Assert.Equal(DigitsEnding.Silence, Assert.Single(flow.State.Results).Ending);
    }

    [Fact]
    public void Asked_again_it_may_say_something_else_and_what_was_keyed_before_is_gone()
    {
        var step = Collect(1, 2, 3, least: 3, most: 3) with { Again = Text("Once more.") };
        var flow = new FlowTable(step, ToSales(2), HangUp(3)).Run(". 12 3s");
        Assert.Equal(Text("Once more."), flow.State.Hearing);
        Assert.Equal("345", Assert.Single(flow.Run("345").State.Results).Value);
    }

    [Theory]
    [Trait("Case", "K12")]
    [InlineData(". 1 3s", "1", DigitsEnding.Pause)]
    [InlineData(". 12", "12", DigitsEnding.Count)]
    [InlineData("1 2s 2", "12", DigitsEnding.Count)]
    [InlineData(". 2", "2", DigitsEnding.Count)]
    [InlineData(". *", "*", DigitsEnding.Count)]
    public void Of_the_choices_1_and_12_both_can_be_reached(string script, string choice, DigitsEnding ending)
    {
        var menu = Menu(1, 9, ("1", 2), ("12", 3), ("2", 4), ("*", 4));
        var flow = new FlowTable(menu, HangUp(2), HangUp(3), HangUp(4), HangUp(9)).Run(script);
        Assert.Equal(new(MainMenu, 1, "choice", choice, ending, true), Assert.Single(flow.State.Results));
        Assert.Equal(choice switch { "1" => 2, "12" => 3, _ => 4 }, flow.Entered.Last());
    }

    [Theory]
    [InlineData("9", KeyUse.NoChoice, DigitsEnding.NoChoice)]
    [InlineData("13", KeyUse.NoChoice, DigitsEnding.NoChoice)]
    [InlineData("3 3s", KeyUse.Taken, DigitsEnding.Pause)]
    public void What_no_choice_begins_with_or_only_begins_is_asked_for_again(string script, KeyUse use, DigitsEnding ending)
    {
        var flow = new FlowTable(Menu(1, 9, ("1", 2), ("12", 2), ("34", 2)), HangUp(2), HangUp(9)).Run(script);
        Assert.Equal(use, flow.KeysSeen.Last().Use);
        Assert.Equal(new(1, 1, ending), Assert.Single(flow.Done.OfType<FlowOrder.AskedAgain>()));
        Assert.NotNull(flow.State.Hearing);
    }

    [Theory]
    [InlineData(". 123#", KeyUse.Late)]
    [InlineData(". 123 3s #", KeyUse.Late)]
    [InlineData(". 123 3.1s #", KeyUse.NoChoice)]
    [InlineData(". 123##", KeyUse.NoChoice)]
    [InlineData(". 1231#", KeyUse.NotAsked)]
    public void A_terminator_after_the_last_digit_is_no_key_of_the_next_step(string script, KeyUse use)
    {
        var flow = new FlowTable(Collect(1, 2, 3, 3, 3), Menu(2, 3, ("1", 3)), HangUp(3)).Run(script);
        Assert.Equal(('#', use), flow.KeysSeen.Last());
        if (use == KeyUse.Late) Assert.Equal(2, flow.State.Prompts);
    }

    [Fact]
    public void A_late_end_of_the_prompt_before_is_not_the_end_of_this_one()
    {
        var flow = new FlowTable(Say(1, 2), Say(2, 3), HangUp(3));
        var late = new FlowInput.PromptEnded(flow.State.Prompts);
        flow.Keys("1").Give(late);
        Assert.Equal(2, flow.State.Step!.Id);
        Assert.Empty(flow.Last);
    }

    [Fact]
    public void A_deadline_that_was_disarmed_and_comes_all_the_same_changes_nothing()
    {
        var flow = Collecting(". 4.9s 1");
        flow.After(0.2).Give(new FlowInput.DeadlineReached());
        Assert.Empty(flow.Last);
        Assert.Null(flow.State.End);
    }

    [Fact]
    public void A_prompt_whose_end_is_never_said_is_over_when_none_can_last_so_long()
    {
        var flow = Collecting("");
        Assert.Equal(FlowRun.LongestPrompt.TotalSeconds, flow.Left, 3);
        flow.After(flow.Left);
        Assert.Null(flow.State.Hearing);
        Assert.Equal(5, flow.Left, 3);
    }
}
