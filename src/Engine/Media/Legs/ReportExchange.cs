using System.Globalization;
using Tccc.Media.Quality;
using Tccc.Media.Rtp;

namespace Tccc.Media.Legs;

/// <summary>
/// RTCP of one leg (RFC 3550 §6): what we report, and what the peer reported. The media thread reads reports, the timer thread writes ours.
/// </summary>
internal sealed class ReportExchange(LegSurroundings around)
{
    private readonly string cname = (((ulong)around.NextRandom() << 32) | around.NextRandom())
        .ToString("x16", CultureInfo.InvariantCulture);
    /// <summary>A jitter or round trip of more, in milliseconds, is a peer that counts wrong, and not believed.</summary>
    private const double MostMs = 10_000;

    /// <summary>Peers round the delay that they tell; so much, in milliseconds, a round trip may come out below nothing.</summary>
    private const double RoundedMs = 10;

    private TimeSpan nextReport;

    // the peer's last sender report: middle NTP bits above, our clock in 1/65536 s below, in one word so that both belong together
    private long lastSenderReport;
    private double roundTripMs = double.NaN;
    private double remoteJitterMs;
    private int remoteLost;
    private byte remoteFraction;
    private long reportsReceived;

    // at the last report about our stream
    private long sentThen;
    private long skippedThen;

    /// <summary>What the reports say, for the intervals of quality.</summary>
    public RemoteReports Quality { get; } = new();

    public string Cname => cname;

    public long RemoteLost => Volatile.Read(ref remoteLost);

    public double RemoteFractionLost => Volatile.Read(ref remoteFraction) / 256.0;

    public double RemoteJitterMs => Volatile.Read(ref remoteJitterMs);

    public double? RoundTripMs => Volatile.Read(ref roundTripMs) is var ms && double.IsNaN(ms) ? null : ms;

    public long Received => Volatile.Read(ref reportsReceived);

    public bool IsDue(TimeSpan now)
    {
        if (nextReport == default) nextReport = now + (around.NextReportWait() / 2);
        return now >= nextReport;
    }

    /// <summary>Takes the peer's compound packet; false when it is none.</summary>
    public bool Read(ReadOnlySpan<byte> packet, OutStream sent, TimeSpan now)
    {
        if (!Rtcp.TryRead(packet, sent.Ssrc, out var report)) return false;
        Volatile.Write(ref reportsReceived, reportsReceived + 1);
        if (report.HasSenderInfo) Volatile.Write(ref lastSenderReport, ((long)report.SenderNtp << 32) | Short(now));
        if (!report.HasBlock) return true;
        Volatile.Write(ref remoteLost, report.CumulativeLost);
        Volatile.Write(ref remoteFraction, report.FractionLost);
        var jitter = report.Jitter / RtpReception.UnitsPerMs is var ms and <= MostMs ? ms : (double?)null;
        if (jitter is { } known) Volatile.Write(ref remoteJitterMs, known);
        var roundTrip = RoundTrip(report, now);
        if (roundTrip is { } trip) Volatile.Write(ref roundTripMs, trip);
        Quality.Add(LostOnTheWay(report, sent), jitter, roundTrip, now);
        return true;
    }

    /// <summary>Writes our compound packet and sets the time of the next.</summary>
    public int Write(Span<byte> to, OutStream sent, RtpReception reception, TimeSpan now, bool bye)
    {
        nextReport = now + around.NextReportWait();
        Rtcp.SenderInfo? info = sent.Packets == 0
            ? null
            : new(around.Clock.NtpAt(now), sent.TimestampAt(now), (uint)sent.Packets, (uint)sent.Octets);
        return Rtcp.Write(to, sent.Ssrc, info, reception.Begun ? BlockOf(reception, now) : null, cname, bye);
    }

    /// <summary>§6.4.1: A - LSR - DLSR, in 1/65536 s; null when it can't be.</summary>
    private double? RoundTrip(in RtcpReport report, TimeSpan now)
    {
        if (report.LastSr == 0) return null;
        var ms = (int)((uint)(around.Clock.NtpAt(now) >> 16) - report.LastSr - report.DelaySinceLastSr) / 65.536;
        return ms is >= -RoundedMs and <= MostMs ? Math.Max(0, ms) : null;
    }

    /// <summary>
    /// Of what left since the report before, the share that did not arrive; null when nothing left. What we had not got ourselves, and left
    /// out of the numbers, the peer reports as lost too.
    /// </summary>
    private double? LostOnTheWay(in RtcpReport report, OutStream sent)
    {
        var (packets, skipped) = (sent.Packets - sentThen, Math.Max(0, sent.Skipped - skippedThen));
        (sentThen, skippedThen) = (sent.Packets, sent.Skipped);
        if (packets <= 0) return null;
        var arrived = (1 - (report.FractionLost / 256.0)) * (packets + skipped) / packets;
        return Math.Max(0, 1 - arrived);
    }

    private Rtcp.Block BlockOf(RtpReception reception, TimeSpan now)
    {
        var last = Volatile.Read(ref lastSenderReport);
        var delay = last == 0 ? 0 : Short(now) - (uint)last;
        return new(
            reception.Ssrc, reception.NextFractionLost(), (int)Math.Clamp(reception.Lost, -0x800000, 0x7FFFFF), reception.HighestSequence,
            (uint)reception.Jitter, (uint)(last >> 32), delay);
    }

    private static uint Short(TimeSpan time) => (uint)(time.Ticks * 65536 / TimeSpan.TicksPerSecond);
}
