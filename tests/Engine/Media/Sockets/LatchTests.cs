using System.Net;
using Tccc.Media.Sockets;

namespace Tccc.Media.Tests.Sockets;

public class LatchTests
{
    private Latch latch = new(TimeSpan.FromSeconds(5));

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
    [Trait("Case", "F-C5")]
    public void A_phone_behind_NAT_is_where_its_packets_come_from_when_its_signalling_comes_from_there_too()
    {
        Signal("10.0.0.5:4000");
        latch.SignalledFrom(IPAddress.Parse("203.0.113.9"));
        Assert.False(From("203.0.113.8:61000", 0));
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
    [Trait("Case", "F-C5")]
    public void After_silence_another_port_of_the_host_may_take_over_and_no_other_host()
    {
        Signal("192.0.2.1:4000");
        From("192.0.2.1:4000", 0);
        Assert.False(From("192.0.2.1:4002", 5));
        Assert.False(From("192.0.2.2:4000", 60));
        Assert.True(From("192.0.2.1:4002", 60));
        Assert.False(From("192.0.2.1:4000", 60.1));
    }

    [Fact]
    [Trait("Case", "F-C5")]
    public void Before_the_first_packet_of_the_phone_nobody_else_is_it()
    {
        Signal("192.0.2.1:4000");
        Assert.False(From("192.0.2.66:4000", 0));
        Assert.Equal(At("192.0.2.1:4000"), latch.Target);
        Assert.True(From("192.0.2.1:4000", 0.1));
        Assert.False(new Latch(TimeSpan.FromSeconds(5)).Accept(At("192.0.2.1:4000"), TimeSpan.Zero));
    }

    [Fact]
    [Trait("Case", "F-C5")]
    public void Where_any_host_may_send_first_the_right_one_takes_back_what_another_took()
    {
        latch = new(TimeSpan.FromSeconds(5), anyHost: true);
        Signal("192.0.2.1:4000");
        latch.SignalledFrom(IPAddress.Parse("203.0.113.9"));
        Assert.True(From("192.0.2.66:1", 0));
        Assert.True(From("203.0.113.9:7000", 0.1));
        Assert.False(From("192.0.2.66:1", 0.2));
        Assert.True(From("192.0.2.1:4000", 0.3));
        Assert.False(From("203.0.113.9:7000", 0.4));
        Assert.False(From("192.0.2.66:1", 60));
    }

    [Fact]
    [Trait("Case", "F-B8")]
    public void An_IPv4_address_is_the_same_host_in_either_form()
    {
        Signal("[::ffff:192.0.2.1]:4000");
        Assert.True(From("[::ffff:192.0.2.1]:4002", 0));
        Assert.True(latch.IsPeersHost(At("192.0.2.1:9")));
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
        latch.SignalledFrom(IPAddress.Parse("203.0.113.9"));
        Signal("10.0.0.5:4000");
        From("203.0.113.9:61000", 0);
        Signal("10.0.0.5:4002", 1);
        Assert.True(From("203.0.113.9:61000", 2.5));
        Assert.Equal(At("203.0.113.9:61000"), latch.Target);
    }
}
