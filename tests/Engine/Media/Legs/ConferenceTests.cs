using System.Diagnostics;
using Tccc.Media.Codecs;
using Tccc.Media.Tests.Players;

namespace Tccc.Media.Tests.Legs;

/// <summary>Mixes over real sockets and threads: phones and a browser in one call.</summary>
public sealed class ConferenceTests : IAsyncLifetime, IDisposable
{
    private const double Loud = 6000, Quiet = 200;
    private readonly Studio studio = new();
    private readonly Phone alice = new();
    private readonly Phone bob = new() { Ssrc = 99, Codec = AudioCodec.Pcma };
    private readonly Browser carol = new();
    private readonly List<Timer> voices = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await studio.DisposeAsync();

    public void Dispose()
    {
        foreach (var voice in voices) voice.Dispose();
        alice.Dispose();
        bob.Dispose();
        carol.Dispose();
    }

    // 50 a second on the whole, however late the timer is
    private void Talk(Action say)
    {
        var clock = Stopwatch.StartNew();
        var said = 0;
        var gate = new Lock();
        voices.Add(new Timer(_ =>
        {
            lock (gate)
                for (; said < clock.ElapsedMilliseconds / 20; said++) say();
        }, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(5)));
    }

    private double CarolHears(double hertz)
    {
        var samples = carol.Heard.TakeLast(10).SelectMany(d => d.Skip(12)).Select(b => G711.Decode(AudioCodec.Pcmu, b)).ToArray();
        return samples.Length < 1600 ? -1 : Level.At(samples, hertz);
    }

    private LegId Browse()
    {
        var leg = studio.NewLeg();
        carol.Take(studio.Endpoint.Answer(leg, LegKind.WebRtc, carol.Offer()).Value);
        Until.True(() => carol.Connected, "connection");
        return leg;
    }

    [Fact]
    public void Two_phones_of_either_law_and_a_browser_hear_each_other_and_nobody_themselves()
    {
        var (a, b, c) = (studio.Call(alice), studio.Call(bob), Browse());
        studio.Meet(a, b, c);
        Talk(() => alice.Say(450));
        Talk(() => bob.Say(1000));
        Talk(() => carol.Say(1700));
        Until.True(() => alice.Hears(1000) > Loud && alice.Hears(1700) > Loud && alice.Hears(450) < Quiet, "at the first phone");
        Until.True(() => bob.Hears(450) > Loud && bob.Hears(1700) > Loud && bob.Hears(1000) < Quiet, "at the second phone");
        Until.True(() => CarolHears(450) > Loud && CarolHears(1000) > Loud && CarolHears(1700) < Quiet, "at the browser");
        studio.Endpoint.Close(b);
        Until.True(() => alice.Hears(1700) > Loud && alice.Hears(1000) is >= 0 and < Quiet, "one is gone");
        studio.Bridge(a, c);
        Until.True(() => alice.Hears(1700) > Loud && CarolHears(450) > Loud && CarolHears(1000) < Quiet, "two are left");
        var packets = alice.Heard.Select(d => (Rtp.Packets.Read(d).Ssrc, Rtp.Packets.Read(d).Sequence)).ToList();
        Assert.Single(packets.Select(p => p.Ssrc).Distinct());
        Assert.All(packets.Zip(packets.Skip(1)), pair => Assert.Equal(1, (ushort)(pair.Second.Sequence - pair.First.Sequence)));
    }

    [Fact]
    public void Orders_from_many_threads_while_packets_flow_leave_whole_streams_and_the_last_one_holds()
    {
        var (a, b, c) = (studio.Call(alice), studio.Call(bob), Browse());
        Talk(() => alice.Say(450));
        Talk(() => bob.Say(1000));
        Talk(() => carol.Say(1700));
        var clock = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, 4).Select(seed => new Thread(() =>
        {
            var random = new Random(seed);
            LegId[] all = [a, b, c];
            using var guest = new Phone();
            while (clock.Elapsed < TimeSpan.FromSeconds(2))
            {
                var listener = all[random.Next(3)];
                var others = all.Where(leg => leg != listener).ToArray();
                studio.Endpoint.Hear(listener, random.Next(5) switch
                {
                    0 => new Heard.Nothing(),
                    1 => new Heard.Leg(others[random.Next(2)]),
                    2 => new Heard.Clip(Clips.HoldMusic, Loop: true),
                    _ => new Heard.Legs([.. others]),
                });
                var leg = studio.NewLeg();
                // no port is free while those of the last ones are being closed
                if (random.Next(50) > 0 || !studio.Endpoint.Answer(leg, LegKind.Rtp, guest.Sdp()).Ok) continue;
                studio.Endpoint.Hear(leg, new Heard.Legs([.. all]));
                studio.Endpoint.Hear(listener, new Heard.Legs([leg, .. others]));
                studio.Endpoint.Close(leg);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        studio.Meet(a, b, c);
        Until.True(() => alice.Hears(1000) > Loud && alice.Hears(1700) > Loud && alice.Hears(450) < Quiet, "at the first phone");
        Until.True(() => bob.Hears(450) > Loud && bob.Hears(1700) > Loud && bob.Hears(1000) < Quiet, "at the second phone");
        Until.True(() => CarolHears(450) > Loud && CarolHears(1000) > Loud && CarolHears(1700) < Quiet, "at the browser");
        foreach (var phone in (Phone[])[alice, bob])
        {
            var packets = phone.Heard.Select(d => Rtp.Packets.Read(d).Sequence).ToList();
            Assert.Equal(packets.Count, packets.Distinct().Count());
            Assert.Equal(packets.Count - 1, (ushort)(packets.Max() - packets.Min()));
        }
    }
}
