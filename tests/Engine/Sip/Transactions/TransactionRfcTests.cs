namespace Tccc.Sip.Tests;

/// <summary>RFC 3261 §17 with RFC 6026, seen from the wire: what is repeated when, and when it stops.</summary>
public class TransactionRfcTests
{
    private readonly TestNet net = new() { Delay = 0 };
    private readonly Node us;
    private readonly RawPeer peer;

    public TransactionRfcTests()
    {
        us = net.AddNode("10.0.0.1");
        peer = net.AddPeer("10.0.0.7");
    }

    [Fact]
    public void Timer_A_doubles_until_timer_B()
    {
        us.Call(peer.At);
        net.Run(60_000);
        Assert.Equal([0, 500, 1500, 3500, 7500, 15_500, 31_500], Times("INVITE"));
    }

    [Fact]
    public void A_provisional_answer_stops_the_repeating()
    {
        us.Call(peer.At);
        net.Run(600);
        peer.Send(us.At, peer.Response(peer.Received[0], 100));
        net.Run(60_000);
        Assert.Equal([0, 500], Times("INVITE"));
    }

    [Fact]
    public void A_refusal_is_acknowledged_each_time_it_comes_within_timer_D()
    {
        var caller = us.Call(peer.At);
        net.Run(10);
        var refusal = peer.Response(peer.Received[0], 486);
        for (var i = 0; i < 3; i++)
        {
            peer.Send(us.At, refusal);
            net.Run(10_000);
        }
        net.Run(10_000);
        peer.Send(us.At, refusal);
        net.Run(100);
        Assert.Equal(3, Times("ACK").Count());
        var (invite, ack) = (peer.Received[0], peer.Received.First(m => RawPeer.Method(m) == "ACK"));
        Assert.Equal(RawPeer.Header(invite, "Via"), RawPeer.Header(ack, "Via"));
        Assert.Equal(SipEndingKind.Busy, caller.Ending!.Kind);
    }

    [Fact]
    public void Timer_E_doubles_to_T2_until_timer_F()
    {
        Up();
        us.User.Last.Session.Hangup();
        net.Run(60_000);
        var first = Times("BYE").First();
        Assert.Equal([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500], Times("BYE").Select(t => t - first));
        Assert.True(us.Core.Quiet);
    }

    [Fact]
    public void Timer_G_repeats_a_refusal_until_its_ACK_or_timer_H()
    {
        us.User.OnInvite = s => { s.Reject(486); return new Recorder { Session = s }; };
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0"));
        net.Run(60_000);
        Assert.Equal([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500], Times("SIP/2.0 486"));

        peer.Send(us.At, peer.Request("INVITE", "b", callId: "call-2", body: "v=0"));
        net.Run(600);
        peer.Send(us.At, peer.Request("ACK", "b", callId: "call-2", toTag: RawPeer.TagOf(peer.Last, "To")));
        net.Run(60_000);
        Assert.Equal(13, Times("SIP/2.0 486").Count());
        Assert.Equal(0, us.Core.Transactions.Count);
    }

    [Fact]
    public void A_repeated_INVITE_gets_the_last_answer_and_none_once_it_was_accepted()
    {
        var invite = peer.Request("INVITE", "a", body: "v=0");
        peer.Send(us.At, invite);
        peer.Send(us.At, invite);
        net.Run(10);
        Assert.Equal([100], peer.Received.Select(RawPeer.Status));
        us.User.Last.Session.Ring();
        net.Run(10);
        peer.Send(us.At, invite);
        net.Run(10);
        Assert.Equal([100, 180, 180], peer.Received.Select(RawPeer.Status));
        us.User.Last.Session.Accept(Recorder.Bytes("x"));
        net.Run(10);
        peer.Send(us.At, invite);
        net.Run(10);
        Assert.Equal([100, 180, 180, 200], peer.Received.Select(RawPeer.Status));
        Assert.Single(us.User.Calls);
    }

    [Fact]
    public void A_repeated_plain_request_gets_the_same_answer_for_timer_J()
    {
        var options = peer.Request("OPTIONS", "o");
        peer.Send(us.At, options);
        net.Run(31_000);
        peer.Send(us.At, options);
        net.Run(10);
        Assert.Equal(2, peer.Received.Count);
        Assert.Equal(peer.Received[0], peer.Received[1]);
        Assert.Equal(1, us.Core.Transactions.Count);
        net.Run(2000);
        Assert.Equal(0, us.Core.Transactions.Count);
    }

    [Fact]
    public void The_same_request_by_another_way_is_a_loop()
    {
        peer.Send(us.At, peer.Request("INVITE", "way-1", body: "v=0"));
        peer.Send(us.At, peer.Request("INVITE", "way-2", body: "v=0"));
        net.Run(10);
        Assert.Equal(482, RawPeer.Status(peer.Last));
        Assert.Single(us.User.Calls);
    }

    [Theory]
    [Trait("Case", "F-B6")]
    [InlineData("INVITE", 100)]
    [InlineData("OPTIONS", 200)]
    [InlineData("REGISTER", 401)]
    [InlineData("BYE", 481)]
    [InlineData("MESSAGE", 405)]
    public void A_request_with_no_hops_left_has_arrived_and_is_answered_as_any_other(string method, int status)
    {
        peer.Send(us.At, peer.Request(method, "a", maxForwards: 0, body: method == "INVITE" ? "v=0" : ""));
        net.Run(TransactionTimes.Trying + 10);
        Assert.Equal(status, RawPeer.Status(peer.Last));
        Assert.Equal(method == "INVITE" ? 1 : 0, us.User.Calls.Count);
    }

    [Fact]
    public void OPTIONS_says_what_is_understood()
    {
        peer.Send(us.At, peer.Request("OPTIONS", "o"));
        net.Run(10);
        Assert.Equal(200, RawPeer.Status(peer.Last));
        Assert.Equal("INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REGISTER", RawPeer.Header(peer.Last, "Allow"));
        Assert.Equal(SdpBody.Accepted, RawPeer.Header(peer.Last, "Accept"));
    }

    [Fact]
    public void Without_rport_the_answer_goes_to_the_port_in_Via()
    {
        var listening = net.AddPeer("10.0.0.7", 5066);
        peer.Send(
            us.At, peer.Request("OPTIONS", "o").Replace(";rport", "", StringComparison.Ordinal)
                .Replace("Via: SIP/2.0/UDP 10.0.0.7:5060", "Via: SIP/2.0/UDP 10.0.0.7:5066", StringComparison.Ordinal));
        net.Run(10);
        Assert.Equal(200, RawPeer.Status(listening.Last));
    }

    [Fact, Trait("Case", "F-C1")]
    public void Past_the_limit_of_transactions_requests_are_refused_without_state_and_one_address_has_at_most_half()
    {
        var small = net.AddNode("10.0.0.2", new SipOptions { MaxTransactions = 4 });
        var others = new[] { "10.0.0.8", "10.0.0.9" }.Select(address => net.AddPeer(address)).ToList();
        foreach (var one in (RawPeer[])[peer, .. others])
        {
            for (var i = 0; i < 4; i++) one.Send(small.At, one.Request("OPTIONS", $"o{i}{one.At}", callId: $"c{i}{one.At}"));
            net.Run(10);
        }
        Assert.Equal([200, 200, 503, 503], peer.Received.Select(RawPeer.Status));
        Assert.Equal([200, 200, 503, 503], others[0].Received.Select(RawPeer.Status));
        Assert.Equal([503, 503, 503, 503], others[1].Received.Select(RawPeer.Status));
        Assert.Equal("10", RawPeer.Header(peer.Last, "Retry-After"));
        Assert.Equal(4, small.Core.Transactions.Count);
        net.Run(TransactionTimes.Limit);
        Assert.Equal(0, small.Core.Transactions.Count);
        peer.Send(small.At, peer.Request("OPTIONS", "again", callId: "again"));
        net.Run(10);
        Assert.Equal(200, RawPeer.Status(peer.Last));
    }

    [Fact, Trait("Case", "F-C1")]
    public void Phones_have_a_part_of_the_transactions_and_leave_the_others_to_carriers()
    {
        var small = net.AddNode("10.0.0.2", new SipOptions { MaxTransactions = 16 });
        Assert.Equal([2, 4, 4], Enumerable.Range(1, 3).Select(i => Asked($"10.0.1.{i}", Share.Phone)));
        Assert.Equal(12, Asked("10.0.0.8", Share.Carrier));
        net.Run(TransactionTimes.Limit);
        Assert.Equal(2, Asked("10.0.1.3", Share.Phone));

        int Asked(string address, Share share)
        {
            var from = net.AddPeer(address);
            var hop = new Hop(SipTransport.Udp, from.At) { Source = new Source(share) };
            for (var i = 0; i < 10; i++)
            {
                var bytes = System.Text.Encoding.UTF8.GetBytes(from.Request("OPTIONS", $"p{i}{address}", callId: $"p{i}{address}"));
                small.Core.Receive(hop, bytes, 0, bytes.Length, net.Now);
            }
            return small.Core.Transactions.Count;
        }
    }

    [Fact]
    public void A_transport_that_fails_ends_what_waits_for_it()
    {
        var caller = us.Call(peer.At);
        net.Run(10);
        us.Core.TransportFailed(h => h.Remote.Equals(peer.At), net.Now);
        Assert.Equal(SipEndingKind.TransportFailed, caller.Ending!.Kind);
        Assert.Equal(0, us.Core.Transactions.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("\0\0\0\0")]
    [InlineData("hello\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a;branch=z9hG4bKnone\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\n\r\n")]
    public void Noise_gets_no_answer(string text)
    {
        peer.Send(us.At, text);
        net.Run(10);
        Assert.Empty(peer.Received);
    }

    private IEnumerable<long> Times(string start) =>
        net.Log.Where(l => l.From.Equals(us.At) && l.Text.StartsWith(start, StringComparison.Ordinal)).Select(l => l.At);

    private void Up()
    {
        us.User.OnInvite = Recorder.Answering;
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0"));
        net.Run(10);
        peer.Send(us.At, peer.Request("ACK", "b", toTag: RawPeer.TagOf(peer.Last, "To")));
        net.Run(10);
    }
}
