namespace Tccc.Sip.Tests;

/// <summary>A call that ended keeps what a retransmission needs and nothing else (RFC 3261 §17, RFC 6026).</summary>
[Collection(Name)]
public class EndedMemoryTests
{
    internal const string Name = "heap";

    private const int Calls = 500;
    private const int MostBytes = 4096;

    private static readonly string Sdp = new('a', 400);

    private readonly TestNet net = new() { Keeps = false };
    private readonly Node us, other;

    public EndedMemoryTests()
    {
        us = net.AddNode("10.0.0.1");
        other = net.AddNode("10.0.0.9");
        foreach (var node in (Node[])[us, other])
        {
            node.User.OnInvite = Recorder.Answering;
            node.User.Keeps = false;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_two_sides_of_a_call_that_ended_hold_at_most_4_KB_and_after_the_timers_nothing(bool callerHangsUp)
    {
        Make(50, callerHangsUp);
        net.Run(60_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Make(Calls, callerHangsUp);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(held / Calls, 1, MostBytes);
        net.Run(60_000);
        Assert.Equal(0, us.Core.Transactions.Count + other.Core.Transactions.Count);
        GC.KeepAlive(us);
    }

    [Fact]
    public void What_comes_late_is_answered_as_before()
    {
        var answered = 0;
        var peer = net.AddPeer("10.0.0.7");
        peer.Send(us.At, peer.Request("INVITE", "late", body: Sdp));
        net.Run(20);
        Assert.Equal(200, RawPeer.Status(peer.Last));
        var tag = RawPeer.TagOf(peer.Last, "To");
        peer.Send(us.At, peer.Request("ACK", "late-ack", toTag: tag));
        peer.Send(us.At, peer.Request("BYE", "bye", cseq: 2, toTag: tag));
        net.Run(20);
        var first = peer.Last;
        Assert.Equal(200, RawPeer.Status(first));
        // the BYE again: the same answer; the INVITE again: silence, its 2xx was acknowledged; a CANCEL of it: 200 without effect
        peer.Send(us.At, peer.Request("BYE", "bye", cseq: 2, toTag: tag));
        net.Run(20);
        Assert.Equal(first, peer.Last);
        answered = peer.Received.Count;
        peer.Send(us.At, peer.Request("INVITE", "late", body: Sdp));
        net.Run(20);
        Assert.Equal(answered, peer.Received.Count);
        peer.Send(us.At, peer.Request("CANCEL", "late"));
        net.Run(20);
        Assert.Equal(200, RawPeer.Status(peer.Last));
        Assert.Equal(tag, RawPeer.TagOf(peer.Last, "To"));
    }

    [Fact]
    public void A_2xx_that_comes_again_after_the_call_ended_is_acknowledged_again_and_one_of_a_fork_is_hung_up()
    {
        var peer = net.AddPeer("10.0.0.7");
        peer.Answers = text => RawPeer.Method(text) == "BYE" ? peer.Response(text, 200) : null;
        var caller = us.Call(peer.At, Sdp);
        net.Run(20);
        var invite = peer.Last;
        var success = peer.Response(invite, 200, tag: "one", body: Sdp);
        peer.Send(us.At, success);
        net.Run(20);
        var ack = peer.Last;
        Assert.Equal("ACK", RawPeer.Method(ack));
        caller.Session.Hangup();
        net.Run(100);
        Assert.Empty(us.Core.Sessions);
        peer.Send(us.At, success);
        net.Run(20);
        Assert.Equal(ack, peer.Last);
        peer.Send(us.At, peer.Response(invite, 200, tag: "two", body: Sdp));
        net.Run(20);
        var fork = peer.Received.TakeLast(2).ToList();
        Assert.Equal(["ACK", "BYE"], fork.Select(RawPeer.Method));
        Assert.All(fork, text => Assert.Equal("two", RawPeer.TagOf(text, "To")));
    }

    private void Make(int count, bool callerHangsUp)
    {
        var callers = Enumerable.Range(0, count).Select(_ => us.Call(other.At, Sdp)).ToList();
        net.Run(500);
        Assert.All(callers, caller => Assert.True(caller.Has<SessionEvent.Answered>()));
        if (callerHangsUp)
        {
            foreach (var caller in callers) caller.Session.Hangup();
        }
        else
        {
            foreach (var session in other.Core.Sessions.Values.ToList()) session.Hangup();
        }
        net.Run(500);
        Assert.All(callers, caller => Assert.NotNull(caller.Ending));
    }
}

/// <summary>What others allocate meanwhile would be counted.</summary>
[CollectionDefinition(EndedMemoryTests.Name, DisableParallelization = true)]
public sealed class HeapCollection;
