using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

/// <summary>Agents call each other: product.md §5 «Internal call».</summary>
public sealed class InsideTests
{
    private static readonly ContactId Ring = new(71);
    private static readonly LegId BobsLine = new(222);
    private static readonly LegId Phone = new(501);

    private static Play Calling(Target? whom = null) =>
        new Play().Give(new CalledInside(Amy, AmysLine, whom ?? new Target.Agent(Bob), Ring));

    private static Play Talk() => Calling().After(2)
        .Give(new OfferBegan(Second, Bob, null, AgentDevice.Line, null, false) { Contact = Ring })
        .After(3).Give(new Accepted(Second, Bob, null, AgentDevice.Line, BobsLine, false) { Contact = Ring });

    [Fact]
    public void It_rings_at_the_colleague_and_the_caller_hears_it_then_both_hear_each_other()
    {
        var desk = Calling();
        Assert.Equal(new OfferToAgent(Bob) { Contact = Ring }, desk.One<OfferToAgent>());
        Assert.Equal(SoundKind.RingBack, desk.Hears(AmysLine).Kind);

        desk = Talk();
        Assert.Equal(Sound.Of(BobsLine), desk.Hears(AmysLine));
        Assert.Equal(Sound.Of(AmysLine), desk.Hears(BobsLine));
        Assert.DoesNotContain(desk.Done, e => e is Hear { Listener: var leg } && leg == default);
    }

    [Fact]
    public void Whoever_hangs_up_ends_it_and_nobody_wraps_up()
    {
        foreach (var (who, by) in new[] { (Amy, EndedBy.Agent), (Bob, EndedBy.Third) })
        {
            var desk = Talk().After(30).Give(new HangupClicked(who));
            Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.HungUp, by), desk.End);
            Assert.Equal(2, desk.Done.OfType<AgentDone>().Count(d => !d.WrapUp));
            var record = (CallRecord)desk.Done.OfType<Update>().Last().Row;
            Assert.Equal((CallDirection.Internal, 30_000, 5_000), (record.Direction, record.TalkMs, record.RingMs));
            Assert.Empty(desk.Done.OfType<HangupLeg>());
        }
    }

    [Fact]
    public void A_colleague_who_does_not_take_it_ends_it_with_the_reason_told()
    {
        var desk = Calling().Give(new Released(CallEndReason.Rejected, Farewell: true) { Contact = Ring });

        Assert.Equal(new CallEnd(CallResult.NotReached, CallEndReason.Rejected, EndedBy.Third), desk.End);
        Assert.Equal(Amy, desk.Said<CallNotReached>().Agent);
        Assert.False(desk.One<AgentDone>().WrapUp);
    }

    [Fact]
    public void A_caller_who_hangs_up_while_it_rings_stops_it()
    {
        var desk = Calling().Give(new HangupClicked(Amy));

        Assert.Equal(new WithdrawContact { Contact = Ring }, desk.One<WithdrawContact>());
        Assert.Equal(new CallEnd(CallResult.NotReached, CallEndReason.GaveUpDialling, EndedBy.Agent), desk.End);
    }

    [Fact]
    public void A_caller_whose_line_does_not_come_back_ends_it()
    {
        var desk = Talk().Give(new LineBroken(Amy, AmysLine)).After(30).Give(new DeadlineReached(CallDeadline.AgentReturn, Amy.Value));

        Assert.Equal(new CallEnd(CallResult.Served, CallEndReason.Unreachable, EndedBy.Deadline), desk.End);
    }

    [Fact]
    public void A_desk_phone_is_rung_and_hung_up()
    {
        var desk = Calling(new Target.Telephone("8002", null, [new(Phone, null, new(9))], Call.PhoneRing))
            .Give(new LegAlerted(Phone, Rings: true), new LegAnswered(Phone, Usable: true));
        Assert.Equal(Sound.Of(Phone), desk.Hears(AmysLine));
        Assert.Equal(Sound.Of(AmysLine), desk.Hears(Phone));

        desk.Give(new HangupClicked(Amy));
        desk.HungUp(Phone);
        Assert.Equal(CallResult.Served, desk.End.Result);
    }

    [Fact]
    public void There_is_nobody_to_hold_to_send_on_or_to_consult_about()
    {
        foreach (var click in new Input[]
        {
            new HoldClicked(Amy, true), new TransferClicked(Amy, new Target.Agent(Bob)), new ConnectClicked(Amy), new SwapClicked(Amy),
            new ThreeWayClicked(Amy), new TakeBackClicked(Amy), new ConsultClicked(Amy, new Target.Agent(Bob), new(72)),
        })
        {
            Assert.IsType<NoCustomerHere>(Talk().Give(click).Refusal);
        }
    }

    [Fact]
    public void A_caller_whose_line_is_renewed_while_it_rings_has_not_been_answered()
    {
        var desk = Calling().Give(new LineBroken(Amy, AmysLine), new LineConnected(Amy, new(333)))
            .Give(new Released(CallEndReason.Rejected, Farewell: false) { Contact = Ring });

        Assert.Equal(CallResult.NotReached, desk.End.Result);
    }
}
