using System.Diagnostics;
using System.Text;
using Tccc.Media.Players;
using Tccc.Media.Rtp;
using Tccc.Media.Sdp;
using Tccc.Media.Tests.Sdp;

namespace Tccc.Media.Tests;

/// <summary>
/// Readers of what strangers send, fed with bent and random bytes for a fixed time; the seed is fixed, so a failure comes again.
/// </summary>
public class FuzzTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);
    private const int Seed = 20260611;

    private static void Run(byte[][] seeds, Action<byte[]> read)
    {
        var random = new Random(Seed);
        var clock = Stopwatch.StartNew();
        var rounds = 0;
        for (; clock.Elapsed < Budget || rounds < 1000; rounds++)
        {
            var input = Bend(random, seeds[random.Next(seeds.Length)]);
            try
            {
                read(input);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Round {rounds} threw {e.GetType().Name} on {Convert.ToHexString(input)}: {e.Message}");
            }
        }
    }

    private static byte[] Bend(Random random, byte[] seed)
    {
        if (random.Next(8) == 0)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            return noise;
        }
        List<byte> bytes = [.. seed];
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1 when at < bytes.Count: bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 20))); break;
                case 2: bytes.InsertRange(at, bytes.Skip(random.Next(bytes.Count + 1)).Take(random.Next(40)).ToArray()); break;
                default: if (at < bytes.Count) bytes[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }
        return [.. bytes];
    }

    [Fact]
    public void No_bytes_break_the_SDP_reader() => Run(
        [Encoding.UTF8.GetBytes(Offers.Chromium()), Encoding.UTF8.GetBytes(Offers.Phone()), Encoding.UTF8.GetBytes(Offers.Rfc3264)],
        bytes =>
        {
            var text = Encoding.Latin1.GetString(bytes);
            var phone = RtpTerms.Read(text, MediaEncryption.BestEffort);
            if (phone.Ok)
            {
                // what we answer must be readable, whatever the offer was
                var answer = phone.Value.Answer(1, 1, System.Net.IPAddress.Loopback, 20000);
                Assert.NotNull(SdpReader.Read(answer, out var wrong));
            }
            RtpTerms.Read(text, MediaEncryption.BestEffort);
            WebRtcTerms.Read(text);
        });

    [Fact]
    public void No_bytes_break_the_RTP_and_RTCP_readers()
    {
        var report = new byte[Rtcp.MaxLength];
        var length = Rtcp.Write(report, 1, new(1, 2, 3, 4), new(5, 6, 7, 8, 9, 10, 11), "name", bye: true);
        var detector = new DigitDetector();
        var reception = new RtpReception();
        var stream = new OutStream(1, 1, 1);
        var to = new byte[1600];
        Run(
            [Rtp.Packets.Of(1, 160), Rtp.Packets.Event(2, 160, 5, true, 800), report[..length]],
            bytes =>
            {
                Rtcp.TryRead(bytes, 5, out _);
                if (!RtpPacket.TryRead(bytes, out var packet)) return;
                detector.On(packet, TimeSpan.FromMilliseconds(packet.Sequence));
                reception.Arrived(packet, bytes.Length, true, TimeSpan.FromMilliseconds(packet.Sequence));
                Assert.InRange(stream.Relay(reception, packet, 0, null, TimeSpan.Zero, to), 0, to.Length);
            });
    }

    [Fact]
    public void No_bytes_break_the_reader_of_sounds() => Run(
        [Players.Wavs.Of(8000, 1, 16, 100), Players.Wavs.Of(44100, 2, 8, 100), [0xFF, 0xFB, 0x90, 0x64, .. new byte[500]]],
        bytes => SoundFile.Read(bytes.ToArray()));
}
