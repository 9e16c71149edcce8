using Tccc.Media.Codecs;
using Tccc.Media.Tests.Legs;

namespace Tccc.Media.Tests.Mixing;

/// <summary>Who hears whom in a mix, how one begins and ends, and what it costs; each sample known, on a clock of the test's own.</summary>
public sealed class MixTests : IDisposable
{
    private const int Second = 1000;

    // no whole number of waves in a frame, so that frames neither begin nor end at nothing
    private const double Odd = 437;

    // 8000 at 437 Hz steps by up to 2746, and a slope by 500; what is cut off would step by up to 8000
    private const int Smooth = 3700;
    private readonly Booth booth = new();
    private readonly Booth.Guest a, b, c;

    public MixTests()
    {
        a = booth.Enter(1, hertz: 450, phase: 5);
        b = booth.Enter(2, hertz: 1000, AudioCodec.Pcma, phase: 11);
        c = booth.Enter(3, hertz: 1700, phase: 19);
    }

    public void Dispose() => booth.Dispose();

    private static void AssertHears(Booth.Guest listener, params Booth.Guest[] all)
    {
        // what G.711 makes of 8000, twice
        foreach (var other in all) Assert.InRange(listener.Hears(other), 7700, 8350);
    }

    private static void AssertDoesNot(Booth.Guest listener, params Booth.Guest[] all)
    {
        foreach (var other in all) Assert.InRange(listener.Hears(other), 0, 30);
    }

    // one stream: no number left out or twice, time never back and never more than one packet ahead
    private static void AssertOneStream(Booth.Guest listener)
    {
        Assert.Single(listener.Packets.Select(p => p.Ssrc).Distinct());
        Assert.All(listener.Packets.Zip(listener.Packets.Skip(1)), pair =>
        {
            Assert.Equal(1, (ushort)(pair.Second.Sequence - pair.First.Sequence));
            Assert.InRange((int)(pair.Second.Timestamp - pair.First.Timestamp), 160, 320);
        });
    }

    [Fact]
    public void Each_of_three_hears_exactly_the_other_two_as_loud_as_they_speak()
    {
        booth.Meet(a, b, c);
        booth.Run(2 * Second);
        AssertHears(a, b, c);
        AssertHears(b, a, c);
        AssertHears(c, a, b);
        AssertDoesNot(a, a);
        AssertDoesNot(b, b);
        AssertDoesNot(c, c);
        Assert.All(b.Packets, p => Assert.Equal(8, p.Type));
        // 50 a second, whoever speaks
        Assert.InRange(a.Packets.Count, 99, 101);
        AssertOneStream(a);
    }

    [Fact]
    public void Who_listens_in_hears_all_and_is_heard_by_none_and_who_prompts_is_heard_by_one()
    {
        var supervisor = booth.Enter(4, hertz: 2300);
        booth.Hear(a, new Heard.Leg(b.Id));
        booth.Hear(b, new Heard.Leg(a.Id));
        booth.Hear(supervisor, new Heard.Legs([a.Id, b.Id]));
        booth.Run(2 * Second);
        AssertHears(supervisor, a, b);
        AssertDoesNot(supervisor, supervisor);
        AssertHears(a, b);
        AssertDoesNot(a, supervisor);
        booth.Hear(b, new Heard.Legs([a.Id, supervisor.Id]));
        booth.Run(2 * Second);
        AssertHears(b, a, supervisor);
        AssertHears(supervisor, a, b);
        AssertDoesNot(a, a, supervisor);
    }

    [Fact]
    public void Who_closes_falls_silent_and_who_opens_later_is_heard_then()
    {
        var late = new LegId(7);
        booth.Hear(a, new Heard.Legs([late, b.Id, c.Id]));
        booth.Hear(b, new Heard.Legs([c.Id, a.Id]));
        booth.Run(2 * Second);
        AssertHears(a, b, c);
        var d = booth.Enter(late.Value, hertz: 2300);
        booth.Run(2 * Second);
        AssertHears(a, b, c, d);
        AssertDoesNot(b, d);
        booth.Leave(c);
        booth.Run(2 * Second);
        AssertHears(a, b, d);
        AssertDoesNot(a, c);
        AssertHears(b, a);
        booth.Leave(b);
        booth.Leave(d);
        booth.Run(2 * Second);
        Assert.Equal(0, a.Peak());
        AssertOneStream(a);
    }

    [Fact]
    public void One_source_more_or_less_leaves_no_hole_in_those_that_stay()
    {
        var d = booth.Enter(4, hertz: 2300);
        booth.Hear(a, new Heard.Legs([b.Id, c.Id]));
        booth.Run(2 * Second);
        d.Talks = c.Talks = false;
        booth.Run(Second);
        a.Step = 0;
        booth.Hear(a, new Heard.Legs([b.Id, c.Id, d.Id]));
        booth.Run(Second);
        booth.Hear(a, new Heard.Legs([d.Id, b.Id]));
        booth.Run(Second);
        // 8000 at 1000 Hz steps by up to 6123; µ-law adds its own
        Assert.InRange(a.Step, 5000, 6500);
        AssertOneStream(a);
    }

    [Fact]
    public void Who_leaves_or_comes_in_the_middle_of_a_word_or_is_not_listened_to_any_more_does_not_click()
    {
        b.Talks = c.Talks = false;
        for (var i = 0; i < 20; i++)
        {
            var d = booth.Enter(10 + i, Odd, i % 2 == 0 ? AudioCodec.Pcmu : AudioCodec.Pcma, phase: i);
            booth.Run(100 + i);
            a.Step = 0;
            booth.Hear(a, new Heard.Legs([b.Id, d.Id]));
            booth.Run(100 + i);
            booth.Hear(a, new Heard.Legs([b.Id, c.Id]));
            booth.Run(100 + i);
            booth.Hear(a, new Heard.Legs([c.Id, d.Id]));
            booth.Run(100 + i);
            booth.Hear(a, new Heard.Nothing());
            booth.Run(100 + i);
            booth.Hear(a, new Heard.Legs([b.Id, c.Id, d.Id]));
            booth.Run(100 + i);
            booth.Leave(d);
            booth.Run(100 + i);
            Assert.InRange(a.Step, 2000, Smooth);
            Assert.Equal(0, a.Peak(frames: 3));
        }
        AssertOneStream(a);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(19)]
    public void From_a_bridge_to_a_mix_and_back_the_stream_goes_on_without_a_gap_over_a_packet(int phase)
    {
        var d = booth.Enter(4, Odd, phase: phase);
        booth.Hear(a, new Heard.Leg(d.Id));
        b.Talks = c.Talks = false;
        booth.Run(2 * Second);
        for (var i = 0; i < 40; i++)
        {
            a.Step = 0;
            booth.Hear(a, new Heard.Legs([d.Id, c.Id]));
            booth.Run(300 + i);
            booth.Hear(a, new Heard.Leg(d.Id));
            booth.Run(300 + (i * 3));
            Assert.InRange(a.Step, 2000, Smooth);
        }
        booth.Run(Second);
        AssertHears(a, d);
        AssertOneStream(a);
    }

    [Fact]
    public void What_came_while_another_order_held_is_no_gap()
    {
        var d = booth.Enter(4, Odd, phase: 8);
        booth.Hear(a, new Heard.Leg(d.Id));
        booth.Run(Second + 5);
        booth.Hear(a, new Heard.Legs([d.Id, c.Id]));
        booth.Run(5);
        booth.Hear(a, new Heard.Leg(d.Id));
        booth.Run(Second);
        AssertHears(a, d);
        AssertOneStream(a);
    }

    [Fact]
    public void Keys_of_a_source_are_told_and_no_sound_in_the_mix()
    {
        booth.Meet(a, b, c);
        booth.Run(Second);
        b.Talks = c.Talks = false;
        booth.Run(Second);
        booth.Press(b, '5');
        booth.Run(Second);
        Assert.Equal("5", booth.Digits);
        Assert.Equal(0, a.Peak(frames: 60));
        Assert.All(a.Packets, p => Assert.Equal(0, p.Type));
        b.Talks = true;
        booth.Run(Second);
        AssertHears(a, b);
        AssertOneStream(a);
    }

    [Fact]
    public void Digits_of_ours_have_the_stream_to_themselves_and_the_mix_goes_on_after_them()
    {
        booth.Meet(a, b, c);
        booth.Run(Second);
        Assert.True(a.Leg.SendDigits("42"));
        booth.Run(2 * Second);
        Assert.Equal(2, a.Packets.Where(p => p.Type == 101).Select(p => p.Timestamp).Distinct().Count());
        AssertHears(a, b, c);
        AssertHears(b, a, c);
        Assert.Single(a.Packets.Select(p => p.Ssrc).Distinct());
    }

    [Fact]
    public void Neither_a_packet_nor_a_tick_of_a_mix_costs_an_allocation()
    {
        booth.Meet(a, b, c);
        booth.Listens = false;
        booth.Run(2 * Second);
        var before = GC.GetAllocatedBytesForCurrentThread();
        booth.Run(20 * Second);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        booth.Listens = true;
        booth.Run(2 * Second);
        AssertHears(a, b, c);
    }

    [Fact]
    public async Task Who_would_hear_themselves_in_a_mix_is_a_bug()
    {
        await using var studio = new Studio();
        var leg = studio.NewLeg();
        Assert.Throws<ArgumentException>(() => studio.Endpoint.Hear(leg, new Heard.Legs([leg, new LegId(9)])));
    }
}
