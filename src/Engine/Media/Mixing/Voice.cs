using Tccc.Media.Codecs;
using Tccc.Media.Rtp;

namespace Tccc.Media.Mixing;

/// <summary>
/// What one leg says, as the mixes need it that it is in: decoded once, when it comes, and laid by its timestamps into a small jitter
/// buffer, from which the 20 ms grid takes. The media thread puts, the timer thread takes. The depth adapts, because a fixed one is a hole
/// at the beginning of each mix, and too shallow or too deep for most networks: the first packet is heard at the next tick; a buffer that
/// runs dry, or a packet that comes too late, makes it 20 ms deeper; what was not needed for <see cref="SpareTicks"/> is cut out again.
/// That makes up for a clock of the source's own, too.
/// </summary>
internal sealed class Voice(MediaCounters counters)
{
    /// <summary>Samples that wait at most, 200 ms: in a conversation more delay is worse than a hole. The oldest are dropped.</summary>
    public const int MostWaiting = 1600;

    /// <summary>Ticks after which depth that was not needed is cut, 10 s: a network that was late may be so again soon.</summary>
    public const int SpareTicks = 500;

    /// <summary>Each packet came so much too early, 30 ms: when 20 ms are cut, 10 ms are left for the next that is late.</summary>
    public const int Spare = 240;

    // a packet that is so much older, 1 s, is none that is late: the source's timestamps began anew
    private const int MostLate = 8000;

    // what waits, the longest datagram, and what was heard; a power of two, so that timestamps wrap where it does
    private const int Ring = 4096;
    private const int Remembered = 800;

    // neither law decodes to it
    private const short Hole = short.MinValue;

    private readonly Lock gate = new();
    private readonly short[] ring = new short[Ring];
    private readonly short[] frame = new short[OutStream.FrameSamples];
    private bool begun;
    private uint ssrc;

    // timestamps: of the next sample to be heard, and past the newest that came
    private uint play;
    private uint end;

    // timestamp of the newest packet
    private uint newest;

    // samples of silence since the buffer ran dry
    private long starved;
    private int leastEarly = int.MaxValue;
    private int sinceLate;
    private bool jumped;

    // the timer thread's own
    private long taken = -1;
    private bool dry = true;
    private bool sounds;
    private bool inHole = true;
    private int last;
    private int step;
    private int slopeLeft;

    /// <summary>Takes a packet of sound, in any order; one whose time is over is counted and not heard.</summary>
    public void Put(in RtpPacket packet, AudioCodec codec)
    {
        var payload = packet.Payload;
        if (payload.IsEmpty) return;
        lock (gate)
        {
            if (!begun || packet.Ssrc != ssrc) BeginWith(packet);
            var early = (int)(packet.Timestamp - play);
            if (early <= -payload.Length && early > -MostLate)
            {
                Late(early, packet.Timestamp);
            }
            else
            {
                // what was lost or left out while there was nothing to be heard has had its time
                if (end == play && early > 0)
                {
                    LeaveOpen(end + (uint)Math.Min(early, starved));
                    play = end;
                }
                starved = 0;
                early = (int)(packet.Timestamp - play);
                if (early is > MostWaiting or <= -MostLate) BeginWith(packet);
                else leastEarly = Math.Min(leastEarly, early);
            }
            Lay(packet.Timestamp, payload, codec);
            if (end - play <= MostWaiting) return;
            (play, jumped) = (end - MostWaiting, true);
            Interlocked.Increment(ref counters.MixOverflow);
        }
    }

    /// <summary>
    /// The next 20 ms, empty where it is silent: the same for all who ask at one tick, good until the next. What belonged to ticks at which
    /// nobody asked is gone.
    /// </summary>
    public ReadOnlySpan<short> Take(long tick)
    {
        if (tick != taken)
        {
            lock (gate)
            {
                if (taken < 0) Begin();
                if (begun) Next(missed: taken < 0 ? 0 : tick - taken - 1);
            }
            taken = tick;
        }
        return sounds ? frame : default;
    }

    private void BeginWith(in RtpPacket packet)
    {
        Array.Fill(ring, Hole);
        play = end = newest = packet.Timestamp;
        (begun, ssrc, starved, jumped) = (true, packet.Ssrc, 0, true);
    }

    // one that was missed, and no copy of what was heard: as late a one shall be in time from now on
    private void Late(int early, uint timestamp)
    {
        Interlocked.Increment(ref counters.MixLate);
        if (early < -Remembered || ring[timestamp % Ring] != Hole || end - play + OutStream.FrameSamples > MostWaiting) return;
        play -= OutStream.FrameSamples;
        jumped = true;
        NeedsDepth();
    }

    private void Lay(uint timestamp, ReadOnlySpan<byte> payload, AudioCodec codec)
    {
        // lost, or still to come
        if ((int)(timestamp - end) > 0) LeaveOpen(timestamp);
        if ((int)(timestamp - newest) > 0) newest = timestamp;
        foreach (var value in payload)
        {
            if ((int)(timestamp - play) >= -Remembered) ring[timestamp % Ring] = G711.Decode(codec, value);
            timestamp++;
        }
        if ((int)(timestamp - end) > 0) end = timestamp;
    }

    private void LeaveOpen(uint until)
    {
        if (until - end >= Ring) end = until - Ring;
        for (; end != until; end++) ring[end % Ring] = Hole;
    }

    private void Pass(long samples)
    {
        var there = (uint)Math.Min(samples, end - play);
        play += there;
        starved += samples - there;
    }

    // what came before the first who asked waits for nobody; a packet more than the newest is for jitter
    private void Begin()
    {
        var from = newest - OutStream.FrameSamples;
        if ((int)(from - play) > 0) play = from;
    }

    private void Next(long missed)
    {
        Pass(missed * OutStream.FrameSamples);
        jumped |= missed > 0;
        var there = Math.Min(OutStream.FrameSamples, (int)(end - play));
        if (there < OutStream.FrameSamples) RunDry(there);
        else
        {
            dry = false;
            if (++sinceLate >= SpareTicks) CutSpare();
        }
        sounds = there > 0 || !inHole || slopeLeft > 0;
        if (sounds)
            for (var i = 0; i < frame.Length; i++) frame[i] = Smooth(i < there ? ring[(play + (uint)i) % Ring] : Hole);
        Pass(OutStream.FrameSamples);
    }

    private void RunDry(int there)
    {
        if (there > 0 || !dry) Interlocked.Increment(ref counters.MixDry);
        dry = true;
        NeedsDepth();
    }

    private void NeedsDepth() => (leastEarly, sinceLate) = (int.MaxValue, 0);

    private void CutSpare()
    {
        if (leastEarly >= Spare && end - play >= 2 * OutStream.FrameSamples)
        {
            play += OutStream.FrameSamples;
            jumped = true;
            Interlocked.Increment(ref counters.MixOverflow);
        }
        NeedsDepth();
    }

    private short Smooth(short sample)
    {
        var hole = sample == Hole;
        int value = hole ? 0 : sample;
        if (hole != inHole || jumped) (step, slopeLeft, inHole, jumped) = (last - value, Slope.Length, hole, false);
        if (slopeLeft > 0) value = Slope.At(value, step, --slopeLeft);
        last = value;
        return (short)value;
    }
}
