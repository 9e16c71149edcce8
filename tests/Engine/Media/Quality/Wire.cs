using Tccc.Media.Legs;
using Tccc.Media.Quality;
using Tccc.Media.Rtp;
using Tccc.Media.Tests.Rtp;

namespace Tccc.Media.Tests.Quality;

/// <summary>
/// What one leg measures and is told, by real packets and reports, on a clock that only the test moves: a packet each way every 20 ms.
/// </summary>
internal sealed class Wire : IMediaEvents
{
    private const int FrameMs = 20;
    private static readonly byte[] Frame = new byte[OutStream.FrameSamples];
    private readonly MediaClock clock = new(TimeProvider.System);
    private readonly RtpReception reception = new();
    private readonly OutStream sent = new(77, 1000, 5000);
    private readonly ReportExchange reports;
    private readonly LegMeter meter = new();
    private readonly byte[] room = new byte[400];
    private long milliseconds;

    public Wire() =>
        reports = new ReportExchange(new LegSurroundings(new MediaOptions(), clock, new MediaCounters(), this, new SystemRandomness()));

    public TimeSpan Now => TimeSpan.FromMilliseconds(milliseconds);

    public RtpReception Reception => reception;

    public OutStream Sent => sent;

    public QualityInterval? Last => meter.Last;

    /// <summary>Of the party's packets; both wrap in the first seconds.</summary>
    public ushort Sequence { get; set; } = 65400;

    public uint Timestamp { get; set; } = uint.MaxValue - 20_000;

    public uint Ssrc { get; set; } = 1;

    /// <summary>The party sends.</summary>
    public bool Speaks { get; set; } = true;

    /// <summary>We send.</summary>
    public bool Hears { get; set; } = true;

    public ReportExchange Reports => reports;

    /// <param name="lost">Of the numbers since this began, which the network loses.</param>
    public void Run(double seconds, Func<int, bool>? lost = null)
    {
        for (var i = 0; i < seconds * 1000 / FrameMs; i++)
        {
            if (Speaks) Say(lost?.Invoke(i) == true);
            if (Hears) sent.Frame(this, Frame, 0, milliseconds / FrameMs, Now, room);
            milliseconds += FrameMs;
            if (milliseconds % 100 == 0) meter.Tick(reception, reports.Quality, Now);
        }
    }

    /// <summary>The next packet, which comes so much later than it would.</summary>
    public void Say(bool lost = false, double lateMs = 0)
    {
        var number = Sequence++;
        if (!lost) Arrive(number, Timestamp, lateMs);
        Timestamp += OutStream.FrameSamples;
    }

    public void Arrive(int number, uint timestamp, double lateMs = 0) =>
        reception.Arrived(
            Packets.Read(Packets.Of((ushort)number, timestamp, ssrc: Ssrc)), 172, steady: true, Now + TimeSpan.FromMilliseconds(lateMs));

    /// <summary>A packet of a source that we hand on, of which some before it did not come.</summary>
    public void Relay(int number) => sent.Relay(reports, Packets.Read(Packets.Of(number, (uint)number * 160)), 0, null, Now, room);

    public void Pass(int ms) => milliseconds += ms;

    public void Look() => meter.Tick(reception, reports.Quality, Now);

    /// <summary>The party's report of our stream, 1 s after it got ours.</summary>
    public void Report(double lost = 0, double jitterMs = 0, double roundTripMs = 40)
    {
        var ours = (uint)(clock.NtpAt(Now - TimeSpan.FromMilliseconds(roundTripMs + 1000)) >> 16);
        Report((byte)(lost * 256), (uint)(jitterMs * 8), ours, 65536);
    }

    public void Report(byte lost, uint jitter, uint lastSr, uint delay)
    {
        Span<byte> bytes = stackalloc byte[Media.Rtp.Rtcp.MaxLength];
        var length = Media.Rtp.Rtcp.Write(bytes, Ssrc, null, new(sent.Ssrc, lost, 0, 0, jitter, lastSr, delay), "party", bye: false);
        Assert.True(reports.Read(bytes[..length], sent, Now));
    }

    public IReadOnlyList<QualityInterval> Take() => meter.Take(reception, reports.Quality, Now);

    public void On(MediaEvent e) { }
}
