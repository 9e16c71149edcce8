using System.Net;
using Tccc.Media.Sockets;

namespace Tccc.Media.Tests.Sockets;

public class LatchTests
{
    private readonly Latch latch = new(TimeSpan.FromSeconds(5));

    private static PeerAddress At(string address) => PeerAddress.From(IPEndPoint.Parse(address));

    private bool From(string address, double seconds) => latch.Accept(At(address), TimeSpan.FromSeconds(seconds));

    private void Signal(string address, double seconds = 0) => latch.Signal(At(address), TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Before_any_packet_the_description_tells_where_to_send()
    {
        Assert.False(latch.Target.IsSet);
        Signal("192.0.2.1:4000");
        Assert.Equal(At("192.0.2.1:4000"), latch.Target);
    }

    [Fact]
    public void A_phone_behind_NAT_is_where_its_packets_come_from()
    {
        Signal("10.0.0.5:4000");
        Assert.True(From("203.0.113.9:61000", 0));
        Assert.Equal(At("203.0.113.9:61000"), latch.Target);
    }

    [Fact]
    public void A_stranger_is_refused_after_latching()
    {
        Signal("192.0.2.1:4000");
        Assert.True(From("192.0.2.1:4000", 0));
        Assert.False(From("192.0.2.66:4000", 0.1));
        Assert.False(From("192.0.2.1:4002", 0.2));
        Assert.Equal(At("192.0.2.1:4000"), latch.Target);
    }

    [Fact]
    public void After_silence_another_address_may_take_over()
    {
        From("192.0.2.1:4000", 0);
        Assert.False(From("192.0.2.2:4000", 5));
        Assert.True(From("192.0.2.2:4000", 5.1));
        Assert.False(From("192.0.2.1:4000", 5.2));
    }

    [Fact]
    public void The_signalled_address_takes_over_from_a_first_comer()
    {
        Signal("192.0.2.1:4000");
        Assert.True(From("192.0.2.66:1", 0));
        Assert.True(From("192.0.2.1:4000", 0.1));
        Assert.False(From("192.0.2.66:1", 0.2));
    }

    [Fact]
    public void A_reoffer_with_a_new_address_moves_the_peer_and_the_same_address_does_not()
    {
        Signal("192.0.2.1:4000");
        From("192.0.2.1:4000", 0);
        Signal("192.0.2.1:4000", 1);
        Assert.False(From("192.0.2.66:1", 1.1));
        Signal("192.0.2.7:4000", 2);
        Assert.Equal(At("192.0.2.7:4000"), latch.Target);
        Assert.True(From("192.0.2.1:4000", 2.1));
        Assert.True(From("192.0.2.7:4000", 2.2));
        Assert.False(From("192.0.2.1:4000", 2.3));
    }

    [Fact]
    public void A_peer_that_still_sends_from_the_old_address_a_second_later_has_not_moved()
    {
        Signal("10.0.0.5:4000");
        From("203.0.113.9:61000", 0);
        Signal("10.0.0.5:4002", 1);
        Assert.True(From("203.0.113.9:61000", 2.5));
        Assert.Equal(At("203.0.113.9:61000"), latch.Target);
    }
}
