using Tccc.Media.Quality;

namespace Tccc.Media.Rtp;

/// <summary>
/// What arrives from one source: sequence validity, loss and jitter (RFC 3550 A.1, A.3, A.8). The media thread writes; others read whole
/// numbers that may be a packet old.
/// </summary>
internal sealed class RtpReception
{
    // A.1: a jump forward of less is loss, back of less is disorder, else the source began anew when two follow each other
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;

    // timestamps that step further than 1 s past the clock began anew; that is no jitter
    private const double MostTransitStep = 8000;

    /// <summary>Timestamp units in a millisecond: 8 kHz, the clock rate of all formats that we know.</summary>
    public const double UnitsPerMs = 8;

    private bool begun;
    private volatile bool anew;
    private ushort maxSequence;
    private int cycles;
    private uint baseSequence;
    private int badSequence = -1;
    private long received;
    private long bytes;
    private long receivedOfSource;
    private uint lastTransit;
    private bool hasTransit;
    private double jitter;
    private double jitterSum;
    private long jitters;
    private long lastArrivalTicks = -1;

    private long expectedPrior;
    private long receivedPrior;

    public uint Ssrc { get; private set; }

    public bool Begun => Volatile.Read(ref begun);

    public long Packets => Volatile.Read(ref received);

    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>In timestamp units of 8 kHz.</summary>
    public double Jitter => Volatile.Read(ref jitter);

    /// <summary>The sum of <see cref="Jitter"/> over all packets that were measured, and how many these are.</summary>
    public double JitterSum => Volatile.Read(ref jitterSum);

    public long Jitters => Volatile.Read(ref jitters);

    /// <summary>Loss packet by packet, over all sources.</summary>
    public LossWindow Losses { get; } = new();

    public uint HighestSequence => (uint)(Volatile.Read(ref cycles) + maxSequence);

    public long Expected => begun ? (long)HighestSequence - baseSequence + 1 : 0;

    public long Lost => Expected - Volatile.Read(ref receivedOfSource);

    public TimeSpan? LastArrival => Volatile.Read(ref lastArrivalTicks) is >= 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>
    /// Takes a packet; <paramref name="steady"/> is false for packets whose timestamps do not follow the clock (telephone events).
    /// </summary>
    public void Arrived(in RtpPacket packet, int size, bool steady, TimeSpan now)
    {
        Volatile.Write(ref received, received + 1);
        Volatile.Write(ref bytes, bytes + size);
        Volatile.Write(ref lastArrivalTicks, now.Ticks);
        if (!begun || packet.Ssrc != Ssrc) Begin(packet);
        else if (!Follows(packet.Sequence)) return;
        receivedOfSource++;
        if (steady) Measure(packet.Timestamp, now);
    }

    /// <summary>RTCP came: the peer lives.</summary>
    public void Heard(TimeSpan now) => Volatile.Write(ref lastArrivalTicks, now.Ticks);

    /// <summary>The session changed (hold, another address): what was counted meanwhile and not sent is not lost. Any thread.</summary>
    public void GoesOnAnew() => anew = true;

    /// <summary>Loss since the last call, as RTCP's fraction of 256 (A.3). For the one thread that writes reports.</summary>
    public byte NextFractionLost()
    {
        var expected = Expected;
        var got = Volatile.Read(ref receivedOfSource);
        var expectedNow = expected - expectedPrior;
        var lost = expectedNow - (got - receivedPrior);
        (expectedPrior, receivedPrior) = (expected, got);
        return expectedNow <= 0 || lost <= 0 ? (byte)0 : (byte)Math.Min(255, (lost << 8) / expectedNow);
    }

    private void Begin(in RtpPacket packet)
    {
        Ssrc = packet.Ssrc;
        maxSequence = packet.Sequence;
        baseSequence = packet.Sequence;
        cycles = 0;
        badSequence = -1;
        receivedOfSource = 0;
        expectedPrior = receivedPrior = 0;
        jitter = 0;
        GoOnAnew();
        Volatile.Write(ref begun, true);
    }

    private bool Follows(ushort sequence)
    {
        var step = (ushort)(sequence - maxSequence);
        if (step < MaxDropout)
        {
            if (sequence < maxSequence) Volatile.Write(ref cycles, cycles + 65536);
            maxSequence = sequence;
            if (anew && step > 0) GoOnAnew();
            else Losses.Forward(step);
        }
        else if (step <= 65536 - MaxMisorder)
        {
            if (sequence != badSequence)
            {
                badSequence = (ushort)(sequence + 1);
                return false;
            }
            maxSequence = sequence;
            baseSequence = sequence;
            cycles = 0;
            badSequence = -1;
            receivedOfSource = 0;
            expectedPrior = receivedPrior = 0;
            GoOnAnew();
        }
        else
        {
            Losses.Back(65536 - step);
        }
        return true;
    }

    private void GoOnAnew()
    {
        hasTransit = anew = false;
        Losses.Begin();
    }

    private void Measure(uint timestamp, TimeSpan now)
    {
        var transit = (uint)Samples(now) - timestamp;
        if (hasTransit)
        {
            var d = Math.Abs((double)(int)(transit - lastTransit));
            if (d <= MostTransitStep)
            {
                Volatile.Write(ref jitter, jitter + ((d - jitter) / 16));
                Volatile.Write(ref jitterSum, jitterSum + jitter);
                Volatile.Write(ref jitters, jitters + 1);
            }
        }
        (lastTransit, hasTransit) = (transit, true);
    }

    /// <summary>A time in samples of 8 kHz.</summary>
    public static long Samples(TimeSpan time) => time.Ticks / (TimeSpan.TicksPerSecond / 8000);
}
