using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

/// <summary>An agent speaks with a third beside the customer: product.md §6.</summary>
public sealed class ConsultTests
{
    private static readonly ContactId Question = new(71);
    private static readonly LegId BobsLine = new(222);
    private static readonly LegId Way = new(501);

    private static readonly Target Outside = new Target.Telephone("13900000009", "4000000001", [new(Way, new(1))], Call.RingLimit);

    private static Play Asking() => Talking().After(60).Give(new ConsultClicked(Amy, new Target.Agent(Bob), Question))
        .Give(new OfferBegan(Second, Bob, null, AgentDevice.Line, null, false) { Contact = Question });

    private static Play WithBob() => Asking().After(3)
        .Give(new Accepted(Second, Bob, null, AgentDevice.Line, BobsLine, false) { Contact = Question });

    private static Play WithOutside() =>
        Talking().Give(new ConsultClicked(Amy, Outside, Question)).Give(new LegAnswered(Way, Usable: true));

    [Fact]
    public void While_it_rings_the_customer_hears_music_and_the_agent_a_ring_back()
    {
        var desk = Asking();

        Assert.Equal(new OfferToAgent(Bob) { Contact = Question }, desk.One<OfferToAgent>());
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
        Assert.Equal(SoundKind.RingBack, desk.Hears(AmysLine).Kind);
        Assert.Empty(desk.Done.OfType<AgentDone>());
    }

    [Fact]
    public void Agent_and_colleague_hear_each_other_and_the_customer_music_then_swapped()
    {
        var desk = WithBob();

        Assert.Equal(Sound.Of(BobsLine), desk.Hears(AmysLine));
        Assert.Equal(Sound.Of(AmysLine), desk.Hears(BobsLine));
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);

        desk.Give(new SwapClicked(Amy));
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(AmysLine));
        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
        Assert.Equal(SoundKind.Music, desk.Hears(BobsLine).Kind);

        desk.Give(new SwapClicked(Amy));
        Assert.Equal(Sound.Of(BobsLine), desk.Hears(AmysLine));
    }

    [Fact]
    public void Connect_gives_the_customer_to_the_colleague_and_frees_the_agent()
    {
        var desk = WithBob().Give(new ConnectClicked(Amy));

        Assert.Equal(new AgentDone(Amy, WrapUp: true), desk.One<AgentDone>());
        Assert.Equal((Bob, Question), (desk.Call.Agent!.Id, desk.Call.Agent.Contact));
        Assert.Equal(Sound.Of(BobsLine), desk.Hears(CustomerLegId));
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(BobsLine));

        desk.Give(new HangupClicked(Bob));
        Assert.Equal(new AgentDone(Bob, WrapUp: true) { Contact = Question }, desk.Done.OfType<AgentDone>().Last());
        Assert.Equal(CallResult.Served, desk.End.Result);
    }

    [Fact]
    [Trait("Case", "K8")]
    public void Connect_while_it_rings_is_a_direct_transfer_with_its_fallback()
    {
        var desk = Asking().Give(new ConnectClicked(Amy));

        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
        Assert.IsType<Desk.Ringing>(desk.Call.Desk);

        var taken = Asking().Give(new ConnectClicked(Amy))
            .Give(new Accepted(Second, Bob, null, AgentDevice.Line, BobsLine, false) { Contact = Question });
        Assert.Equal(Bob, taken.Call.Agent!.Id);
        Assert.Equal(Sound.Of(BobsLine), taken.Hears(CustomerLegId));

        desk.Give(
            new OfferOver(Second, AttemptOutcome.TimedOut), new Released(CallEndReason.NoAnswer, Farewell: true) { Contact = Question });
        Assert.Equal(new EnqueueContact(Sales, Amy), desk.Done.OfType<EnqueueContact>().Last());
    }

    [Fact]
    public void A_hang_up_of_the_agent_is_connect_when_the_colleague_is_there_and_a_direct_transfer_when_it_rings()
    {
        Assert.Equal(Bob, WithBob().Give(new HangupClicked(Amy)).Call.Agent!.Id);
        Assert.IsType<Desk.Ringing>(Asking().Give(new HangupClicked(Amy)).Call.Desk);
    }

    [Fact]
    public void An_agent_whose_line_does_not_come_back_leaves_the_customer_with_the_colleague()
    {
        var desk = WithBob().Give(new LineBroken(Amy, AmysLine)).After(30).Give(new DeadlineReached(CallDeadline.AgentReturn, Amy.Value));

        Assert.Equal(Bob, desk.Call.Agent!.Id);
        Assert.Equal(Sound.Of(BobsLine), desk.Hears(CustomerLegId));
    }

    [Fact]
    public void A_colleague_who_hangs_up_or_does_not_answer_gives_agent_and_customer_back_to_each_other()
    {
        foreach (var (desk, reason) in new (Play, CallEndReason)[]
        {
            (WithBob().Give(new HangupClicked(Bob)), CallEndReason.HungUp),
            (Asking().Give(new Released(CallEndReason.NoAnswer, Farewell: false) { Contact = Question }), CallEndReason.NoAnswer),
        })
        {
            Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
            Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(AmysLine));
            Assert.Equal(reason, ((Desk.Agent)desk.Call.Desk).Left);
            Assert.Null(desk.Call.Consultation);
            Assert.DoesNotContain(desk.Done, e => e is AgentDone { Agent: var agent } && agent == Amy);
        }
    }

    [Fact]
    public void Take_back_lets_the_third_go()
    {
        var desk = WithBob().Give(new TakeBackClicked(Amy));

        Assert.Equal(new AgentDone(Bob, WrapUp: false) { Contact = Question }, desk.One<AgentDone>());
        Assert.Equal(SoundKind.Nothing, desk.Hears(BobsLine).Kind);
        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
        Assert.Null(((Desk.Agent)desk.Call.Desk).Left);
    }

    [Fact]
    public void Three_hear_each_other_and_who_is_muted_is_heard_by_neither()
    {
        var desk = WithBob().Give(new ThreeWayClicked(Amy));

        Assert.Equal(Sound.Of(AmysLine, BobsLine), desk.Hears(CustomerLegId));
        Assert.Equal(Sound.Of(CustomerLegId, BobsLine), desk.Hears(AmysLine));
        Assert.Equal(Sound.Of(CustomerLegId, AmysLine), desk.Hears(BobsLine));

        desk.Give(new MuteClicked(Bob, true));
        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(AmysLine));
    }

    [Fact]
    [Trait("Case", "K3")]
    public void Whoever_leaves_the_three_leaves_the_others_connected()
    {
        var first = WithBob().Give(new ThreeWayClicked(Amy), new HangupClicked(Amy));
        Assert.Equal(Bob, first.Call.Agent!.Id);
        Assert.Equal(Sound.Of(BobsLine), first.Hears(CustomerLegId));
        Assert.Equal(Sound.Of(CustomerLegId), first.Hears(BobsLine));

        var second = WithBob().Give(new ThreeWayClicked(Amy), new HangupClicked(Bob));
        Assert.Equal(Amy, second.Call.Agent!.Id);
        Assert.Equal(Sound.Of(AmysLine), second.Hears(CustomerLegId));
        // had spoken with the customer
        Assert.Equal(new AgentDone(Bob, WrapUp: true) { Contact = Question }, second.One<AgentDone>());

        var customer = WithBob().Give(new ThreeWayClicked(Amy), new LegEnded(CustomerLegId, LegEnding.HungUp));
        Assert.Equal(2, customer.Done.OfType<AgentDone>().Count());
        Assert.Equal(CallResult.Served, customer.End.Result);
    }

    [Fact]
    public void Both_who_stay_may_be_outside_and_the_agent_is_free_at_once()
    {
        var desk = WithOutside().Give(new ThreeWayClicked(Amy), new HangupClicked(Amy));

        desk.One<AgentDone>();
        Assert.Equal(Sound.Of(Way), desk.Hears(CustomerLegId));
        Assert.Equal(Sound.Of(CustomerLegId), desk.Hears(Way));
        Assert.Equal(SoundKind.Nothing, desk.Hears(AmysLine).Kind);
    }

    [Fact]
    [Trait("Case", "K2")]
    public void A_customer_who_hangs_up_in_a_consultation_frees_both()
    {
        var ringing = Asking().Give(new LegEnded(CustomerLegId, LegEnding.HungUp));
        Assert.Equal(new WithdrawContact { Contact = Question }, ringing.One<WithdrawContact>());
        Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.HungUp, EndedBy.Customer), ringing.End);

        var talking = WithBob().Give(new LegEnded(CustomerLegId, LegEnding.HungUp));
        Assert.Equal(
            [new AgentDone(Bob, WrapUp: false) { Contact = Question }, new AgentDone(Amy, WrapUp: true)],
            talking.Done.OfType<AgentDone>());

        var outside = WithOutside().Give(new LegEnded(CustomerLegId, LegEnding.HungUp));
        outside.HungUp(Way);
    }

    [Fact]
    public void Keys_go_to_the_telephone_that_is_consulted_and_to_no_colleague()
    {
        var outside = WithOutside().Give(new DigitsClicked(Amy, "7"));
        Assert.Equal([new SendDigit(Way, '7')], outside.Last);
        Assert.Equal([new SendDigit(CustomerLegId, '7')], outside.Give(new SwapClicked(Amy), new DigitsClicked(Amy, "7")).Last);

        Assert.IsType<NoUseForKeys>(WithBob().Give(new DigitsClicked(Amy, "7")).Refusal);
    }

    [Fact]
    public void Nothing_is_done_twice_and_nothing_by_who_is_consulted()
    {
        Assert.IsType<Consulting>(WithBob().Give(new ConsultClicked(Amy, new Target.Agent(Bob), new(72))).Refusal);
        Assert.IsType<Consulting>(WithBob().Give(new TransferClicked(Amy, new Target.Agent(Bob))).Refusal);
        Assert.IsType<Consulting>(WithBob().Give(new HoldClicked(Amy, true)).Refusal);
        Assert.IsType<ThirdNotThereYet>(Asking().Give(new SwapClicked(Amy)).Refusal);
        Assert.IsType<ThirdNotThereYet>(Asking().Give(new ThreeWayClicked(Amy)).Refusal);
        Assert.IsType<NotConsulting>(Talking().Give(new TakeBackClicked(Amy)).Refusal);
        foreach (var click in new Input[]
        {
            new ConnectClicked(Bob), new SwapClicked(Bob), new ThreeWayClicked(Bob), new TakeBackClicked(Bob), new HoldClicked(Bob, true),
            new TransferClicked(Bob, new Target.Agent(Amy)),
        })
        {
            Assert.IsType<NotYourCall>(WithBob().Give(click).Refusal);
        }
    }

    [Fact]
    public void A_colleague_whose_line_breaks_may_come_back_or_is_let_go()
    {
        var desk = WithBob().Give(new LineBroken(Bob, BobsLine));
        Assert.Equal(SoundKind.Nothing, desk.Hears(AmysLine).Kind);
        var back = new LegId(333);
        desk.After(5).Give(new LineConnected(Bob, back));
        Assert.Equal(Sound.Of(back), desk.Hears(AmysLine));

        desk.Give(new LineBroken(Bob, back)).After(30).Give(new DeadlineReached(CallDeadline.AgentReturn, Bob.Value));
        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
    }

    [Fact]
    public void Both_agents_are_told_of_each_change()
    {
        var desk = WithBob();
        Assert.Equal([Amy, Bob], Told(desk.Last));
        Assert.Equal([Amy, Bob], Told(desk.Give(new ConnectClicked(Amy)).Last));

        static IEnumerable<AgentId> Told(List<Effect> effects) =>
            effects.OfType<Raise>().Select(r => r.Event).OfType<CallShared>().Select(e => e.Agent).OrderBy(a => a.Value);
    }

    [Fact]
    public void The_time_of_a_consultation_is_no_talk_with_the_customer()
    {
        var desk = WithBob().After(20).Give(new ThreeWayClicked(Amy)).After(10).Give(new LegEnded(CustomerLegId, LegEnding.HungUp));

        var record = (CallRecord)desk.Done.OfType<Update>().Last().Row;
        Assert.Equal((70_000, 23_000), (record.TalkMs, record.HoldMs));
        Assert.Equal(
            [PartKind.Talk, PartKind.Consulting, PartKind.Conference],
            CallPart.Of(record).Skip(2).Select(p => p.Kind));
    }
}
