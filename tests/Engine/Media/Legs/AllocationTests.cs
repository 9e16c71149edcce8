using Tccc.Media.Codecs;

namespace Tccc.Media.Tests.Legs;

/// <summary>The threads allocate nothing for a packet that is relayed, nor for one that is mixed.</summary>
public class AllocationTests
{
    private const int Warm = 2000;
    private const int Measured = 5000;

    private static long OnMediaThread(Studio studio)
    {
        long bytes = -1;
        studio.Endpoint.Loop.Post(() => bytes = GC.GetAllocatedBytesForCurrentThread());
        Until.True(() => Volatile.Read(ref bytes) >= 0, "the media thread's answer");
        return Volatile.Read(ref bytes);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, true)]
    public async Task A_relayed_packet_costs_no_allocation(bool transcoded, bool encrypted, bool recorded)
    {
        if (!OperatingSystem.IsLinux()) return;
        await using var studio = new Studio();
        using Phone alice = new(), bob = new() { Codec = transcoded ? AudioCodec.Pcma : AudioCodec.Pcmu };
        var key = Media.Sdp.SdesCrypto.New(1, SrtpProfile.Aes128CmHmacSha1_80, new SystemRandomness());
        var far = encrypted ? new FarEnd(Encryption: MediaEncryption.Required) : null;
        var (a, b) = (studio.Call(alice, encrypted ? alice.Sdp(more: key.Line() + "\r\n") : null, far), studio.Call(bob));
        if (encrypted) alice.Sender = new SrtpSender(key.Profile, key.Key, key.Salt);
        studio.Bridge(a, b);
        var folder = Directory.CreateTempSubdirectory("tccc-allocation").FullName;
        // one channel each
        if (recorded) Assert.True(studio.Endpoint.Record(a, Path.Combine(folder, "a.wav")).Ok);
        if (recorded) Assert.True(studio.Endpoint.Record(b, Path.Combine(folder, "b.wav")).Ok);
        // so fast a volley is as much as may wait of a recording
        var (warm, measured) = recorded ? (400, 1000) : (Warm, Measured);
        Relay(studio, a, alice, warm);
        var before = OnMediaThread(studio);
        var asking = OnMediaThread(studio) - before;
        before = OnMediaThread(studio);
        Relay(studio, a, alice, measured);
        Assert.InRange(OnMediaThread(studio) - before - asking, 0, Measured / 50);
        Assert.True(studio.Endpoint.Stats(b)!.PacketsSent >= measured);
        await studio.DisposeAsync();
        Assert.Equal(
            recorded ? 2 : 0, studio.Events.Count(e => e is MediaEvent.RecordingEnded { How: RecordingEnd.Complete, Length.Ticks: > 0 }));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Nor_does_one_that_a_browser_gets()
    {
        if (!OperatingSystem.IsLinux()) return;
        await using var studio = new Studio();
        using var alice = new Phone();
        using var browser = new Browser();
        var (a, b) = (studio.Call(alice), studio.NewLeg());
        browser.Take(studio.Endpoint.Answer(b, LegKind.WebRtc, browser.Offer()).Value);
        Until.True(() => browser.Connected, "connection");
        studio.Bridge(a, b);
        Relay(studio, a, alice, Warm);
        var before = OnMediaThread(studio);
        Relay(studio, a, alice, Measured);
        // the browser's checks, answered on the same thread, are all there may be
        Assert.InRange(OnMediaThread(studio) - before, 0, Measured);
    }

    [Fact]
    public async Task Nor_does_one_that_is_mixed_on_either_thread()
    {
        if (!OperatingSystem.IsLinux()) return;
        await using var studio = new Studio();
        using Phone alice = new(), bob = new() { Codec = AudioCodec.Pcma }, carol = new(), ear = new();
        var (a, b, c) = (studio.Call(alice), studio.Call(bob), studio.Call(carol));
        studio.Meet(a, b, c);
        // the end of a clip is told on the timer thread, which is how that one is asked
        var leg = studio.Call(ear);
        var word = studio.Clips.Add("word", Players.Wavs.Of(Players.Wavs.Tone(700, 1600))).Value;
        long onTimer = -1;
        studio.AtOnce = e =>
        {
            if (e is MediaEvent.ClipEnded) Volatile.Write(ref onTimer, GC.GetAllocatedBytesForCurrentThread());
        };
        long OnTimerThread()
        {
            Volatile.Write(ref onTimer, -1);
            studio.Endpoint.Hear(leg, new Heard.Clip(word));
            Until.True(() => Volatile.Read(ref onTimer) >= 0, "the timer thread's answer");
            return Volatile.Read(ref onTimer);
        }
        Relay(studio, a, alice, Warm);
        bob.Talk(1000);
        OnTimerThread();
        var (media, timer) = (OnMediaThread(studio), OnTimerThread());
        var (askingMedia, askingTimer) = (OnMediaThread(studio) - media, OnTimerThread() - timer);
        (media, timer) = (OnMediaThread(studio), OnTimerThread());
        var packets = studio.Endpoint.Stats(c)!.PacketsSent;
        Relay(studio, a, alice, Measured);
        Until.True(() => studio.Endpoint.Stats(c)!.PacketsSent > packets + 100, "two seconds of the mix");
        Assert.InRange(Math.Max(0, OnMediaThread(studio) - media - askingMedia), 0, Measured / 50);
        // each second asks for the browsers' consent, with a closure; the smallest object for each frame of the three would be 7,200 bytes
        Assert.InRange(OnTimerThread() - timer - askingTimer, 0, 2400);
    }

    // in small volleys, so that no buffer of the kernel overflows
    private static void Relay(Studio studio, LegId leg, Phone from, int packets)
    {
        var goal = studio.Endpoint.Stats(leg)!.PacketsReceived + packets;
        for (var sent = 0; sent < packets; sent += 20)
        {
            for (var i = 0; i < 20; i++) from.Say(440);
            var reached = goal - packets + sent + 20;
            Until.True(() => studio.Endpoint.Stats(leg)!.PacketsReceived >= reached, "the volley");
        }
    }
}
