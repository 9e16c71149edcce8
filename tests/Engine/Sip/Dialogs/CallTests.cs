using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>Two user agents and the whole way between them.</summary>
public class CallTests
{
    private readonly TestNet net = new();
    private readonly Node us, carrier;

    public CallTests()
    {
        us = net.AddNode("10.0.0.1");
        carrier = net.AddNode("10.0.0.9");
    }

    [Fact]
    public void A_call_rings_is_answered_and_hung_up_by_the_caller()
    {
        us.User.OnInvite = s => { s.Ring(); return new Recorder { Session = s }; };
        var caller = carrier.Call(us.At);
        net.Run(1000);
        var called = us.User.Last;
        Assert.Equal(180, caller.Only<SessionEvent.Ringing>().Status);
        Assert.Equal("offer", Recorder.Text(called.Session.Body));
        Assert.Equal("peer", called.Session.Peer);
        Assert.Equal("王 \"W\"", called.Session.FromDisplay);
        Assert.Equal("13900001111", called.Session.From.User);
        Assert.Equal("4000000001", called.Session.RequestUri.User);

        called.Session.Accept(Recorder.Bytes("answer"));
        net.Run(1000);
        Assert.Equal("answer", Recorder.Text(caller.Only<SessionEvent.Answered>().Body));
        Assert.True(called.Has<SessionEvent.Established>());

        caller.Session.Hangup();
        net.Run(1000);
        Assert.Equal(SipEndingKind.LocalHangup, caller.Ending!.Kind);
        Assert.Equal(SipEndingKind.Hangup, called.Ending!.Kind);
        AllQuiet();
    }

    [Fact]
    public void The_called_side_hangs_up()
    {
        us.User.OnInvite = Recorder.Answering;
        var caller = carrier.Call(us.At);
        net.Run(1000);
        us.User.Last.Session.Hangup();
        net.Run(1000);
        Assert.Equal(SipEndingKind.Hangup, caller.Ending!.Kind);
        Assert.Equal(SipEndingKind.LocalHangup, us.User.Last.Ending!.Kind);
        AllQuiet();
    }

    [Fact]
    public void Each_message_of_a_call_goes_once_on_a_network_that_loses_nothing_and_no_100_where_180_follows_at_once()
    {
        us.User.OnInvite = Recorder.Answering;
        var caller = carrier.Call(us.At);
        net.Run(100);
        caller.Session.Hangup();
        net.Run(40_000);
        Assert.Equal(
            ["INVITE", "SIP/2.0 180", "SIP/2.0 200", "ACK", "BYE", "SIP/2.0 200"],
            net.Log.Select(l => l.Text[..Math.Min(11, l.Text.IndexOf(' ', 8))].Split(" sip:")[0]));
    }

    [Fact]
    public void An_INVITE_of_which_nothing_is_said_gets_100_within_200_ms_and_once()
    {
        us.User.OnInvite = session => new Recorder { Session = session };
        carrier.Call(us.At);
        net.Run(199);
        Assert.Equal(1, net.CountSent("SIP/2.0 100"));
        net.Run(2000);
        Assert.Equal(1, net.CountSent("SIP/2.0 100"));
        us.User.Last.Session.Ring();
        net.Run(10);
        Assert.Equal(1, net.CountSent("SIP/2.0 180"));
    }

    [Fact]
    public void A_caller_who_gives_up_while_ringing_is_answered_487()
    {
        us.User.OnInvite = s => { s.Ring(); return new Recorder { Session = s }; };
        var caller = carrier.Call(us.At);
        net.Run(1000);
        caller.Session.Hangup();
        net.Run(1000);
        Assert.Equal(SipEndingKind.Cancelled, us.User.Last.Ending!.Kind);
        Assert.Equal(SipEndingKind.LocalHangup, caller.Ending!.Kind);
        Assert.Equal(1, net.CountSent("SIP/2.0 487"));
        AllQuiet();
    }

    [Fact]
    public void Hanging_up_before_any_answer_sends_CANCEL_only_after_a_provisional_answer()
    {
        var peer = net.AddPeer("10.0.0.7");
        var caller = us.Call(peer.At);
        net.Run(100);
        caller.Session.Hangup();
        net.Run(100);
        Assert.Equal(SipEndingKind.LocalHangup, caller.Ending!.Kind);
        Assert.DoesNotContain(peer.Received, m => m.StartsWith("CANCEL", StringComparison.Ordinal));
        peer.Send(us.At, peer.Response(peer.Received[0], 180));
        net.Run(100);
        Assert.Contains(peer.Received, m => m.StartsWith("CANCEL", StringComparison.Ordinal));
    }

    [Fact]
    public void A_200_that_crosses_our_CANCEL_is_acknowledged_and_hung_up()
    {
        var peer = net.AddPeer("10.0.0.7");
        var caller = us.Call(peer.At);
        net.Run(100);
        peer.Send(us.At, peer.Response(peer.Received[0], 180));
        net.Run(20);
        caller.Session.Hangup();
        net.Run(20);
        peer.Answers = m => RawPeer.Method(m) is "CANCEL" or "BYE" ? peer.Response(m, 200) : null;
        peer.Send(us.At, peer.Response(peer.Received[0], 200, body: "v=0"));
        net.Run(100);
        Assert.Equal(["INVITE", "CANCEL", "ACK", "BYE"], peer.Received.Select(RawPeer.Method));
        Assert.Equal(SipEndingKind.LocalHangup, caller.Ending!.Kind);
        net.Run(70_000);
        AllQuiet();
    }

    [Fact]
    public void A_CANCEL_that_crosses_our_200_changes_nothing()
    {
        var peer = net.AddPeer("10.0.0.7");
        us.User.OnInvite = Recorder.Answering;
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0"));
        net.Run(100);
        peer.Send(us.At, peer.Request("CANCEL", "a").Replace("1 CANCEL", "1 CANCEL", StringComparison.Ordinal));
        net.Run(10);
        Assert.Equal(200, RawPeer.Status(peer.Last));
        Assert.Null(us.User.Last.Ending);
        var tag = RawPeer.TagOf(peer.Received.First(m => RawPeer.Status(m) == 200), "To");
        peer.Send(us.At, peer.Request("ACK", "b", toTag: tag));
        net.Run(10);
        Assert.True(us.User.Last.Has<SessionEvent.Established>());
    }

    [Fact]
    public void A_CANCEL_for_nothing_gets_481()
    {
        var peer = net.AddPeer("10.0.0.7");
        peer.Send(us.At, peer.Request("CANCEL", "nothing"));
        net.Run(10);
        Assert.Equal(481, RawPeer.Status(peer.Last));
    }

    [Theory]
    [InlineData(486, SipEndingKind.Busy)]
    [InlineData(600, SipEndingKind.Busy)]
    [InlineData(480, SipEndingKind.NoAnswer)]
    [InlineData(408, SipEndingKind.NoAnswer)]
    [InlineData(603, SipEndingKind.Rejected)]
    [InlineData(403, SipEndingKind.Rejected)]
    [InlineData(302, SipEndingKind.Rejected)]
    [InlineData(404, SipEndingKind.NotFound)]
    [InlineData(484, SipEndingKind.NotFound)]
    [InlineData(488, SipEndingKind.NotAcceptable)]
    [InlineData(503, SipEndingKind.Unreachable)]
    [InlineData(500, SipEndingKind.ServerError)]
    [InlineData(487, SipEndingKind.Cancelled)]
    public void Each_refusal_has_its_ending(int status, SipEndingKind kind)
    {
        us.User.OnInvite = s => { s.Reject(status, "Because"); return new Recorder { Session = s }; };
        var caller = carrier.Call(us.At);
        net.Run(1000);
        Assert.Equal(new SipEnding(kind, status, "Because"), caller.Ending);
        Assert.Equal(1, net.CountSent("ACK"));
        net.Run(40_000);
        AllQuiet();
    }

    [Fact]
    public void What_a_refusal_and_a_BYE_say_of_their_reason_is_told()
    {
        var peer = net.AddPeer("10.0.0.7");
        const string reason = "Reason: Q.850;cause=16;text=\"bye, bye\", SIP;cause=200\r\n";
        var refused = us.Call(peer.At);
        net.Run(10);
        peer.Send(us.At, peer.Response(peer.Received[0], 486, more: reason));
        net.Run(10);
        Assert.Equal("Q.850;cause=16;text=\"bye, bye\"", refused.Ending!.Cause);

        var ended = us.Call(peer.At);
        net.Run(10);
        var invite = peer.Received.Last(m => RawPeer.Method(m) == "INVITE");
        peer.Send(us.At, peer.Response(invite, 200, body: "v=0"));
        net.Run(10);
        peer.Send(us.At, peer.Request(
            "BYE", "x", callId: RawPeer.Header(invite, "Call-ID"), fromTag: "raw", toTag: RawPeer.TagOf(invite, "From"), more: reason));
        net.Run(10);
        Assert.Equal(new SipEnding(SipEndingKind.Hangup, Cause: "Q.850;cause=16;text=\"bye, bye\""), ended.Ending);
    }

    [Fact]
    public void Nobody_there_ends_as_timeout_after_64_T1()
    {
        var peer = net.AddPeer("10.0.0.7");
        var caller = us.Call(peer.At);
        net.Run(31_900);
        Assert.Null(caller.Ending);
        net.Run(200);
        Assert.Equal(SipEndingKind.Timeout, caller.Ending!.Kind);
        Assert.Equal(7, peer.Received.Count);
        AllQuiet();
    }

    [Fact]
    public void A_name_without_address_ends_as_transport_failure()
    {
        var recorder = new Recorder();
        SipSession.Connect(
            us.Core, new OutgoingInvite { RequestUri = us.Uri("1"), From = us.Uri("2"), Destination = new("no.such.host") }, recorder);
        net.Run(100);
        Assert.Equal(SipEndingKind.TransportFailed, recorder.Ending!.Kind);
        AllQuiet();
    }

    [Fact]
    public void A_phone_that_never_answers_ends_as_no_answer_when_the_ring_limit_is_over()
    {
        us.User.OnInvite = s => { s.Ring(); return new Recorder { Session = s }; };
        var caller = carrier.Call(us.At, ringLimit: TimeSpan.FromSeconds(20));
        net.Run(20_100);
        Assert.Equal(SipEndingKind.NoAnswer, caller.Ending!.Kind);
        Assert.Equal(SipEndingKind.Cancelled, us.User.Last.Ending!.Kind);
    }

    [Fact]
    public void Ringing_is_repeated_every_minute()
    {
        us.User.OnInvite = s => { s.Ring(); return new Recorder { Session = s }; };
        carrier.Call(us.At, ringLimit: TimeSpan.FromMinutes(10));
        net.Run(150_000);
        Assert.Equal(3, net.CountSent("SIP/2.0 180"));
    }

    [Fact]
    public void Early_media_goes_out_as_183_with_its_description()
    {
        us.User.OnInvite = s => { s.Ring(Recorder.Bytes("early")); return new Recorder { Session = s }; };
        var caller = carrier.Call(us.At);
        net.Run(100);
        var ringing = caller.Only<SessionEvent.Ringing>();
        Assert.Equal((183, "early"), (ringing.Status, Recorder.Text(ringing.Body)));
    }

    [Fact]
    public void A_200_without_ACK_is_repeated_and_given_up_after_64_T1_with_BYE()
    {
        var peer = net.AddPeer("10.0.0.7");
        us.User.OnInvite = Recorder.Answering;
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0"));
        net.Run(32_100);
        Assert.Equal(SipEndingKind.Timeout, us.User.Last.Ending!.Kind);
        // 0, 0.5, 1.5, 3.5, 7.5, then every 4 s.
        Assert.Equal(11, peer.Received.Count(m => RawPeer.Status(m) == 200));
        Assert.Contains(peer.Received, m => RawPeer.Method(m) == "BYE");
    }

    [Fact]
    public void Hanging_up_between_our_200_and_its_ACK_waits_for_the_ACK()
    {
        var peer = net.AddPeer("10.0.0.7");
        us.User.OnInvite = Recorder.Answering;
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0"));
        net.Run(50);
        us.User.Last.Session.Hangup();
        net.Run(100);
        Assert.Equal(SipEndingKind.LocalHangup, us.User.Last.Ending!.Kind);
        Assert.DoesNotContain(peer.Received, m => RawPeer.Method(m) == "BYE");
        peer.Send(us.At, peer.Request("ACK", "b", toTag: RawPeer.TagOf(peer.Last, "To")));
        net.Run(10);
        Assert.Equal("BYE", RawPeer.Method(peer.Last));
    }

    [Fact]
    public void A_second_phone_that_answers_too_is_acknowledged_and_hung_up()
    {
        var peer = net.AddPeer("10.0.0.7");
        peer.Answers = m => RawPeer.Method(m) == "BYE" ? peer.Response(m, 200) : null;
        var caller = us.Call(peer.At);
        net.Run(20);
        peer.Send(us.At, peer.Response(peer.Received[0], 200, tag: "one", body: "v=1"));
        peer.Send(us.At, peer.Response(peer.Received[0], 200, tag: "two", body: "v=2"));
        net.Run(100);
        Assert.Equal("v=1", Recorder.Text(caller.Only<SessionEvent.Answered>().Body));
        var bye = Assert.Single(peer.Received, m => RawPeer.Method(m) == "BYE");
        Assert.Equal("two", RawPeer.TagOf(bye, "To"));
        Assert.Equal(2, peer.Received.Count(m => RawPeer.Method(m) == "ACK"));
        Assert.Null(caller.Ending);
    }

    [Fact]
    public void A_repeated_200_gets_its_ACK_again()
    {
        var peer = net.AddPeer("10.0.0.7");
        us.Call(peer.At);
        net.Run(20);
        var answer = peer.Response(peer.Received[0], 200, body: "v=1");
        for (var i = 0; i < 3; i++)
        {
            peer.Send(us.At, answer);
            net.Run(500);
        }
        Assert.Equal(3, peer.Received.Count(m => RawPeer.Method(m) == "ACK"));
    }

    [Fact]
    public void An_INVITE_without_offer_gets_ours_in_the_200_and_the_answer_in_the_ACK()
    {
        var peer = net.AddPeer("10.0.0.7");
        us.User.OnInvite = s => { s.Accept(Recorder.Bytes("our-offer")); return new Recorder { Session = s }; };
        peer.Send(us.At, peer.Request("INVITE", "a"));
        net.Run(50);
        Assert.EndsWith("our-offer", peer.Last, StringComparison.Ordinal);
        peer.Send(us.At, peer.Request("ACK", "b", toTag: RawPeer.TagOf(peer.Last, "To"), body: "their-answer"));
        net.Run(50);
        Assert.Equal("their-answer", Recorder.Text(us.User.Last.Only<SessionEvent.Established>().Body));
    }

    [Fact]
    public void Our_INVITE_without_offer_answers_theirs_in_the_ACK()
    {
        us.User.OnInvite = Recorder.Answering;
        var caller = carrier.Call(us.At, offer: "");
        net.Run(50);
        Assert.Equal("answer", Recorder.Text(caller.Only<SessionEvent.Answered>().Body));
        caller.Session.AnswerOffer(Recorder.Bytes("late-answer"));
        net.Run(50);
        Assert.Equal("late-answer", Recorder.Text(us.User.Last.Only<SessionEvent.Established>().Body));
    }

    [Fact]
    public void INFO_is_answered_and_told()
    {
        us.User.OnInvite = Recorder.Answering;
        var caller = carrier.Call(us.At);
        net.Run(100);
        caller.Session.Info("application/dtmf-relay", Recorder.Bytes("Signal=5"));
        net.Run(100);
        var info = us.User.Last.Only<SessionEvent.InfoReceived>();
        Assert.Equal(("application/dtmf-relay", "Signal=5"), (info.ContentType, Recorder.Text(info.Body)));
    }

    [Fact]
    public void An_INFO_waits_for_the_answer_of_the_one_before_so_that_none_that_was_lost_comes_too_late()
    {
        us.User.OnInvite = Recorder.Answering;
        var caller = carrier.Call(us.At);
        net.Run(100);
        var lost = 0;
        net.Loses = text => text.StartsWith("INFO", StringComparison.Ordinal) && lost++ == 0;
        foreach (var key in "123")
        {
            caller.Session.Info("application/dtmf-relay", Recorder.Bytes("Signal=" + key));
            net.Run(200);
        }
        net.Run(2000);
        Assert.Equal(
            ["Signal=1", "Signal=2", "Signal=3"],
            us.User.Last.Events.OfType<SessionEvent.InfoReceived>().Select(info => Recorder.Text(info.Body)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Calls_survive_a_network_that_loses_a_third_of_all_messages(int seed)
    {
        var dice = new Random(seed);
        net.Loses = _ => dice.Next(100) < 33;
        us.User.OnInvite = Recorder.Answering;
        var callers = Enumerable.Range(0, 20).Select(_ => carrier.Call(us.At)).ToList();
        net.Run(30_000);
        Assert.All(callers, c => Assert.True(c.Has<SessionEvent.Answered>()));
        Assert.Equal(20, us.User.Calls.Count);
        Assert.All(us.User.Calls, c => Assert.True(c.Has<SessionEvent.Established>()));
        foreach (var (i, caller) in callers.Index())
        {
            if (i % 2 == 0) caller.Session.Hangup();
            else us.User.Calls.Single(c => c.Session.SipCallId == caller.Session.SipCallId).Session.Hangup();
        }
        net.Run(40_000);
        Assert.All(callers.Concat(us.User.Calls), c => Assert.NotNull(c.Ending));
        AllQuiet();
    }

    [Fact]
    public void Shutting_down_ends_every_call_and_refuses_new_ones()
    {
        us.User.OnInvite = s =>
            { if (us.User.Calls.Count == 0) s.Accept(Recorder.Bytes("x")); else s.Ring(); return new Recorder { Session = s }; };
        var up = carrier.Call(us.At);
        net.Run(100);
        var ringing = carrier.Call(us.At);
        net.Run(100);
        us.Core.Shutdown();
        var late = carrier.Call(us.At);
        net.Run(200);
        Assert.Equal(SipEndingKind.Hangup, up.Ending!.Kind);
        Assert.Equal(new SipEnding(SipEndingKind.Unreachable, 503, "Service Unavailable"), ringing.Ending);
        Assert.Equal(503, late.Ending!.Status);
        Assert.True(us.Core.Quiet);
    }

    /// <summary>Nothing may be left over once all timers have run.</summary>
    private void AllQuiet()
    {
        net.Run(40_000);
        foreach (var node in new[] { us, carrier })
        {
            Assert.Empty(node.Core.Sessions);
            Assert.Equal(0, node.Core.Transactions.Count);
            Assert.Equal(0, node.Core.Timers.Count);
        }
    }
}
