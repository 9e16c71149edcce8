using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

public sealed class ArrivalTests
{
    [Fact]
    public void A_call_for_a_group_is_stored_and_given_to_the_dispatcher()
    {
        var desk = new Play().Arrived();

        Assert.Equal(new EnqueueContact(Sales), desk.One<EnqueueContact>());
        var row = Assert.IsType<CallRecord>(desk.One<Insert>().Row);
        Assert.Equal("4000000001", row.Called);
        Assert.Null(row.EndedAt);
    }

    [Fact]
    public void A_number_of_one_agent_is_offered_to_that_agent()
    {
        var desk = new Play().Give(new Arrived(new Entry.ToAgent(Amy)));

        Assert.Equal(Amy, desk.One<OfferToAgent>().Agent);
        Assert.Null(desk.Call.Group);
    }

    [Theory]
    [InlineData(404, CallEndReason.NumberUnknown)]
    [InlineData(488, CallEndReason.NoCommonCodec)]
    [InlineData(480, CallEndReason.Closed)]
    public void A_call_that_is_not_let_in_is_refused_with_its_status_and_stored_once(int status, CallEndReason reason)
    {
        var desk = new Play().Give(new Arrived(new Entry.Refused(status, reason)));

        Assert.Equal(status, desk.One<RejectLeg>().Status);
        Assert.Equal(new CallEnd(CallResult.Refused, reason, EndedBy.System), desk.End);
        Assert.NotNull(Assert.IsType<CallRecord>(desk.One<Insert>().Row).EndedAt);
        Assert.Empty(desk.Done.OfType<Update>());
        Assert.Empty(desk.Done.OfType<WithdrawContact>());
    }

    [Fact]
    public void A_caller_who_is_told_why_hears_the_announcement_to_its_end()
    {
        var desk = new Play().Give(new Arrived(new Entry.Farewell(CallEndReason.NobodySignedIn)));

        desk.One<AcceptLeg>();
        Assert.Equal(SoundKind.Farewell, desk.Hears(CustomerLegId).Kind);
        Assert.DoesNotContain(desk.Done, e => e is HangupLeg);

        desk.Give(new ClipEnded(CustomerLegId));

        desk.HungUp(CustomerLegId);
        Assert.Equal(CallEndReason.NobodySignedIn, desk.End.Reason);
    }

    [Fact]
    public void An_announcement_whose_end_is_never_told_ends_by_its_deadline()
    {
        var desk = new Play().Give(new Arrived(new Entry.Farewell(CallEndReason.Closed))).After(31);

        Assert.Equal(CallEndReason.Closed, desk.Give(new DeadlineReached(CallDeadline.Farewell)).End.Reason);
    }

    [Fact]
    public void A_caller_for_whom_an_agent_is_free_hears_ringing_and_is_not_answered()
    {
        var desk = new Play().Arrived().Offered();

        desk.One<RingLeg>();
        Assert.Empty(desk.Done.OfType<AcceptLeg>());
    }

    [Fact]
    public void A_caller_who_must_wait_is_answered_and_hears_music()
    {
        var desk = new Play().Arrived().Give(new Waits());

        desk.One<AcceptLeg>();
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
        Assert.IsType<Desk.Queue>(desk.Call.Desk);
    }

    [Fact]
    public void Music_goes_on_when_the_place_in_the_queue_is_told_again()
    {
        var desk = new Play().Arrived().Give(new Waits(), new Waits());

        desk.One<AcceptLeg>();
        desk.One<Hear>();
    }

    [Fact]
    public void A_dispatcher_that_says_nothing_leaves_nobody_unanswered()
    {
        var desk = new Play().Arrived().After(4).Give(new DeadlineReached(CallDeadline.DispatcherSilent));

        desk.One<AcceptLeg>();
        Assert.IsType<Desk.Queue>(desk.Call.Desk);
    }

    [Fact]
    public void A_web_phone_gets_its_ring_back_from_us()
    {
        var desk = new Play(LegCarrier.Web).Arrived().Offered();

        Assert.Equal(SoundKind.RingBack, desk.Hears(CustomerLegId).Kind);
    }

    [Fact]
    public void A_caller_who_gives_up_in_the_queue_is_abandoned_and_leaves_it()
    {
        var desk = new Play().Arrived().Give(new Waits(), new LegEstablished(CustomerLegId), new LegEnded(CustomerLegId, LegEnding.HungUp));

        Assert.Equal(new CallEnd(CallResult.Abandoned, CallEndReason.GaveUpInQueue, EndedBy.Customer), desk.End);
        desk.One<WithdrawContact>();
        Assert.DoesNotContain(desk.Done, e => e is HangupLeg);
    }

    [Theory]
    [InlineData(CallEndReason.NobodySignedIn, 480, EndedBy.System)]
    [InlineData(CallEndReason.Busy, 486, EndedBy.System)]
    [InlineData(CallEndReason.NoAnswer, 480, EndedBy.Deadline)]
    [InlineData(CallEndReason.Rejected, 603, EndedBy.Agent)]
    public void A_caller_whom_the_dispatcher_gives_up_is_refused_with_the_reason(CallEndReason reason, int status, EndedBy by)
    {
        var desk = new Play().Arrived().Give(new Released(reason, Farewell: false));

        Assert.Equal(status, desk.One<RejectLeg>().Status);
        Assert.Equal(new CallEnd(CallResult.Refused, reason, by), desk.End);
    }

    [Fact]
    public void A_caller_who_waited_too_long_hears_why_and_is_hung_up()
    {
        var desk = new Play().Arrived()
            .Give(new Waits(), new LegEstablished(CustomerLegId), new Released(CallEndReason.WaitedTooLong, Farewell: true));

        Assert.Equal(SoundKind.Farewell, desk.Hears(CustomerLegId).Kind);
        desk.Give(new ClipEnded(CustomerLegId));
        Assert.Equal(new CallEnd(CallResult.Refused, CallEndReason.WaitedTooLong, EndedBy.Deadline), desk.End);
    }

    [Fact]
    public void A_caller_who_hangs_up_in_the_announcement_ended_for_the_reason_announced()
    {
        var desk = new Play().Give(new Arrived(new Entry.Farewell(CallEndReason.Closed)), new LegEnded(CustomerLegId, LegEnding.HungUp));

        Assert.Equal(CallEndReason.Closed, desk.End.Reason);
    }

    [Theory]
    [InlineData(nameof(LegEnding.SessionExpired), CallEndReason.SessionExpired)]
    [InlineData(nameof(LegEnding.TransportFailed), CallEndReason.TrunkFailure)]
    [InlineData(nameof(LegEnding.ProtocolError), CallEndReason.ProtocolError)]
    [InlineData(nameof(LegEnding.NotAcceptable), CallEndReason.NoCommonCodec)]
    public void A_customer_leg_that_breaks_names_what_broke(string ending, CallEndReason reason)
    {
        var desk = new Play().Arrived().Give(new Waits(), new LegEnded(CustomerLegId, Enum.Parse<LegEnding>(ending)));

        Assert.Equal(new CallEnd(CallResult.Failed, reason, EndedBy.System), desk.End);
    }

    [Fact]
    public void A_customer_whose_sound_stopped_is_hung_up_by_us()
    {
        var desk = new Play().Arrived().Give(new Waits(), new LegEstablished(CustomerLegId), new MediaLost(CustomerLegId));

        desk.HungUp(CustomerLegId);
        Assert.Equal(CallEndReason.MediaLost, desk.End.Reason);
    }

    [Fact]
    public void A_customer_who_only_hears_ringing_owes_no_sound()
    {
        var desk = new Play().Arrived().Offered().Give(new MediaLost(CustomerLegId));

        Assert.Empty(desk.Last);
    }

    [Fact]
    public void A_change_of_the_session_by_the_customer_is_answered_in_every_live_state()
    {
        var sdp = new byte[] { 1 };
        foreach (var desk in new[] { new Play().Arrived(), new Play().Arrived().Give(new Waits()), new Play().Arrived()
            .Offered(), Talking() })
        {
            desk.Give(new LegRenegotiated(CustomerLegId, sdp));
            Assert.Equal(CustomerLegId, Assert.IsType<AnswerOffer>(Assert.Single(desk.Last)).Leg);
        }
    }
}
