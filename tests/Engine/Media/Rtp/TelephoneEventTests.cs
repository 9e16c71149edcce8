using Tccc.Media.Rtp;

namespace Tccc.Media.Tests.Rtp;

public class TelephoneEventTests
{
    private readonly DigitDetector detector = new();

    private char? On(byte[] packet) => detector.On(Packets.Read(packet), TimeSpan.Zero);

    [Fact]
    public void A_press_is_one_digit_however_many_packets_tell_of_it()
    {
        Assert.Equal('5', On(Packets.Event(1, 1000, 5, false, 160)));
        Assert.Null(On(Packets.Event(2, 1000, 5, false, 320)));
        Assert.Null(On(Packets.Event(3, 1000, 5, true, 480)));
        Assert.Null(On(Packets.Event(4, 1000, 5, true, 480)));
        Assert.Null(On(Packets.Event(5, 1000, 5, true, 480)));
        Assert.Equal('5', On(Packets.Event(6, 2600, 5, false, 160)));
    }

    [Fact]
    public void Lost_beginnings_and_ends_do_no_harm()
    {
        Assert.Equal('#', On(Packets.Event(9, 1000, 11, true, 800)));
        Assert.Equal('*', On(Packets.Event(20, 3000, 10, false, 160)));
        Assert.Equal('D', On(Packets.Event(30, 5000, 15, true, 800)));
    }

    [Fact]
    public void A_late_packet_of_an_earlier_press_is_no_new_press()
    {
        On(Packets.Event(1, 1000, 1, false, 160));
        On(Packets.Event(5, 3000, 2, false, 160));
        Assert.Null(On(Packets.Event(3, 1000, 1, true, 800)));
    }

    [Fact]
    public void Another_source_may_use_the_same_time()
    {
        On(Packets.Event(1, 1000, 1, false, 160));
        Assert.Equal('1', On(Packets.Event(1, 1000, 1, false, 160, ssrc: 2)));
    }

    [Fact]
    public void Tones_that_are_no_keys_are_no_digits() => Assert.Null(On(Packets.Event(1, 1000, 16, false, 160)));

    [Fact]
    public void Digits_leave_evenly_with_three_last_packets_each()
    {
        var (sent, ticks) = Send("1#");
        Assert.Equal(20, ticks);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17], sent.Select(s => s.Tick));
        Assert.Equal([160, 320, 480, 640, 800, 960, 960, 960], sent.Take(8).Select(s => s.Duration));
        Assert.Equal([false, false, false, false, false, true, true, true], sent.Take(8).Select(s => s.End));
        Assert.Equal(2, sent.Count(s => s.Marker));
        Assert.Single(sent.Where(s => s.Code == 1).Select(s => s.Timestamp).Distinct());
        Assert.Equal(1600u, sent[8].Timestamp - sent[0].Timestamp);
        Assert.Equal(11, sent[8].Code);
    }

    [Fact]
    public void A_comma_waits_a_second_and_leaves_the_stream_to_what_is_heard()
    {
        var (sent, ticks) = Send("1,,2");
        Assert.Equal(10 + 50 + 50 + 10, ticks);
        Assert.Equal((0, 110), (sent[0].Tick, sent[8].Tick));
        Assert.Equal(110 * 160u, sent[8].Timestamp - sent[0].Timestamp);
        Assert.Equal([(byte)1, (byte)2], sent.Select(s => s.Code).Distinct());
        var sender = new DigitSender();
        Assert.True(sender.TryAdd(","));
        Assert.Equal((true, false), (sender.Busy, sender.Pressing));
    }

    [Fact]
    public void A_flood_of_presses_tells_no_more_of_them_than_fingers_could_make()
    {
        var told = Enumerable.Range(0, 1000)
            .Count(i =>
                detector.On(Packets.Read(Packets.Event(i, (uint)i * 160, 5, false, 160)), TimeSpan.FromMilliseconds(i)) is not null);
        Assert.Equal(DigitDetector.MostInASecond, told);
        Assert.Equal('5', detector.On(Packets.Read(Packets.Event(1000, 200_000, 5, false, 160)), TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData('1')]
    [InlineData(',')]
    public void Digits_that_wait_are_bounded(char digit)
    {
        var sender = new DigitSender();
        Assert.True(sender.TryAdd(new string(digit, TooManyDigits.Most)));
        Assert.False(sender.TryAdd("2"));
        Assert.False(sender.TryAdd(","));
    }

    private static (List<Sent> Sent, int Ticks) Send(string digits)
    {
        var stream = new OutStream(1, 0, 0);
        var sender = new DigitSender();
        Assert.True(sender.TryAdd(digits));
        List<Sent> sent = [];
        var to = new byte[100];
        var tick = 0;
        for (; sender.Busy; tick++)
        {
            var length = sender.Next(stream, 101, TimeSpan.FromMilliseconds(20 * tick), to);
            if (length == 0) continue;
            var packet = Packets.Read(to.AsSpan(0, length));
            Assert.True(TelephoneEvent.TryRead(packet.Payload, out var e));
            sent.Add(new(tick, e.Code, e.End, e.Duration, packet.Timestamp, packet.Marker));
        }
        return (sent, tick);
    }

    private sealed record Sent(int Tick, byte Code, bool End, int Duration, uint Timestamp, bool Marker);
}
