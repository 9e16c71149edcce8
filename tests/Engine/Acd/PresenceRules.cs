using static Tccc.Acd.Tests.Floor;

namespace Tccc.Acd.Tests;

/// <summary>product.md §2, rule by rule.</summary>
public sealed class PresenceRules
{
    private static readonly ContactId Dialled = new(7);

    private static Floor OneAgent(Func<Core.CenterSettings, Core.CenterSettings>? change = null)
    {
        var floor = With(Group(Sales, Amy));
        if (change is not null) floor.Change(change);
        return floor.Online(Amy);
    }

    private static (
        Floor Floor, ContactId Call) InCall(Choice? before = null, Func<Core.CenterSettings, Core.CenterSettings>? change = null)
    {
        var floor = OneAgent(change);
        ContactId call;
        if (before is { } choice)
        {
            floor.Choose(Amy, choice);
            call = floor.CallFor(Amy);
        }
        else call = floor.Call(Sales);
        Assert.True(floor.Answer(Amy).Ok);
        return (floor, call);
    }

    [Fact]
    public void An_agent_is_offline_until_they_choose_otherwise() => Assert.Equal(AgentState.Offline, new Floor().State(Amy));

    [Fact]
    public void An_agent_chooses_Available_Not_ready_Break_and_Offline()
    {
        var floor = OneAgent();
        Assert.Equal(AgentState.Idle, floor.State(Amy));
        floor.Choose(Amy, Choice.NotReady);
        Assert.Equal(AgentState.NotReady, floor.State(Amy));
        floor.Choose(Amy, Choice.Break("Training"));
        Assert.Equal((AgentState.Break, "Training"), (floor.State(Amy), floor.See(Amy).BreakReason));
        floor.Choose(Amy, Choice.Offline);
        Assert.Equal(AgentState.Offline, floor.State(Amy));
    }

    [Fact]
    public void A_break_needs_a_reason_the_administrator_defined()
    {
        var floor = OneAgent(c => c with { BreakReasons = ["Lunch Break"] });
        Assert.Equal("Golf", Assert.IsType<BreakReasonUnknown>(floor.Choose(Amy, Choice.Break("Golf")).Error).Reason);
        Assert.IsType<BreakReasonUnknown>(floor.Choose(Amy, new Choice(Wish.Break)).Error);
        Assert.True(floor.Choose(Amy, Choice.Break("Lunch Break")).Ok);
    }

    [Theory]
    [InlineData(Wish.NotReady)]
    [InlineData(Wish.Break)]
    [InlineData(Wish.Offline)]
    public void Only_Available_gets_contacts_from_queues(Wish wish)
    {
        var floor = OneAgent();
        floor.Choose(Amy, new(wish, "Meeting"));
        floor.Call(Sales);
        Assert.Null(floor.Ringing(Amy));
        floor.Choose(Amy, Choice.Available);
        Assert.NotNull(floor.Ringing(Amy));
    }

    [Fact]
    public void A_call_makes_Busy_and_Busy_is_neither_chosen_nor_left_by_hand()
    {
        var (floor, _) = InCall();
        Assert.Equal(AgentState.Busy, floor.State(Amy));
        floor.Choose(Amy, Choice.NotReady);
        Assert.Equal(AgentState.Busy, floor.State(Amy));
    }

    [Fact]
    public void While_Busy_the_agent_chooses_what_comes_next_and_sees_it()
    {
        var (floor, call) = InCall();
        floor.Choose(Amy, Choice.Break("Meeting"));
        Assert.Equal(Choice.Break("Meeting"), floor.See(Amy).Next);
        floor.HangUp(call, Amy);
        Assert.Equal(AgentState.WrapUp, floor.State(Amy));
        floor.Pass(30);
        Assert.Equal((AgentState.Break, "Meeting"), (floor.State(Amy), floor.See(Amy).BreakReason));
        Assert.Null(floor.See(Amy).Next);
    }

    [Fact]
    public void The_choice_made_while_Busy_can_be_taken_back()
    {
        var (floor, call) = InCall();
        floor.Choose(Amy, Choice.Offline);
        floor.Choose(Amy, Choice.Available);
        Assert.Null(floor.See(Amy).Next);
        floor.HangUp(call, Amy);
        floor.Pass(30);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void A_served_call_gives_wrap_up_with_a_countdown_and_then_Available()
    {
        var (floor, call) = InCall();
        floor.HangUp(call, Amy);
        Assert.Equal((AgentState.WrapUp, floor.Time.AddSeconds(30)), (floor.State(Amy), floor.See(Amy).WrapUpUntil));
        floor.Pass(29);
        Assert.Equal(AgentState.WrapUp, floor.State(Amy));
        floor.Pass(1);
        Assert.Equal((AgentState.Idle, StateReason.WrapUpEnded), (floor.State(Amy), floor.See(Amy).Reason));
    }

    [Fact]
    public void A_wrap_up_of_0_seconds_is_none()
    {
        var (floor, call) = InCall(change: c => c with { WrapUp = 0 });
        floor.HangUp(call, Amy);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void Internal_calls_give_no_wrap_up()
    {
        var floor = OneAgent();
        Assert.True(floor.Begin(Amy, Dialled).Ok);
        floor.HangUp(Dialled, Amy, wrapUp: false);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void Return_to_service_ends_the_wrap_up_at_once()
    {
        var (floor, call) = InCall();
        floor.HangUp(call, Amy);
        Assert.True(floor.Ask(d => d.ReturnToService(floor.Now, Amy)).Ok);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
        Assert.IsType<NotInWrapUp>(floor.Ask(d => d.ReturnToService(floor.Now, Amy)).Error);
    }

    [Fact]
    public void Continue_wrap_up_stops_the_countdown_until_the_agent_returns()
    {
        var (floor, call) = InCall();
        floor.HangUp(call, Amy);
        Assert.True(floor.Ask(d => d.ContinueWrapUp(floor.Now, Amy)).Ok);
        Assert.Equal((null, true), (floor.See(Amy).WrapUpUntil, floor.See(Amy).WrapUpHeld));
        floor.Pass(600);
        Assert.Equal(AgentState.WrapUp, floor.State(Amy));
        floor.Ask(d => d.ReturnToService(floor.Now, Amy));
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void After_wrap_up_the_agent_is_Not_ready_again_when_the_call_began_there()
    {
        var (floor, call) = InCall(Choice.NotReady);
        floor.HangUp(call, Amy);
        Assert.Equal(AgentState.WrapUp, floor.State(Amy));
        floor.Pass(30);
        Assert.Equal(AgentState.NotReady, floor.State(Amy));
    }

    [Fact]
    public void After_wrap_up_the_agent_is_on_Break_again_when_the_call_began_there()
    {
        var floor = OneAgent();
        floor.Choose(Amy, Choice.Break("Meeting"));
        floor.Do(d => d.Began(floor.Now, Amy, Dialled, ContactKind.Call));
        floor.HangUp(Dialled, Amy);
        floor.Pass(30);
        Assert.Equal((AgentState.Break, "Meeting"), (floor.State(Amy), floor.See(Amy).BreakReason));
    }

    [Fact]
    public void Wrap_up_is_left_by_choosing_a_state()
    {
        var (floor, call) = InCall();
        floor.HangUp(call, Amy);
        floor.Choose(Amy, Choice.NotReady);
        Assert.Equal(AgentState.NotReady, floor.State(Amy));
        floor.Pass(60);
        Assert.Equal(AgentState.NotReady, floor.State(Amy));
    }

    [Fact]
    public void Dialling_out_ends_the_wrap_up()
    {
        var (floor, call) = InCall();
        floor.HangUp(call, Amy);
        Assert.True(floor.Begin(Amy, Dialled).Ok);
        Assert.Equal(AgentState.Busy, floor.State(Amy));
        floor.HangUp(Dialled, Amy, wrapUp: false);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void Idle_Not_ready_and_Break_dial_out_Busy_and_Offline_do_not()
    {
        var floor = OneAgent();
        floor.Choose(Amy, Choice.Break("Meeting"));
        Assert.True(floor.Begin(Amy, Dialled).Ok);
        Assert.Equal(AgentState.Busy, floor.State(Amy));
        floor.HangUp(Dialled, Amy, wrapUp: false);
        Assert.Equal((AgentState.Break, "Meeting"), (floor.State(Amy), floor.See(Amy).BreakReason));
        floor.Choose(Amy, Choice.Offline);
        Assert.IsType<AgentIsOffline>(floor.Begin(Amy, Dialled).Error);
        floor.Choose(Amy, Choice.NotReady);
        Assert.True(floor.Begin(Amy, Dialled).Ok);
        Assert.IsType<AgentIsBusy>(floor.Begin(Amy, new(8)).Error);
        floor.HangUp(Dialled, Amy, wrapUp: false);
        floor.Choose(Amy, Choice.Available);
        floor.Call(Sales);
        Assert.IsType<AgentIsRinging>(floor.Begin(Amy, new(9)).Error);
    }

    [Fact]
    public void A_workbench_that_is_away_30_seconds_makes_its_agent_Offline_connection_lost()
    {
        var floor = OneAgent();
        floor.Do(d => d.WorkbenchClosed(floor.Now, Amy, "wb-" + Amy));
        floor.Pass(29);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
        floor.Pass(1);
        Assert.Equal((AgentState.Offline, StateReason.ConnectionLost), (floor.State(Amy), floor.See(Amy).Reason));
        Assert.Equal(ChangedBy.Deadline, floor.Last<AgentStateChanged>().By);
    }

    [Fact]
    public void Reconnecting_within_30_seconds_changes_nothing()
    {
        var floor = OneAgent();
        floor.Do(d => d.WorkbenchClosed(floor.Now, Amy, "wb-" + Amy));
        floor.Pass(29);
        var said = floor.Said.Count;
        floor.Do(d => d.WorkbenchOpened(floor.Now, Amy, "wb-" + Amy));
        floor.Pass(60);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
        Assert.Equal(said, floor.Said.Count);
    }

    [Fact]
    public void An_agent_who_goes_online_without_a_workbench_must_open_one_in_time()
    {
        var floor = With(Group(Sales, Amy));
        floor.Choose(Amy, Choice.Available);
        floor.Pass(30);
        Assert.Equal((AgentState.Offline, StateReason.ConnectionLost), (floor.State(Amy), floor.See(Amy).Reason));
    }

    [Fact]
    public void A_connection_lost_in_a_call_makes_Offline_what_comes_next_without_wrap_up()
    {
        var (floor, call) = InCall();
        floor.Do(d => d.WorkbenchClosed(floor.Now, Amy, "wb-" + Amy));
        floor.Pass(30);
        Assert.Equal(AgentState.Busy, floor.State(Amy));
        floor.HangUp(call, Amy);
        Assert.Equal((AgentState.Offline, StateReason.ConnectionLost), (floor.State(Amy), floor.See(Amy).Reason));
    }

    [Fact]
    public void Coming_back_before_the_call_ends_takes_the_lost_connection_back()
    {
        var (floor, call) = InCall();
        floor.Do(d => d.WorkbenchClosed(floor.Now, Amy, "wb-" + Amy));
        floor.Pass(40);
        floor.Do(d => d.WorkbenchOpened(floor.Now, Amy, "wb-new"));
        floor.HangUp(call, Amy);
        Assert.Equal(AgentState.WrapUp, floor.State(Amy));
    }

    [Fact]
    public void A_second_workbench_takes_over_and_the_first_is_told()
    {
        var floor = OneAgent();
        floor.Do(d => d.WorkbenchOpened(floor.Now, Amy, "second"));
        var told = Assert.Single(floor.All<WorkbenchTakenOver>());
        Assert.Equal(("wb-" + Amy, "second"), (told.From, told.To));
        Assert.Equal("second", floor.See(Amy).Workbench);
        floor.Do(d => d.WorkbenchClosed(floor.Now, Amy, "wb-" + Amy));
        floor.Pass(60);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void Three_calls_in_a_row_not_answered_make_Not_ready_and_the_agent_is_told_why()
    {
        var floor = OneAgent();
        floor.Call(Sales);
        floor.Pass(20 + 15 + 20 + 15 + 19);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
        floor.Pass(1);
        Assert.Equal((AgentState.NotReady, StateReason.MissedCalls), (floor.State(Amy), floor.See(Amy).Reason));
        Assert.Equal(ChangedBy.System, floor.Last<AgentStateChanged>().By);
    }

    [Fact]
    public void Calls_missed_are_counted_in_a_row_only()
    {
        var floor = OneAgent();
        var call = floor.Call(Sales);
        floor.Pass(20 + 15 + 20 + 15);
        floor.Answer(Amy);
        floor.HangUp(call, Amy, wrapUp: false);
        floor.Call(Sales);
        floor.Pass(20);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void A_limit_of_0_missed_calls_is_never()
    {
        var floor = OneAgent(c => c with { MissedLimit = 0 });
        floor.Call(Sales);
        floor.Pass(250);
        Assert.True(floor.All<OfferEnded>().Count(e => e.Outcome == OfferOutcome.TimedOut) > 5);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void Callers_who_give_up_do_not_count_as_missed()
    {
        var floor = OneAgent();
        for (var i = 0; i < 5; i++)
        {
            var call = floor.Call(Sales);
            floor.Pass(5);
            floor.GiveUp(call);
        }
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void Every_change_of_state_is_told_with_from_to_reason_when_and_by_whom()
    {
        var (floor, call) = InCall();
        floor.HangUp(call, Amy);
        floor.Pass(30);
        floor.Choose(Amy, Choice.NotReady, ChangedBy.Supervisor);
        (AgentState, AgentState, StateReason, ChangedBy)[] expected =
        [
            (AgentState.Offline, AgentState.Idle, StateReason.Chosen, ChangedBy.Agent),
            (AgentState.Idle, AgentState.Busy, StateReason.WorkBegan, ChangedBy.System),
            (AgentState.Busy, AgentState.WrapUp, StateReason.WorkEnded, ChangedBy.System),
            (AgentState.WrapUp, AgentState.Idle, StateReason.WrapUpEnded, ChangedBy.Deadline),
            (AgentState.Idle, AgentState.NotReady, StateReason.Chosen, ChangedBy.Supervisor),
        ];
        Assert.Equal(expected, floor.All<AgentStateChanged>().Select(e => (e.From, e.To, e.Reason, e.By)));
        Assert.Equal(floor.Now.Wall, floor.Last<AgentStateChanged>().At);
    }

    [Fact]
    public void Another_break_reason_is_a_change_too()
    {
        var floor = OneAgent();
        floor.Choose(Amy, Choice.Break("Meeting"));
        floor.Choose(Amy, Choice.Break("Training"));
        Assert.Equal(
            (AgentState.Break, AgentState.Break, "Training"),
            (floor.Last<AgentStateChanged>().From, floor.Last<AgentStateChanged>().To, floor.Last<AgentStateChanged>().BreakReason));
    }

    [Fact]
    public void A_call_that_ended_leaves_nobody_stuck_in_Busy()
    {
        var (floor, call) = InCall();
        floor.HangUp(call, Amy);
        floor.HangUp(call, Amy);
        floor.HangUp(new(999_999), Amy);
        floor.Pass(30);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
        Assert.Empty(floor.See(Amy).Work);
    }

    [Fact]
    public void An_agent_is_Busy_with_chats_only_at_the_limit()
    {
        var floor = OneAgent();
        var first = floor.Call(Sales, kind: ContactKind.Chat);
        floor.Answer(Amy);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
        floor.Call(Sales, kind: ContactKind.Chat);
        floor.Answer(Amy);
        Assert.Equal(AgentState.Busy, floor.State(Amy));
        floor.Call(Sales, kind: ContactKind.Chat);
        Assert.Null(floor.Ringing(Amy));
        floor.HangUp(first, Amy);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
        Assert.NotNull(floor.Ringing(Amy));
    }

    [Fact]
    public void After_a_restart_the_wrap_ups_countdown_goes_on()
    {
        var (floor, call) = InCall();
        floor.HangUp(call, Amy);
        floor.Pass(10);
        floor.Restart(downFor: 5);
        Assert.Equal((AgentState.WrapUp, TimeSpan.FromSeconds(15)), (floor.State(Amy), floor.See(Amy).WrapUpUntil - floor.Time));
        floor.Do(d => d.WorkbenchOpened(floor.Now, Amy, "wb"));
        floor.Pass(14);
        Assert.Equal(AgentState.WrapUp, floor.State(Amy));
        floor.Pass(1);
        Assert.Equal(AgentState.Idle, floor.State(Amy));
    }

    [Fact]
    public void After_a_restart_a_continued_wrap_up_is_still_continued()
    {
        var (floor, call) = InCall();
        floor.HangUp(call, Amy);
        floor.Ask(d => d.ContinueWrapUp(floor.Now, Amy));
        floor.Restart();
        Assert.True(floor.See(Amy).WrapUpHeld);
    }

    [Fact]
    public void After_a_restart_a_call_is_gone_and_so_is_Busy_and_the_choice_made_in_it_counts()
    {
        var (floor, _) = InCall();
        floor.Choose(Amy, Choice.NotReady);
        floor.Restart();
        Assert.Equal(AgentState.NotReady, floor.State(Amy));
        Assert.Equal((AgentState.Busy, AgentState.NotReady), (floor.Last<AgentStateChanged>().From, floor.Last<AgentStateChanged>().To));
    }

    [Theory]
    [Trait("Case", "F-A8")]
    [InlineData(Wish.Break)]
    [InlineData(Wish.Offline)]
    [InlineData(Wish.NotReady)]
    public void Who_is_taken_in_wrap_up_rings_the_full_time_whatever_was_chosen_to_come_next(Wish next)
    {
        var floor = new Floor(Office(Group(Sales, Amy)) with { WrapUp = 10 }).Online(Amy);
        floor.Call(Sales);
        var first = floor.Answer(Amy).Value.Contact.Id;
        var waits = floor.Call(Sales);
        floor.Choose(Amy, new(next, next == Wish.Break ? "Meeting" : null));
        floor.HangUp(first, Amy);
        floor.Pass(8);
        Assert.True(floor.TakeContact(waits, Amy).Ok);
        floor.Pass(19);
        Assert.Equal((AgentState.WrapUp, waits), (floor.State(Amy), floor.Ringing(Amy)?.Contact.Id));
        floor.Pass(1);
        Assert.Equal(OfferOutcome.TimedOut, floor.Last<OfferEnded>().Outcome);
        Assert.Equal(
            next, floor.State(Amy) switch { AgentState.Break => Wish.Break, AgentState.NotReady => Wish.NotReady, _ => Wish.Offline });
    }

    [Fact]
    [Trait("Case", "F-A8")]
    public void Who_was_taken_after_the_wrap_up_s_time_is_still_answered_and_the_choice_waits_for_the_end_of_the_call()
    {
        var floor = new Floor(Office(Group(Sales, Amy)) with { WrapUp = 10 }).Online(Amy);
        floor.Call(Sales);
        var first = floor.Answer(Amy).Value.Contact.Id;
        var waits = floor.Call(Sales);
        floor.Choose(Amy, Choice.Break("Meeting"));
        floor.HangUp(first, Amy);
        floor.Pass(8);
        floor.TakeContact(waits, Amy);
        floor.Pass(15);
        Assert.True(floor.Answer(Amy).Ok);
        Assert.Equal(AgentState.Busy, floor.State(Amy));
        floor.HangUp(waits, Amy, wrapUp: false);
        Assert.Equal(AgentState.Break, floor.State(Amy));
    }
}
