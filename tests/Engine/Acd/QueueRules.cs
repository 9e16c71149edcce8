using Tccc.Acd.Core;
using static Tccc.Acd.Tests.Floor;

namespace Tccc.Acd.Tests;

/// <summary>product.md §4: who is asked, who waits, in which order, for how long.</summary>
public sealed class QueueRules
{
    private static GroupSettings Levels(params (AgentId Agent, int Level)[] members) =>
        Group(Sales) with { Strategy = Strategy.LevelThenLongestIdle,
            Members = [.. members.Select(m => new MemberSettings(m.Agent, m.Level))] };

    private static AgentId Served(Floor floor, ContactId call, params AgentId[] among)
    {
        var agent = among.Single(a => floor.Ringing(a)?.Contact.Id == call);
        floor.Answer(agent);
        floor.HangUp(call, agent, wrapUp: false);
        floor.Pass(1);
        return agent;
    }

    [Fact]
    public void Longest_idle_asks_who_is_available_for_the_longest_time()
    {
        var floor = new Floor().Online(Bob, Carol, Amy);
        AgentId[] asked =
            [Served(floor, floor.Call(Sales), Amy, Bob, Carol), Served(floor, floor.Call(Sales), Amy, Bob, Carol),
                Served(floor, floor.Call(Sales), Amy, Bob, Carol), Served(floor, floor.Call(Sales), Amy, Bob, Carol)];
        Assert.Equal([Bob, Carol, Amy, Bob], asked);
    }

    [Fact]
    public void Round_robin_asks_in_turn_however_long_who_was_idle()
    {
        var floor = With(Group(Sales, Amy, Bob, Carol) with { Strategy = Strategy.RoundRobin }).Online(Carol, Bob, Amy);
        AgentId[] asked = [Served(floor, floor.Call(Sales), Amy, Bob, Carol), Served(floor, floor.Call(Sales), Amy, Bob, Carol)];
        Assert.Equal([Amy, Bob], asked);
        // Carol is away for a moment, so that she is idle for the shortest time; it is her turn all the same.
        floor.Choose(Carol, Choice.NotReady);
        floor.Choose(Carol, Choice.Available);
        Assert.Equal(Carol, Served(floor, floor.Call(Sales), Amy, Bob, Carol));
        Assert.Equal(Amy, Served(floor, floor.Call(Sales), Amy, Bob, Carol));
    }

    [Fact]
    public void Level_then_longest_idle_asks_the_highest_level_first()
    {
        var floor = With(Levels((Amy, 2), (Bob, 5), (Carol, 5))).Online(Amy, Carol, Bob);
        floor.Call(Sales);
        Assert.NotNull(floor.Ringing(Carol));
        floor.Call(Sales);
        Assert.NotNull(floor.Ringing(Bob));
        floor.Call(Sales);
        Assert.NotNull(floor.Ringing(Amy));
    }

    [Fact]
    public void Lower_levels_are_asked_only_after_waiting_where_levels_relax()
    {
        var floor = With(Levels((Amy, 3), (Bob, 5)) with { Relax = 10 }).Online(Amy);
        var call = floor.Call(Sales);
        floor.Pass(19);
        Assert.Null(floor.Ringing(Amy));
        Assert.Contains(floor.Ask(d => d.Why(call)).Decisions.Last().Candidates, c => c == new Candidate(Amy, 3, ExclusionRule.Level));
        floor.Pass(1);
        Assert.Equal(call, floor.Ringing(Amy)!.Contact.Id);
    }

    [Fact]
    public void Who_waited_long_enough_for_a_lower_level_gets_it_when_it_becomes_free()
    {
        var floor = With(Levels((Amy, 4), (Bob, 5)) with { Relax = 10 });
        var first = floor.Call(Sales);
        floor.Pass(11);
        var second = floor.Call(Sales);
        floor.Online(Amy);
        Assert.Equal(first, floor.Ringing(Amy)!.Contact.Id);
        floor.Online(Bob);
        Assert.Equal(second, floor.Ringing(Bob)!.Contact.Id);
    }

    [Fact]
    public void Ring_all_rings_at_every_free_member_and_the_first_to_answer_wins()
    {
        var floor = With(Group(Sales, Amy, Bob, Carol) with { Strategy = Strategy.RingAll }).Online(Amy, Bob, Carol);
        var call = floor.Call(Sales);
        var late = floor.Ringing(Bob)!.Id;
        Assert.All([Amy, Bob, Carol], a => Assert.Equal(call, floor.Ringing(a)!.Contact.Id));
        Assert.True(floor.Answer(Carol).Ok);
        Assert.Null(floor.Ringing(Amy));
        Assert.Null(floor.Ringing(Bob));
        Assert.Equal(2, floor.All<OfferEnded>().Count(e => e.Outcome == OfferOutcome.LostRace));
        Assert.IsType<OfferTaken>(floor.Accept(late, Bob).Error);
        floor.Call(Sales);
        // Who lost the race is free at once.
        Assert.NotNull(floor.Ringing(Amy));
        Assert.NotNull(floor.Ringing(Bob));
    }

    [Fact]
    public void Ring_all_rings_also_at_who_becomes_free_while_it_rings()
    {
        var floor = With(Group(Sales, Amy, Bob) with { Strategy = Strategy.RingAll }).Online(Amy);
        var call = floor.Call(Sales);
        floor.Pass(5).Online(Bob);
        Assert.Equal(call, floor.Ringing(Bob)!.Contact.Id);
        floor.Pass(14);
        Assert.Null(floor.Ringing(Amy));
        Assert.Equal(call, floor.Ringing(Bob)!.Contact.Id);
        Assert.Empty(floor.All<ContactWaits>());
    }

    [Fact]
    public void One_who_declines_a_ring_to_all_leaves_the_others_ringing()
    {
        var floor = With(Group(Sales, Amy, Bob) with { Strategy = Strategy.RingAll }).Online(Amy, Bob);
        floor.Call(Sales);
        floor.Decline(Amy);
        Assert.NotNull(floor.Ringing(Bob));
        Assert.Empty(floor.All<ContactWaits>());
        floor.Decline(Bob);
        Assert.Single(floor.All<ContactWaits>());
    }

    [Fact]
    public void Who_finds_nobody_free_waits_and_the_first_to_come_online_gets_them()
    {
        var floor = new Floor();
        var call = floor.Call(Sales);
        Assert.Equal(1, floor.Last<ContactWaits>().Place);
        floor.Pass(5).Online(Amy);
        Assert.Equal(call, floor.Ringing(Amy)!.Contact.Id);
        Assert.Equal(0, floor.Queues[Sales].Waiting);
    }

    [Fact]
    public void The_queue_is_served_in_order_of_arrival()
    {
        var floor = With(Group(Sales, Amy));
        ContactId[] calls = [floor.Call(Sales), floor.Call(Sales), floor.Call(Sales)];
        floor.Online(Amy);
        foreach (var call in calls) Assert.Equal(Amy, Served(floor, call, Amy));
    }

    [Fact]
    public void Of_two_groups_the_one_who_arrived_first_is_served_first()
    {
        var floor = new Floor(Office(Group(Sales, Amy), Group(Support, Amy)));
        var first = floor.Call(Support);
        floor.Pass(1);
        floor.Call(Sales);
        floor.Online(Amy);
        Assert.Equal(first, floor.Ringing(Amy)!.Contact.Id);
    }

    [Fact]
    public void Returned_contacts_are_at_the_head_among_themselves_by_their_first_arrival()
    {
        var floor = new Floor();
        var fresh = floor.Call(Sales, arrived: floor.In(-540));
        var laterBack = floor.Call(Sales, atHead: true, arrived: floor.In(-180));
        var earlierBack = floor.Call(Sales, atHead: true, arrived: floor.In(-360));
        Assert.Equal([earlierBack, laterBack, fresh], floor.Ask(d => d.Waiting([Sales], 9)).Select(w => w.Contact.Id));
    }

    [Fact]
    public void Who_was_declined_or_missed_waits_at_the_head()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        var missed = floor.Call(Sales, arrived: floor.In(5));
        floor.Call(Sales);
        floor.Decline(Amy);
        Assert.Equal((missed, true), floor.Ask(d => d.Waiting([Sales], 9)).Select(w => (w.Contact.Id, w.Returned)).First());
        Assert.Equal(1, floor.Last<ContactWaits>().Place);
    }

    [Fact]
    public void The_place_is_announced_every_30_seconds_the_first_time_and_when_it_improved()
    {
        var floor = new Floor();
        var first = floor.Call(Sales);
        var second = floor.Call(Sales);
        floor.Pass(29);
        Assert.Empty(floor.All<PlaceAnnounced>());
        floor.Pass(1);
        Assert.Equal([(first, 1), (second, 2)], floor.All<PlaceAnnounced>().Select(e => (e.Contact, e.Place)));
        floor.Pass(30);
        Assert.Equal(2, floor.All<PlaceAnnounced>().Count());
        floor.GiveUp(first);
        floor.Pass(30);
        Assert.Equal((second, 1), (floor.Last<PlaceAnnounced>().Contact, floor.Last<PlaceAnnounced>().Place));
        Assert.Equal(3, floor.All<PlaceAnnounced>().Count());
    }

    [Fact]
    public void The_place_is_not_announced_when_it_got_worse()
    {
        var floor = new Floor();
        floor.Call(Sales);
        floor.Pass(30);
        floor.Call(Sales, atHead: true);
        floor.Pass(29);
        Assert.Single(floor.All<PlaceAnnounced>());
    }

    [Fact]
    public void The_place_is_never_announced_more_often_than_every_15_seconds()
    {
        var floor = new Floor(Office(Group(Sales, Amy)) with { PlaceEvery = 1 });
        ContactId[] calls = [floor.Call(Sales), floor.Call(Sales), floor.Call(Sales), floor.Call(Sales)];
        for (var i = 0; i < 3; i++)
        {
            floor.Pass(14);
            floor.GiveUp(calls[i]);
            floor.Pass(1);
        }
        var times = floor.All<PlaceAnnounced>().Where(e => e.Contact == calls[3]).Select(e => e.At).ToArray();
        Assert.Equal(3, times.Length);
        Assert.All(times.Zip(times.Skip(1)), t => Assert.True(t.Second - t.First >= TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public void The_place_is_never_announced_while_an_offer_is_out()
    {
        var floor = With(Group(Sales, Amy) with { Ring = 60 }).Online(Amy);
        var call = floor.Call(Sales);
        floor.Pass(45);
        Assert.Empty(floor.All<PlaceAnnounced>());
        floor.Decline(Amy);
        Assert.Equal(call, Assert.Single(floor.All<PlaceAnnounced>()).Contact);
    }

    [Fact]
    public void After_the_longest_wait_the_contact_is_released_for_an_announcement()
    {
        var floor = With(Group(Sales, Amy) with { LongestWait = 60 });
        var call = floor.Call(Sales);
        floor.Pass(60);
        var released = Assert.Single(floor.All<ContactReleased>());
        Assert.Equal((call, ReleaseReason.WaitedTooLong, Sales), (released.Contact, released.Reason, released.Group!.Value));
        Assert.Equal(0, floor.Queues[Sales].Waiting);
    }

    [Fact]
    public void After_the_longest_wait_the_contact_goes_to_the_other_group()
    {
        var floor =
            new Floor(Office(Group(Sales, Amy) with { LongestWait = 60, Overflow = new(OverflowKind.Group, Support) }, Group(Support, Bob)))
                .Online(Bob);
        var call = floor.Call(Sales);
        floor.Pass(60);
        Assert.Equal((Sales, Support), (floor.Last<ContactMoved>().From, floor.Last<ContactMoved>().To));
        Assert.Equal((call, Support), (floor.Ringing(Bob)!.Contact.Id, floor.Ringing(Bob)!.Group!.Value));
    }

    [Fact]
    [Trait("Case", "K1")]
    public void Who_was_transferred_is_released_after_a_minute_though_somebody_is_always_being_rung_and_never_overflows()
    {
        var floor = new Floor(Office(
            Group(Sales, Amy, Bob) with { LongestWait = 300, Overflow = new(OverflowKind.Group, Support) }, Group(Support)))
            .Online(Amy, Bob);
        floor.Enqueue(floor.New("", ContactKind.Call, null), Sales, atHead: true, transferred: true);
        floor.Pass(85);

        Assert.Equal(ReleaseReason.WaitedTooLong, Assert.Single(floor.All<ContactReleased>()).Reason);
        Assert.Empty(floor.All<ContactMoved>());
    }

    [Fact]
    public void A_loop_of_overflow_groups_loses_nobody_and_does_not_go_round()
    {
        var floor = new Floor(Office(
            Group(Sales, Amy) with { LongestWait = 60, Overflow = new(OverflowKind.Group, Support) },
            Group(Support, Bob) with { LongestWait = 60, Overflow = new(OverflowKind.Group, Sales) }));
        var call = floor.Call(Sales);
        floor.Pass(1000);
        Assert.Single(floor.All<ContactMoved>());
        floor.Online(Bob);
        Assert.Equal(call, floor.Ringing(Bob)!.Contact.Id);
    }

    [Fact]
    public void The_longest_wait_does_not_pull_a_contact_away_from_who_is_ringing()
    {
        var floor = With(Group(Sales, Amy) with { LongestWait = 10 });
        floor.Call(Sales);
        floor.Pass(5).Online(Amy);
        floor.Pass(14);
        Assert.NotNull(floor.Ringing(Amy));
        floor.Decline(Amy);
        Assert.Equal(ReleaseReason.WaitedTooLong, floor.Last<ContactReleased>().Reason);
    }

    [Fact]
    public void The_same_caller_within_24_hours_goes_to_their_last_agent_when_free()
    {
        var floor = new Floor().Online(Amy, Bob);
        Served(floor, floor.Call(Sales, "138"), Amy);
        Served(floor, floor.Call(Sales, "139"), Bob);
        // Amy is idle longest, but 139 knows Bob.
        floor.Call(Sales, "139");
        Assert.NotNull(floor.Ringing(Bob));
        floor.Call(Sales, "139");
        Assert.NotNull(floor.Ringing(Amy));
    }

    [Fact]
    public void After_24_hours_the_last_agent_is_forgotten_and_a_withheld_number_has_none()
    {
        var floor = new Floor(Office(Group(Sales, Amy, Bob, Carol))).Online(Amy, Bob);
        Served(floor, floor.Call(Sales, ""), Amy);
        Assert.Equal(Bob, Served(floor, floor.Call(Sales, ""), Bob));
        Served(floor, floor.Call(Sales, "139"), Amy);
        floor.Do(d => d.Tick(floor.In(24 * 3600)));
        var contact = floor.New("139", ContactKind.Call, null);
        floor.Do(d => d.Enqueue(floor.In(24 * 3600), contact, Sales, null, false));
        Assert.NotNull(floor.Ringing(Bob));
    }

    [Fact]
    public void The_last_agent_is_known_after_a_restart()
    {
        var floor = new Floor().Online(Amy, Bob);
        Served(floor, floor.Call(Sales, "138"), Amy);
        floor.Restart();
        floor.Online(Bob, Amy);
        floor.Call(Sales, "138");
        Assert.NotNull(floor.Ringing(Amy));
    }

    [Theory]
    [InlineData("13800138000", "+8613800138000", ContactKind.Call, true)]
    [InlineData("+8613800138000", "013800138000", ContactKind.Call, true)]
    [InlineData("008613800138000", "8613800138000", ContactKind.Call, true)]
    [InlineData("+4420794600011", "004420794600011", ContactKind.Call, true)]
    [InlineData("10086", "110086", ContactKind.Call, false)]
    [InlineData("anna", "anna", ContactKind.Call, true)]
    // the user id of a chat is no number, whatever it looks like
    [InlineData("13800138000", "+8613800138000", ContactKind.Chat, false)]
    [InlineData("13800138000", "13800138000", ContactKind.Chat, true)]
    public void The_same_caller_is_known_in_whatever_form_the_number_comes_also_after_a_restart(
        string first, string then, ContactKind kind, bool same)
    {
        var floor = new Floor().Online(Amy, Bob);
        var call = floor.Call(Sales, first, kind: kind);
        floor.Answer(Amy);
        floor.HangUp(call, Amy, wrapUp: false);
        foreach (var restart in (bool[])[false, true])
        {
            if (restart)
            {
                floor.Restart();
                floor.Online(Amy, Bob);
            }
            // the other is idle for longer
            floor.Choose(Amy, Choice.NotReady);
            floor.Choose(Amy, Choice.Available);
            floor.Pass(1);
            var next = floor.Call(Sales, then, kind: kind);
            Assert.Equal(next, floor.Ringing(same ? Amy : Bob)?.Contact.Id);
            floor.GiveUp(next);
        }
    }

    [Fact]
    public void The_last_agent_is_asked_only_for_groups_they_belong_to()
    {
        var floor = new Floor(Office(Group(Sales, Amy, Bob), Group(Support, Carol, Bob))).Online(Carol, Bob, Amy);
        floor.Call(Sales, "138", prefer: Amy);
        Served(floor, floor.Ringing(Amy)!.Contact.Id, Amy);
        floor.Call(Support, "138");
        Assert.NotNull(floor.Ringing(Carol));
    }

    [Fact]
    public void The_agent_asked_for_is_asked_first()
    {
        var floor = new Floor().Online(Amy, Bob, Carol);
        floor.Call(Sales, prefer: Carol);
        Assert.NotNull(floor.Ringing(Carol));
        floor.Decline(Carol);
        Assert.NotNull(floor.Ringing(Amy));
    }

    [Fact]
    public void With_nobody_signed_in_it_is_said_at_once_where_the_center_wants_it()
    {
        var floor = new Floor(Office(Group(Sales, Amy)) with { SayNobodySignedIn = true });
        floor.Call(Sales);
        Assert.Equal(ReleaseReason.NobodySignedIn, floor.Last<ContactReleased>().Reason);
        floor.Online(Amy).Choose(Amy, Choice.Break("Meeting"));
        floor.Call(Sales);
        Assert.Single(floor.All<ContactReleased>());
        Assert.Equal((1, 1), (floor.Queues[Sales].Waiting, floor.Queues[Sales].SignedIn));
    }

    [Fact]
    [Trait("Case", "F-A9")]
    public void Who_overflows_into_a_group_where_nobody_is_signed_in_is_told_at_once()
    {
        var sales = Group(Sales, Amy) with { LongestWait = 60, Overflow = new(OverflowKind.Group, Support) };
        var floor = new Floor(Office(sales, Group(Support, Bob)) with { SayNobodySignedIn = true }).Online(Amy);
        floor.Choose(Amy, Choice.NotReady);
        var (told, back) = (floor.Call(Sales), floor.Call(Sales, atHead: true));
        floor.Pass(60);
        var released = floor.Last<ContactReleased>();
        Assert.Equal((told, ReleaseReason.NobodySignedIn, Support), (released.Contact, released.Reason, released.Group));
        Assert.Single(floor.All<ContactReleased>());
        Assert.Equal([back], floor.Ask(d => d.Waiting([Support], 9)).Select(w => w.Contact.Id));
    }

    [Fact]
    [Trait("Case", "F-A9")]
    public void When_the_last_member_signs_out_all_who_wait_are_told_at_once_but_who_came_back_waits()
    {
        var floor = new Floor(Office(Group(Sales, Amy, Bob)) with { SayNobodySignedIn = true }).Online(Amy, Bob);
        var rings = floor.Call(Sales);
        floor.Choose(Bob, Choice.NotReady);
        var (first, back, second) = (floor.Call(Sales), floor.Call(Sales, atHead: true), floor.Call(Sales));
        floor.Choose(Bob, Choice.Offline);
        Assert.Empty(floor.All<ContactReleased>());
        floor.Choose(Amy, Choice.Offline);
        Assert.Equal(
            [rings, first, second],
            floor.All<ContactReleased>().Select(r => r.Contact).Order(Comparer<ContactId>.Create((a, b) => a.Value.CompareTo(b.Value))));
        Assert.All(floor.All<ContactReleased>(), r => Assert.Equal(ReleaseReason.NobodySignedIn, r.Reason));
        Assert.Equal([back], floor.Ask(d => d.Waiting([Sales], 9)).Select(w => w.Contact.Id));
    }

    [Fact]
    [Trait("Case", "F-A9")]
    public void Who_waits_is_told_as_well_when_the_last_member_leaves_the_group_or_the_center_begins_to_say_it()
    {
        var floor = new Floor(Office(Group(Sales, Amy), Group(Support, Bob)) with { SayNobodySignedIn = true }).Online(Amy);
        floor.Choose(Amy, Choice.NotReady);
        floor.Call(Sales);
        floor.Change(Group(Sales, Bob));
        Assert.Single(floor.All<ContactReleased>());
        floor.Change(c => c with { SayNobodySignedIn = false });
        floor.Call(Support);
        floor.Change(c => c with { SayNobodySignedIn = true });
        Assert.Equal(2, floor.All<ContactReleased>().Count());
    }

    [Fact]
    [Trait("Case", "F-E11")]
    public void Who_comes_back_keeps_the_order_of_the_first_arrival_but_waits_only_since_then()
    {
        var floor = With(Group(Sales, Amy)).Online(Amy);
        var contact = floor.New("138", ContactKind.Call, null);
        floor.Pass(600);
        floor.Choose(Amy, Choice.NotReady);
        floor.Enqueue(contact, Sales, atHead: true);
        var since = floor.Time;
        floor.Pass(9);
        var waits = Assert.Single(floor.Ask(d => d.Waiting([Sales], 9)));
        Assert.Equal((since, contact.Arrived), (waits.Since, waits.Contact.Arrived));
        Assert.Equal(since, floor.Queues[Sales].LongestSince);
        floor.Choose(Amy, Choice.Available);
        Assert.Equal(since, floor.Ringing(Amy)!.WaitsSince);
    }

    [Fact]
    public void Who_comes_back_from_an_agent_is_offered_to_that_one_only_when_no_one_else_is_free()
    {
        var floor = With(Group(Sales, Amy, Bob)).Online(Amy);
        var contact = floor.New("138", ContactKind.Call, null);
        floor.Enqueue(contact, Sales);
        Assert.True(floor.Answer(Amy).Ok);
        floor.Online(Bob);
        floor.Do(d => d.Ended(floor.Now, contact.Id, Amy, wrapUp: false));
        floor.Enqueue(contact, Sales, atHead: true, lostBy: Amy);
        Assert.Null(floor.Ringing(Amy));
        Assert.True(floor.Answer(Bob).Ok);
        floor.Do(d => d.Ended(floor.Now, contact.Id, Bob, wrapUp: false));
        floor.Choose(Amy, Choice.NotReady);
        floor.Enqueue(contact, Sales, atHead: true, lostBy: Bob);
        Assert.NotNull(floor.Ringing(Bob));
    }

    [Fact]
    public void Somebody_who_comes_back_waits_even_when_nobody_is_signed_in()
    {
        var floor = new Floor(Office(Group(Sales, Amy)) with { SayNobodySignedIn = true });
        floor.Call(Sales, atHead: true);
        Assert.Empty(floor.All<ContactReleased>());
        Assert.Equal(1, floor.Queues[Sales].Waiting);
    }

    [Fact]
    public void A_call_to_a_group_that_is_gone_comes_back_to_its_owner()
    {
        var floor = new Floor();
        floor.Call(new(404));
        Assert.Equal(ReleaseReason.GroupGone, floor.Last<ContactReleased>().Reason);
    }

    [Fact]
    public void A_call_that_is_enqueued_again_is_in_one_queue_only()
    {
        var floor = new Floor(Office(Group(Sales, Amy), Group(Support, Bob))).Online(Amy);
        var contact = floor.New("", ContactKind.Call, null);
        floor.Enqueue(contact, Sales);
        Assert.NotNull(floor.Ringing(Amy));
        floor.Enqueue(contact, Support);
        Assert.Null(floor.Ringing(Amy));
        Assert.Equal(Support, floor.Ask(d => d.Waiting([Sales, Support], 9)).Single().Group);
    }

    [Fact]
    public void Chats_go_to_who_has_a_workbench_and_calls_to_who_has_a_device()
    {
        var floor = new Floor().Online(Amy, Bob);
        floor.Do(d => d.DeviceReachable(floor.Now, Amy, false));
        floor.Do(d => d.WorkbenchClosed(floor.Now, Bob, "wb-" + Bob));
        floor.Call(Sales);
        Assert.NotNull(floor.Ringing(Bob));
        floor.Call(Sales, kind: ContactKind.Chat);
        Assert.NotNull(floor.Ringing(Amy));
    }

    [Fact]
    public void Each_decision_keeps_its_candidates_and_the_rule_that_excluded_each()
    {
        var floor = new Floor().Online(Amy, Bob);
        var first = floor.Call(Sales);
        Assert.Equal(
            [new(Amy, 3, ExclusionRule.Chosen), new(Bob, 3, ExclusionRule.AnotherFirst), new(Carol, 3, ExclusionRule.Offline)],
            floor.Ask(d => d.Why(first)).Decisions.Single().Candidates.AsEnumerable());
        floor.Decline(Amy);
        floor.Answer(Bob);
        var second = floor.Call(Sales);
        Assert.Equal(
            [new(Amy, 3, ExclusionRule.BackOff), new(Bob, 3, ExclusionRule.Busy), new(Carol, 3, ExclusionRule.Offline)],
            floor.Ask(d => d.Why(second)).Decisions.Single().Candidates.AsEnumerable());
        Assert.Equal([second, first], floor.Ask(d => d.WhyNot(Amy, 9)).Select(d => d.Contact).Distinct());
    }
}
