using static Tccc.Telephony.Tests.Steps;

namespace Tccc.Telephony.Tests;

public sealed class FlowPlanTests
{
    private static readonly FlowPlan Whole = new("zh-CN",
    [
        new FlowStep.Play(1, "Welcome", new FlowPrompt.Recording(Welcome), true, 2),
        new FlowStep.Branch(2, "", Hours, 3, 9),
        new FlowStep.Menu(
            3, "Main menu", Text("1 <b>\"ü\"</b>"), Text("Again"), true, new(7, 2, 1), "choice", 9,
            [new("1", 4), new("12", 5), new("*", null)]),
        Collect(4, 5, 9), new FlowStep.SetResult(5, "", "wish", "sales", 6), ToSales(6), new FlowStep.ToAgent(7, "", Amy),
        new FlowStep.ToNumber(8, "", "13900000001"), new FlowStep.ToFlow(9, "", Other), new FlowStep.Return(10, ""), HangUp(11),
        new FlowStep.Play(12, "", null, false, null), new FlowStep.Queue(13, "", null),
    ]);

    [Fact]
    public void What_was_written_is_read_again_with_every_kind_of_step_finished_or_not()
    {
        var read = FlowPlan.Read(Whole.Write()).Value;
        Assert.Equal(Whole.Write(), read.Write());
        Assert.Equal(Whole.Steps.Select(step => step.GetType()), read.Steps.Select(step => step.GetType()));
        // a menu's list is equal by what is in it only when it is the same
        Assert.Equal(Whole.Steps.Where(step => step is not FlowStep.Menu), read.Steps.Where(step => step is not FlowStep.Menu));
        Assert.Equal(Options(Whole), Options(read));

        static IEnumerable<FlowOption> Options(FlowPlan plan) => plan.Steps.OfType<FlowStep.Menu>().Single().Options;
    }

    [Fact]
    public void Every_kind_of_step_is_in_the_test_above() =>
        Assert.Empty(
            typeof(FlowStep).GetNestedTypes().Where(kind => !kind.IsAbstract).Except(Whole.Steps.Select(step => step.GetType())));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Language":"en"}""")]
    [InlineData("""{"Language":null,"Steps":[]}""")]
    [InlineData("""{"Language":"en","Steps":null}""")]
    [InlineData("""{"Language":"en","Steps":[null]}""")]
    [InlineData("""{"Language":"en","Steps":[],"Steps":[]}""")]
    [InlineData("""{"Language":"en","Steps":[],"Script":"rm"}""")]
    [InlineData("""{"Language":"en","Steps":[{"Id":1,"Name":""}]}""")]
    [InlineData("""{"Language":"en","Steps":[{"kind":"shell","Id":1,"Name":""}]}""")]
    [InlineData("""{"Language":"en","Steps":[{"kind":"hangup","Id":1}]}""")]
    [InlineData("""{"Language":"en","Steps":[{"kind":"hangup","Id":1,"Name":null}]}""")]
    [InlineData("""{"Language":"en","Steps":[{"kind":"hangup","Id":"1","Name":""}]}""")]
    [InlineData("""{"Language":"en","Steps":[{"kind":"hangup","Id":1,"Name":"","Next":2}]}""")]
    [InlineData("""{"Language":"en","Steps":[{"kind":"hangup","Id":99999999999,"Name":""}]}""")]
    [InlineData("""{"Language":"\ud800","Steps":[]}""")]
    public void Whatever_else_is_refused(string stored) => Assert.IsType<FlowUnreadable>(FlowPlan.Read(stored).Error);

    [Fact]
    public void An_empty_place_in_a_menu_is_refused()
    {
        var menu = Plan(Menu(1, 2, ("1", 2))).Write();
        Assert.True(FlowPlan.Read(menu).Ok);
        Assert.IsType<FlowUnreadable>(FlowPlan.Read(menu.Replace("""{"Keys":"1","Next":2}""", "null", StringComparison.Ordinal)).Error);
    }

    [Fact]
    public void It_has_no_more_steps_and_characters_than_it_may_have()
    {
        FlowStep[] most = [.. Enumerable.Range(1, FlowPlan.MostSteps).Select(HangUp)];
        Assert.True(FlowPlan.Read(Plan(most).Write()).Ok);
        Assert.IsType<FlowTooLarge>(FlowPlan.Read(Plan([.. most, HangUp(101)]).Write()).Error);
        Assert.IsType<FlowTooLarge>(FlowPlan.Read(new string(' ', FlowPlan.LongestStored + 1)).Error);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\U0001F600")]
    [InlineData("\u4e00\u4e01")]
    public void The_largest_that_passes_the_check_can_be_stored(string two)
    {
        string Filled(int characters) => string.Concat(Enumerable.Repeat(two, characters / 2));
        var text = Text(Filled(FlowPrompt.Spoken.LongestText));
        string Name(int id) => Filled(FlowPlan.LongestName - 4) + id.ToString("0000", null);
        FlowOption[] options = [.. Enumerable.Range(0, FlowStep.Menu.MostOptions).Select(n => new FlowOption($"{1000 + n}", 100))];
        FlowStep[] steps =
        [
            .. Enumerable.Range(1, 99).Select(id => new FlowStep.Menu(
                id, Name(id), text, text, true, new(60, 30, 9), Filled(FlowPlan.LongestName), id + 1, [.. options])),
            HangUp(100),
        ];
        Assert.Empty(Wrong(steps));
        Assert.InRange(Plan(steps).Write().Length, 0, FlowPlan.LongestStored);
    }

    [Fact]
    public void A_column_that_sorts_its_fields_does_no_harm() =>
        Assert.True(FlowPlan.Read("""{"Steps":[{"Id":1,"Name":"","kind":"hangup"}],"Language":"en"}""").Ok);
}
