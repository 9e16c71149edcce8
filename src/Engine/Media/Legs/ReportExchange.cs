using System.Globalization;
using Tccc.Media.Rtp;

namespace Tccc.Media.Legs;

/// <summary>
/// RTCP of one leg (RFC 3550 §6): what we report, and what the peer reported. The media thread reads reports, the timer thread writes ours.
/// </summary>
internal sealed class ReportExchange(LegSurroundings around)
{
    private readonly string cname = (((ulong)around.NextRandom() << 32) | around.NextRandom())
        .ToString("x16", CultureInfo.InvariantCulture);
    private TimeSpan nextReport;

    // the peer's last sender report: middle NTP bits above, our clock in 1/65536 s below, in one word so that both belong together
    private long lastSenderReport;
    private double roundTripMs = double.NaN;
    private double remoteJitterMs;
    private int remoteLost;
    private byte remoteFraction;
    private long reportsReceived;

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
    public bool Read(ReadOnlySpan<byte> packet, uint ours, TimeSpan now)
    {
        if (!Rtcp.TryRead(packet, ours, out var report)) return false;
        Volatile.Write(ref reportsReceived, reportsReceived + 1);
        if (report.HasSenderInfo) Volatile.Write(ref lastSenderReport, ((long)report.SenderNtp << 32) | Short(now));
        if (!report.HasBlock) return true;
        Volatile.Write(ref remoteLost, report.CumulativeLost);
        Volatile.Write(ref remoteFraction, report.FractionLost);
        Volatile.Write(ref remoteJitterMs, report.Jitter / 8.0);
        if (report.LastSr != 0)
        {
            // §6.4.1: A - LSR - DLSR, in 1/65536 s; clocks that step back make it negative
            var there = (int)((uint)(around.Clock.NtpAt(now) >> 16) - report.LastSr - report.DelaySinceLastSr);
            Volatile.Write(ref roundTripMs, Math.Max(0, there) / 65.536);
        }
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
