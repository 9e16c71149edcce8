namespace Tccc.Sip.Tests;

/// <summary>RFC 4028.</summary>
public class SessionTimerTests
{
    private readonly TestNet net = new();
    private readonly Node us;

    public SessionTimerTests()
    {
        us = net.AddNode("10.0.0.1");
        us.User.OnInvite = Recorder.Answering;
    }

    [Fact]
    public void Two_agents_keep_a_long_call_alive_by_UPDATE_at_half_time()
    {
        var carrier = net.AddNode("10.0.0.9");
        var caller = carrier.Call(us.At);
        net.Run(3 * 3600_000);
        Assert.Null(caller.Ending);
        Assert.Null(us.User.Last.Ending);
        Assert.Equal(12, net.CountSent("UPDATE"), 1.0);
        Assert.False(us.User.Last.Has<SessionEvent.Offered>());
    }

    [Fact]
    public void A_peer_that_falls_silent_is_hung_up_when_the_interval_is_over()
    {
        var carrier = net.AddNode("10.0.0.9");
        var caller = carrier.Call(us.At);
        net.Run(1000);
        net.Loses = _ => true;
        net.Run(1_800_000);
        Assert.Equal(SipEndingKind.SessionExpired, us.User.Last.Ending!.Kind);
        Assert.NotNull(caller.Ending);
    }

    [Fact]
    public void Too_short_an_interval_is_refused_422_with_ours()
    {
        var peer = net.AddPeer("10.0.0.7");
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0", more: "Supported: timer\r\nSession-Expires: 60\r\n"));
        net.Run(20);
        Assert.Equal(422, RawPeer.Status(peer.Last));
        Assert.Equal("90", RawPeer.Header(peer.Last, "Min-SE"));
    }

    [Fact]
    public void The_peer_refreshes_when_it_can_and_we_do_when_it_cannot()
    {
        var peer = net.AddPeer("10.0.0.7");
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0", more: "Supported: timer\r\nSession-Expires: 600\r\n"));
        net.Run(20);
        Assert.Equal("600;refresher=uac", RawPeer.Header(peer.Last, "Session-Expires"));
        Assert.Equal("timer", RawPeer.Header(peer.Last, "Require"));
        peer.Send(us.At, peer.Request("INVITE", "b", callId: "call-2", body: "v=0"));
        net.Run(20);
        Assert.Equal("1800;refresher=uas", RawPeer.Header(peer.Last, "Session-Expires"));
        Assert.Empty(RawPeer.Header(peer.Last, "Require"));
    }

    [Fact]
    public void Without_UPDATE_we_refresh_by_reINVITE_with_the_same_description()
    {
        var peer = net.AddPeer("10.0.0.7");
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0", more: "Allow: INVITE, ACK, BYE\r\n"));
        net.Run(20);
        peer.Send(us.At, peer.Request("ACK", "b", toTag: RawPeer.TagOf(peer.Last, "To")));
        peer.Answers = m =>
            RawPeer.Method(m) == "INVITE" ? peer.Response(m, 200, body: "v=0", more: "Session-Expires: 1800;refresher=uac\r\n") : null;
        net.Run(901_000);
        var refresh = peer.Received.Single(m => RawPeer.Method(m) == "INVITE");
        Assert.EndsWith("answer", refresh, StringComparison.Ordinal);
        Assert.Equal("1800;refresher=uac", RawPeer.Header(refresh, "Session-Expires"));
        net.Run(100);
        Assert.Null(us.User.Last.Ending);
    }

    [Fact]
    public void Our_INVITE_is_sent_again_with_the_interval_that_422_asks_for()
    {
        var peer = net.AddPeer("10.0.0.7");
        peer.Answers = m => RawPeer.Method(m) != "INVITE" ? null
            : RawPeer.Header(m, "Session-Expires") == "1800"
                ? peer.Response(m, 422, more: "Min-SE: 3600\r\n")
                : peer.Response(m, 200, body: "v=0");
        var caller = us.Call(peer.At);
        net.Run(100);
        Assert.True(caller.Has<SessionEvent.Answered>());
        var second = peer.Received.Last(m => RawPeer.Method(m) == "INVITE");
        Assert.Equal(("3600", "3600"), (RawPeer.Header(second, "Session-Expires"), RawPeer.Header(second, "Min-SE")));
    }
}
