using System.Net;

namespace Tccc.Sip.Tests;

[Trait("Case", "F-C1")]
public class SourcesTests
{
    private readonly Dictionary<string, Share> known = [];
    private readonly Sources sources;

    public SourcesTests() => sources = new(address => known.GetValueOrDefault(address.ToString()), maxConnections: 1000);

    [Fact]
    public void A_stranger_has_a_burst_and_then_so_many_a_second_and_a_carrier_as_many_as_it_likes()
    {
        known["10.0.0.1"] = Share.Carrier;
        Assert.Equal(Sources.StrangerBurst, Turns(At("10.0.0.9"), 0, 10_000));
        Assert.Equal(Sources.StrangerMessages, Turns(At("10.0.0.9"), 1000, 10_000));
        Assert.Equal(10_000, Turns(At("10.0.0.1"), 1000, 10_000));
    }

    [Fact]
    public void All_strangers_together_have_a_bound_that_a_phone_is_not_in()
    {
        known["10.9.9.9"] = Share.Phone;
        var turns = Enumerable.Range(0, 200).Sum(i => Turns(At($"10.0.1.{i}"), 0, 1000));
        Assert.Equal(Sources.AllStrangersBurst, turns);
        Assert.Equal(Sources.PhoneBurst, Turns(At("10.9.9.9"), 0, 10_000));
    }

    [Fact]
    public void A_stranger_with_a_whole_IPv6_subnet_is_one_stranger_and_a_phone_in_it_is_a_source_of_its_own()
    {
        known["2001:db8::77"] = Share.Phone;
        Assert.Same(sources.Judge(At("2001:db8::1"), 0), sources.Judge(At("2001:db8::2:3:4"), 0));
        Assert.NotSame(sources.Judge(At("2001:db8::1"), 0), sources.Judge(At("2001:db8:0:1::1"), 0));
        Assert.Equal(Share.Phone, sources.Judge(At("2001:db8::77"), 0).Share);
    }

    [Fact]
    public void Past_the_bound_addresses_that_were_not_heard_of_for_longest_are_forgotten_unless_they_are_connected()
    {
        var connected = At("10.200.0.1");
        sources.Judge(connected, 0);
        Assert.Null(sources.Connect(connected, 0));
        var old = sources.Judge(At("10.200.0.2"), 1);
        for (var i = 0; i < Sources.MaxAddresses + 100; i++) sources.Judge(At(new IPAddress(0x0A000000 + i).ToString()), 2 + i);
        Assert.InRange(sources.Count, Sources.MaxAddresses / 2, Sources.MaxAddresses);
        Assert.Same(connected.Source, sources.Judge(At("10.200.0.1"), 9000));
        Assert.NotSame(old, sources.Judge(At("10.200.0.2"), 9000));
        // who is new has turns of its own, whoever forged the others
        Assert.Equal(Sources.StrangerBurst, Turns(At("192.0.2.1"), 9000, 1000));
        sources.Sweep(100_000);
        Assert.Equal(1, sources.Count);
    }

    [Fact]
    public void Connections_of_a_stranger_of_all_strangers_and_of_phones_leave_room_for_carriers()
    {
        known["10.0.0.1"] = Share.Carrier;
        known["10.0.0.2"] = known["10.0.0.3"] = Share.Phone;
        Assert.Equal(Sources.StrangerConnections, Connections("10.0.9.9", 100, "TooManyConnectionsOfAddress"));
        var strangers = Sources.StrangerConnections + Enumerable.Range(0, 50)
            .Sum(i => Connections($"10.0.1.{i}", 20, "TooManyConnectionsOfStrangers"));
        Assert.Equal(250, strangers);
        Assert.Equal(Sources.PhoneConnections, Connections("10.0.0.2", 600, "TooManyConnectionsOfAddress"));
        Assert.Equal(1000 - 250 - 500 - Sources.CarrierConnections, Connections("10.0.0.3", 600, "TooManyConnections"));
        Assert.Equal(Sources.CarrierConnections, Connections("10.0.0.1", 200, "TooManyConnections"));
    }

    [Fact]
    public void A_stranger_who_connects_over_and_over_is_kept_out_for_a_moment()
    {
        var (allowed, refused) = (0, 0);
        for (var i = 0; i < 1000; i++)
        {
            var hop = At("10.0.0.9");
            sources.Judge(hop, 0);
            var reason = sources.Connect(hop, 0);
            if (reason is null) allowed++;
            else Assert.Equal("ConnectsTooFast", reason);
            refused += reason is null ? 0 : 1;
            sources.Disconnect(hop);
        }
        Assert.Equal((Sources.StrangerConnectsBurst, 1000 - Sources.StrangerConnectsBurst), (allowed, refused));
        var later = At("10.0.0.9");
        sources.Judge(later, 1000);
        Assert.Null(sources.Connect(later, 1000));
    }

    [Fact]
    public void A_connection_whose_phone_registers_counts_among_the_phones_from_then_on()
    {
        var hops = Enumerable.Range(0, Sources.StrangerConnections).Select(_ => At("10.0.0.9")).ToList();
        foreach (var hop in hops)
        {
            sources.Judge(hop, 0);
            Assert.Null(sources.Connect(hop, 0));
        }
        known["10.0.0.9"] = Share.Phone;
        foreach (var hop in hops) Assert.Equal(Share.Phone, sources.Judge(hop, 1001).Share);
        var more = At("10.0.0.9");
        sources.Judge(more, 1001);
        Assert.Null(sources.Connect(more, 1001));
        foreach (var hop in hops.Append(more)) sources.Disconnect(hop);
        sources.Sweep(200_000);
        Assert.Equal(0, sources.Count);
    }

    [Fact]
    public void Handshakes_in_work_are_bounded_for_strangers_phones_and_carriers_apart()
    {
        known["10.0.0.1"] = Share.Carrier;
        known["10.0.0.2"] = known["10.0.0.3"] = Share.Phone;
        var taken = Enumerable.Range(0, 10).Sum(i => Handshakes($"10.0.1.{i}", 10, 0));
        Assert.Equal(Sources.AllStrangersHandshakes, taken);
        Assert.Equal(Sources.PhoneHandshakes, Handshakes("10.0.0.2", 100, 0));
        Assert.Equal(Sources.PhoneHandshakes, Handshakes("10.0.0.3", 100, 0));
        Assert.Equal(Sources.CarrierHandshakes, Handshakes("10.0.0.1", 100, 0));
        var one = sources.Judge(At("10.0.1.0"), 0);
        Assert.False(sources.TryHandshake(one, 0));
        sources.EndHandshake(one);
        Assert.True(sources.TryHandshake(one, 0));
    }

    [Fact]
    public void Handshakes_of_all_strangers_are_so_many_a_second()
    {
        Assert.Equal(Sources.StrangerHandshakesASecond, Begun(0));
        Assert.Equal(0, Begun(0));
        Assert.Equal(Sources.StrangerHandshakesASecond, Begun(1000));

        int Begun(long now) => Enumerable.Range(0, 1000).Count(i =>
        {
            var source = sources.Judge(At($"10.0.{i / 250}.{i % 250}"), now);
            if (!sources.TryHandshake(source, now)) return false;
            sources.EndHandshake(source);
            return true;
        });
    }

    [Fact]
    public void Who_takes_too_much_is_told_once_in_a_while_and_of_many_so_many_a_second()
    {
        var source = sources.Judge(At("10.0.0.9"), 0);
        Assert.True(sources.Tell(source, 0));
        Assert.False(sources.Tell(source, Sources.TellEvery - 1));
        Assert.True(sources.Tell(source, Sources.TellEvery));
        var told = Enumerable.Range(0, 1000).Count(i => sources.Tell(sources.Judge(At($"10.1.{i / 250}.{i % 250}"), 60_000), 60_000));
        Assert.Equal(Sources.TellsASecond, told);
    }

    private static Hop At(string address) => new(SipTransport.Udp, new IPEndPoint(IPAddress.Parse(address), 5060));

    private int Turns(Hop hop, long now, int asked)
    {
        var source = sources.Judge(hop, now);
        return Enumerable.Range(0, asked).Count(_ => sources.Take(source, now));
    }

    private int Handshakes(string address, int asked, long now) =>
        Enumerable.Range(0, asked).Count(_ => sources.TryHandshake(sources.Judge(At(address), now), now));

    private int Connections(string address, int asked, string reason)
    {
        var open = 0;
        for (var i = 0; i < asked; i++)
        {
            var hop = At(address);
            sources.Judge(hop, 0);
            if (sources.Connect(hop, 0) is not { } refused) open++;
            else Assert.Equal(reason, refused);
        }
        return open;
    }
}
