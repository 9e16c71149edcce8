namespace Tccc.Sip.Tests;

/// <summary>Changes of a running call, in-dialog rules and routes (RFC 3261 §12, §14; RFC 3311).</summary>
public class ChangeTests
{
    private readonly TestNet net = new();
    private readonly Node us, carrier;

    public ChangeTests()
    {
        us = net.AddNode("10.0.0.1");
        carrier = net.AddNode("10.0.0.9");
        us.User.OnInvite = Recorder.Answering;
    }

    [Fact]
    public void The_peer_holds_and_resumes()
    {
        var caller = Up();
        caller.Session.Modify(Recorder.Bytes("hold"));
        net.Run(100);
        Assert.Equal("hold", Recorder.Text(us.User.Last.Only<SessionEvent.Offered>().Body));
        Assert.Equal("changed", Recorder.Text(caller.Only<SessionEvent.Modified>().Body));
        caller.Session.Modify(Recorder.Bytes("resume"));
        net.Run(100);
        Assert.Equal(2, caller.Events.OfType<SessionEvent.Modified>().Count());
        Assert.Equal(3, net.CountSent("ACK"));
    }

    [Fact]
    public void A_refused_change_leaves_the_call_as_it_was()
    {
        var caller = Up();
        us.User.Last.Reacts = (r, e) => { if (e is SessionEvent.Offered) r.Session.RefuseOffer(488); };
        caller.Session.Modify(Recorder.Bytes("video"));
        net.Run(100);
        Assert.Equal(488, caller.Only<SessionEvent.ModifyRefused>().Status);
        Assert.Null(caller.Ending);
        caller.Session.Hangup();
        net.Run(100);
        Assert.Equal(SipEndingKind.Hangup, us.User.Last.Ending!.Kind);
    }

    [Fact]
    public void Changes_that_meet_are_refused_491_and_both_come_through_later()
    {
        var caller = Up();
        caller.Reacts = Recorder.TakesChanges;
        caller.Session.Modify(Recorder.Bytes("one"));
        us.User.Last.Session.Modify(Recorder.Bytes("two"));
        net.Run(10_000);
        Assert.Equal(2, net.CountSent("SIP/2.0 491"));
        Assert.True(caller.Has<SessionEvent.Modified>());
        Assert.True(us.User.Last.Has<SessionEvent.Modified>());
        Assert.Null(caller.Ending);
    }

    [Fact]
    public void Of_several_changes_in_a_row_the_last_is_what_stands()
    {
        var caller = Up();
        foreach (var offer in new[] { "a", "b", "c" }) caller.Session.Modify(Recorder.Bytes(offer));
        net.Run(1000);
        Assert.Equal("c", Recorder.Text(us.User.Last.Events.OfType<SessionEvent.Offered>().Last().Body));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Changes_survive_loss(int seed)
    {
        var caller = Up();
        var dice = new Random(seed);
        net.Loses = _ => dice.Next(100) < 30;
        caller.Session.Modify(Recorder.Bytes("hold"));
        net.Run(20_000);
        Assert.True(caller.Has<SessionEvent.Modified>());
        Assert.Single(us.User.Last.Events.OfType<SessionEvent.Offered>());
    }

    [Fact]
    public void An_empty_reINVITE_gets_our_offer_and_its_answer_is_told()
    {
        var (peer, tag) = PeerUp();
        peer.Send(us.At, peer.Request("INVITE", "re", cseq: 2, toTag: tag));
        net.Run(20);
        Assert.Empty(Recorder.Text(us.User.Last.Only<SessionEvent.Offered>().Body));
        Assert.EndsWith("changed", peer.Last, StringComparison.Ordinal);
        peer.Send(us.At, peer.Request("ACK", "re-ack", cseq: 2, toTag: tag, body: "their-answer"));
        net.Run(20);
        Assert.Equal("their-answer", Recorder.Text(us.User.Last.Only<SessionEvent.Modified>().Body));
    }

    [Fact]
    public void UPDATE_with_an_offer_is_a_change_and_without_one_a_refresh()
    {
        var (peer, tag) = PeerUp();
        peer.Send(us.At, peer.Request("UPDATE", "u1", cseq: 2, toTag: tag, body: "v=update"));
        net.Run(20);
        Assert.Equal("v=update", Recorder.Text(us.User.Last.Only<SessionEvent.Offered>().Body));
        Assert.EndsWith("changed", peer.Last, StringComparison.Ordinal);
        peer.Send(us.At, peer.Request("UPDATE", "u2", cseq: 3, toTag: tag));
        net.Run(20);
        Assert.Equal(200, RawPeer.Status(peer.Last));
        Assert.Single(us.User.Last.Events.OfType<SessionEvent.Offered>());
    }

    [Fact]
    public void A_BYE_during_a_change_answers_it_487()
    {
        var (peer, tag) = PeerUp();
        us.User.Last.Reacts = null;
        peer.Send(us.At, peer.Request("INVITE", "re", cseq: 2, toTag: tag, body: "v=re"));
        net.Run(20);
        peer.Send(us.At, peer.Request("BYE", "bye", cseq: 3, toTag: tag));
        net.Run(20);
        Assert.Contains(peer.Received, m => RawPeer.Status(m) == 487);
        Assert.Equal(SipEndingKind.Hangup, us.User.Last.Ending!.Kind);
    }

    [Fact]
    public void A_second_reINVITE_before_the_first_is_answered_gets_500_with_Retry_After()
    {
        var (peer, tag) = PeerUp();
        us.User.Last.Reacts = null;
        peer.Send(us.At, peer.Request("INVITE", "r1", cseq: 2, toTag: tag, body: "v=1"));
        peer.Send(us.At, peer.Request("INVITE", "r2", cseq: 3, toTag: tag, body: "v=2"));
        net.Run(20);
        Assert.Equal(500, RawPeer.Status(peer.Last));
        Assert.NotEmpty(RawPeer.Header(peer.Last, "Retry-After"));
    }

    [Theory]
    [InlineData("INFO", 2, "wrong", 481)]
    [InlineData("INFO", 1, null, 500)]
    [InlineData("REFER", 2, null, 405)]
    [InlineData("OPTIONS", 2, null, 200)]
    public void Requests_inside_a_dialog_keep_to_its_tags_order_and_methods(string method, int cseq, string? fromTag, int status)
    {
        var (peer, tag) = PeerUp();
        peer.Send(us.At, peer.Request(method, "x", cseq: cseq, toTag: tag, fromTag: fromTag ?? "peer"));
        net.Run(20);
        Assert.Equal(status, RawPeer.Status(peer.Last));
        Assert.Null(us.User.Last.Ending);
    }

    [Fact]
    public void Require_100rel_is_refused_420()
    {
        var peer = net.AddPeer("10.0.0.7");
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0", more: "Require: 100rel\r\n"));
        net.Run(20);
        Assert.Equal(420, RawPeer.Status(peer.Last));
        Assert.Equal("100rel", RawPeer.Header(peer.Last, "Unsupported"));
        Assert.Empty(us.User.Calls);
    }

    [Fact]
    public void Requests_follow_the_recorded_route_through_a_loose_router()
    {
        var proxy = net.AddPeer("10.0.0.5");
        var (peer, tag) = PeerUp("Record-Route: <sip:10.0.0.5;lr>, <sip:10.0.0.6;lr>\r\n");
        us.User.Last.Session.Hangup();
        net.Run(20);
        Assert.DoesNotContain(peer.Received, m => RawPeer.Method(m) == "BYE");
        Assert.StartsWith($"BYE sip:13900001111@{peer.At} SIP/2.0", proxy.Last, StringComparison.Ordinal);
        Assert.Equal("<sip:10.0.0.5;lr>, <sip:10.0.0.6;lr>", RawPeer.Header(proxy.Last, "Route"));
        Assert.Equal(tag, RawPeer.TagOf(proxy.Last, "From"));
    }

    [Fact]
    public void A_strict_router_gets_itself_as_Request_URI_and_the_target_last()
    {
        var proxy = net.AddPeer("10.0.0.5");
        var (peer, _) = PeerUp("Record-Route: <sip:10.0.0.5>\r\n");
        us.User.Last.Session.Hangup();
        net.Run(20);
        Assert.StartsWith("BYE sip:10.0.0.5 SIP/2.0", proxy.Last, StringComparison.Ordinal);
        Assert.Equal($"<sip:13900001111@{peer.At}>", RawPeer.Header(proxy.Last, "Route"));
    }

    [Fact]
    public void Behind_NAT_requests_go_back_to_where_its_messages_come_from()
    {
        var peer = net.AddPeer("10.0.0.7", 40_000);
        var invite = peer.Request("INVITE", "a", body: "v=0")
            .Replace("Via: SIP/2.0/UDP 10.0.0.7:40000", "Via: SIP/2.0/UDP 192.168.1.5:5060", StringComparison.Ordinal)
            .Replace("Contact: <sip:13900001111@10.0.0.7:40000>", "Contact: <sip:13900001111@192.168.1.5:5060>", StringComparison.Ordinal);
        peer.Send(us.At, invite);
        net.Run(20);
        Assert.Contains(";received=10.0.0.7;rport=40000", RawPeer.Header(peer.Last, "Via"), StringComparison.Ordinal);
        peer.Send(us.At, peer.Request("ACK", "b", toTag: RawPeer.TagOf(peer.Last, "To")));
        net.Run(20);
        us.User.Last.Session.Hangup();
        net.Run(20);
        Assert.StartsWith("BYE sip:13900001111@192.168.1.5:5060 SIP/2.0", peer.Last, StringComparison.Ordinal);
    }

    private Recorder Up()
    {
        var caller = carrier.Call(us.At);
        net.Run(100);
        Assert.True(us.User.Last.Has<SessionEvent.Established>());
        return caller;
    }

    private (RawPeer Peer, string Tag) PeerUp(string more = "")
    {
        var peer = net.AddPeer("10.0.0.7");
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0", more: more));
        net.Run(20);
        var tag = RawPeer.TagOf(peer.Last, "To");
        peer.Send(us.At, peer.Request("ACK", "b", toTag: tag));
        net.Run(20);
        Assert.True(us.User.Last.Has<SessionEvent.Established>());
        return (peer, tag);
    }
}
