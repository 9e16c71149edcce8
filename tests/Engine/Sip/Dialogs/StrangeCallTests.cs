using System.Net;

namespace Tccc.Sip.Tests;

/// <summary>INVITEs that are out of the ordinary, and what others may do to a call that is not theirs.</summary>
public class StrangeCallTests
{
    private readonly TestNet net = new();
    private readonly Node us;
    private readonly RawPeer peer;

    public StrangeCallTests()
    {
        us = net.AddNode("10.0.0.1");
        peer = net.AddPeer("10.0.0.7");
    }

    [Theory]
    [Trait("Case", "F-B7")]
    [InlineData(3, 3_000)]
    [InlineData(0, 0)]
    public void An_INVITE_whose_own_time_ran_out_ends_with_487(int seconds, int after)
    {
        us.User.OnInvite = Ringing;
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0", more: $"Expires: {seconds}\r\n"));
        net.Run(Math.Max(0, after - 100) + 20);
        if (after > 0) Assert.Equal(180, RawPeer.Status(peer.Last));
        net.Run(200);
        Assert.Equal(487, RawPeer.Status(peer.Last));
        Assert.Equal(new SipEnding(SipEndingKind.Expired, 487), us.User.Last.Ending);
        Assert.Empty(us.Core.Sessions);
    }

    [Fact]
    [Trait("Case", "F-B7")]
    public void An_INVITE_that_is_answered_in_its_time_stays_when_the_time_is_over()
    {
        us.User.OnInvite = Recorder.Answering;
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0", more: "Expires: 3\r\n"));
        net.Run(20);
        peer.Send(us.At, peer.Request("ACK", "b", toTag: RawPeer.TagOf(peer.Last, "To")));
        net.Run(10_000);
        Assert.Null(us.User.Last.Ending);
        Assert.Equal(0, net.CountSent("BYE"));
    }

    [Theory]
    [Trait("Case", "F-A5")]
    [InlineData("", "v=0", true)]
    [InlineData("", "", true)]
    [InlineData("v=0", "", false)]
    public void The_ACK_says_whether_it_owes_an_answer_and_brings_it(string offer, string answer, bool due)
    {
        us.User.OnInvite = Recorder.Answering;
        peer.Send(us.At, peer.Request("INVITE", "a", body: offer));
        net.Run(20);
        peer.Send(us.At, peer.Request("ACK", "b", toTag: RawPeer.TagOf(peer.Last, "To"), body: answer));
        net.Run(20);
        var established = us.User.Last.Only<SessionEvent.Established>();
        Assert.Equal((due, answer), (established.AnswerDue, Recorder.Text(established.Body)));
    }

    [Fact]
    [Trait("Case", "F-B4")]
    public void The_description_is_taken_out_of_multipart_bodies_everywhere_in_a_call()
    {
        us.User.OnInvite = Recorder.Answering;
        peer.Send(us.At, Multipart(peer.Request("INVITE", "a", body: Body("v=0"))));
        net.Run(20);
        Assert.Equal("v=0", Recorder.Text(us.User.Last.Session.Body));
        var tag = RawPeer.TagOf(peer.Last, "To");
        peer.Send(us.At, peer.Request("ACK", "b", toTag: tag));
        peer.Send(us.At, Multipart(peer.Request("INVITE", "c", cseq: 2, toTag: tag, body: Body("v=1"))));
        net.Run(20);
        Assert.Equal("v=1", Recorder.Text(us.User.Last.Only<SessionEvent.Offered>().Body));
        peer.Send(us.At, peer.Request("ACK", "d", cseq: 2, toTag: tag));
        peer.Send(us.At, Multipart(peer.Request("UPDATE", "e", cseq: 3, toTag: tag,
            body: "--d1\r\nContent-Type: a/b\r\n\r\n?\r\n--d1--\r\n")));
        net.Run(20);
        Assert.Equal(415, RawPeer.Status(peer.Last));
        Assert.Equal(SdpBody.Accepted, RawPeer.Header(peer.Last, "Accept"));

        var call = us.Call(peer.At);
        net.Run(20);
        peer.Send(us.At, Multipart(peer.Response(peer.Last, 200, body: Body("v=2"))));
        net.Run(20);
        Assert.Equal("v=2", Recorder.Text(call.Only<SessionEvent.Answered>().Body));
    }

    [Fact]
    [Trait("Case", "F-C7")]
    public void Nobody_else_can_cancel_end_or_change_a_call()
    {
        us.User.OnInvite = Ringing;
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0"));
        net.Run(20);
        var thief = net.AddPeer("10.0.0.8");
        // word for word what the caller would send, from elsewhere
        thief.Send(us.At, peer.Request("CANCEL", "a"));
        foreach (var method in new[] { "BYE", "INVITE", "UPDATE", "INFO" })
            thief.Send(us.At, thief.Request(method, method, cseq: 2, toTag: "guess", body: method == "INVITE" ? "v=0" : ""));
        net.Run(20);
        Assert.Equal([481, 481, 481, 481, 481], thief.Received.Select(RawPeer.Status));
        Assert.Null(us.User.Last.Ending);
        peer.Send(us.At, peer.Request("CANCEL", "a"));
        net.Run(20);
        Assert.Equal(SipEndingKind.Cancelled, us.User.Last.Ending!.Kind);
    }

    [Theory]
    [InlineData("REFER", "Refer-To: <sip:1@10.0.0.9>\r\n")]
    [InlineData("SUBSCRIBE", "")]
    [InlineData("NOTIFY", "")]
    public void What_is_not_built_is_answered_405_with_what_is_and_the_call_goes_on(string method, string lines)
    {
        us.User.OnInvite = Recorder.Answering;
        peer.Send(us.At, peer.Request("INVITE", "a", body: "v=0", more: "Replaces: other;to-tag=1;from-tag=2\r\n"));
        net.Run(20);
        var tag = RawPeer.TagOf(peer.Last, "To");
        peer.Send(us.At, peer.Request("ACK", "b", toTag: tag));
        peer.Send(us.At, peer.Request(method, "c", cseq: 2, toTag: tag, more: lines));
        peer.Send(us.At, peer.Request(method, "d", callId: "new", more: lines));
        peer.Send(us.At, peer.Request("INVITE", "e", callId: "replacing", body: "v=0",
            more: "Require: replaces\r\nReplaces: call-1;to-tag=1;from-tag=2\r\n"));
        net.Run(20);
        Assert.Equal([405, 405, 420], peer.Received.TakeLast(3).Select(RawPeer.Status));
        Assert.All(peer.Received.TakeLast(3).Take(2), answer => Assert.Equal(Methods.Allowed, RawPeer.Header(answer, "Allow")));
        Assert.Null(us.User.Last.Ending);
    }

    [Theory]
    [Trait("Case", "F-C15")]
    [InlineData(false)]
    [InlineData(true)]
    public void Calls_that_are_not_answered_or_not_acknowledged_are_few_a_source(bool answered)
    {
        var few = net.AddNode("10.0.0.3", new SipOptions { MaxUnfinishedCalls = 2 });
        few.User.OnInvite = answered ? Recorder.Answering : Ringing;
        for (var i = 0; i < 3; i++) peer.Send(few.At, peer.Request("INVITE", "b" + i, callId: "c" + i, body: "v=0"));
        net.Run(20);
        var refused = Assert.Single(peer.Received, answer => RawPeer.Status(answer) == 503);
        Assert.Equal(("c2", "5"), (RawPeer.Header(refused, "Call-ID"), RawPeer.Header(refused, "Retry-After")));
        Assert.Equal(2, few.User.Calls.Count);
        // another one's calls are not counted with them
        var other = net.AddPeer("10.0.0.9");
        other.Send(few.At, other.Request("INVITE", "o", callId: "o", body: "v=0"));
        net.Run(20);
        Assert.Equal(3, few.User.Calls.Count);
        // one that is done with makes room for one
        var first = peer.Received.First(r => RawPeer.Header(r, "Call-ID") == "c0" && RawPeer.Status(r) > 100);
        var tag = answered ? RawPeer.TagOf(first, "To") : null;
        peer.Send(few.At, peer.Request(answered ? "ACK" : "CANCEL", answered ? "ack" : "b0", callId: "c0", toTag: tag));
        net.Run(20);
        for (var i = 3; i < 5; i++) peer.Send(few.At, peer.Request("INVITE", "b" + i, callId: "c" + i, body: "v=0"));
        net.Run(20);
        Assert.Equal(4, few.User.Calls.Count);
        Assert.Equal(["c2", "c4"],
            peer.Received.Where(answer => RawPeer.Status(answer) == 503).Select(answer => RawPeer.Header(answer, "Call-ID")));
        // and what nobody acknowledges is over after 64 * T1
        if (answered) net.Run(TransactionTimes.Limit * 3);
        else foreach (var call in few.User.Calls) call.Session.Reject(486);
        net.Run(1000);
        Assert.True(few.Core.Unfinished.TryBegin(peer.At.Address.ToString(), 1));
    }

    [Fact]
    [Trait("Case", "F-C15")]
    public void INVITEs_of_a_stranger_leave_nothing_behind_whatever_their_Call_ID()
    {
        us.User.Admits = (_, _) => new Admission.Refused();
        for (var i = 0; i < 500; i++) peer.Send(us.At, peer.Request("INVITE", "b" + i, callId: "c" + i, body: "v=0"));
        net.Run(20);
        Assert.Equal(500, peer.Received.Count(answer => RawPeer.Status(answer) == 403));
        Assert.Equal((0, 0), (us.Core.Transactions.Count, us.Core.Sessions.Count));
    }

    private static Recorder Ringing(SipSession session)
    {
        session.Ring();
        return new Recorder { Session = session };
    }

    private static string Body(string sdp) =>
        $"--d1\r\nContent-Type: application/isup\r\nContent-Disposition: signal;handling=optional\r\n\r\n?\r\n--d1\r\nContent-Type: application/sdp\r\n\r\n{sdp}\r\n--d1--\r\n";

    private static string Multipart(string message) =>
        message.Replace("Content-Type: application/sdp\r\nContent-Length", "Content-Type: multipart/mixed;boundary=d1\r\nContent-Length",
            StringComparison.Ordinal);
}
