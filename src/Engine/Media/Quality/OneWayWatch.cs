using Tccc.Media.Rtp;

namespace Tccc.Media.Quality;

/// <summary>
/// Notices that nothing comes from a party who should speak, and that it comes again. Who stops by themselves, between two stretches of
/// speech (RFC 3551 §4.1) or with comfort noise, is not missed. The media thread says what came, the timer thread looks.
/// </summary>
internal sealed class OneWayWatch
{
    /// <summary>Sound that is missing for so long is missed. Half a second less than the 3 s within which a page must say it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.5);

    /// <summary>Longer between two looks and the process was asleep: what came meanwhile waits to be read.</summary>
    private static readonly TimeSpan Asleep = TimeSpan.FromMilliseconds(500);

    /// <summary>Of a packet that keeps an address open and is no sound (RFC 6263 §4).</summary>
    private const int MostOfKeepAlive = 8;

    private const int SamplesPerMs = 8;
    private const uint ShortestPause = 100 * SamplesPerMs;

    // the media thread's own
    private ushort sequence;
    private uint timestamp;
    private long lastTicks = -1;

    // the last that came says that none follows
    private volatile bool resting;

    // leaves out what is silent, as it has shown
    private volatile bool pauses;

    private volatile bool missed;

    // the timer thread's own
    private bool owed;
    private bool said;
    private TimeSpan latest = TimeSpan.FromTicks(-1);
    private TimeSpan since;
    private TimeSpan looked;

    /// <summary>Nothing comes, it was said, and nothing has come since.</summary>
    public bool Missed => missed;

    /// <summary>Sound, or a key press.</summary>
    public void Came(in RtpPacket packet, TimeSpan now)
    {
        var pause = packet.Timestamp - timestamp;
        if (lastTicks >= 0 && packet.Marker && packet.Sequence == (ushort)(sequence + 1)
            && pause >= ShortestPause && pause < (uint)Limit.TotalMilliseconds * SamplesPerMs) pauses = true;
        (sequence, timestamp, resting) = (packet.Sequence, packet.Timestamp, false);
        Volatile.Write(ref lastTicks, now.Ticks);
    }

    /// <summary>A packet that is no sound. One of a format that nobody agreed on does not make up for the sound that is missing.</summary>
    public void CameOther(in RtpPacket packet, bool comfortNoise, TimeSpan now)
    {
        if (!comfortNoise && packet.Payload.Length > MostOfKeepAlive) return;
        resting = true;
        Volatile.Write(ref lastTicks, now.Ticks);
    }

    /// <summary>
    /// Looks. True when sound began to be missed, once in each time that it is owed; false when it came again; else null.
    /// <paramref name="owes"/>: both directions are open, somebody would hear the party, and what the party hears runs.
    /// </summary>
    public bool? Look(bool owes, TimeSpan now)
    {
        var last = TimeSpan.FromTicks(Volatile.Read(ref lastTicks));
        var comes = last > latest;
        if (owes && !owed) (pauses, said) = (false, false);
        if (!owes || !owed || now - looked > Asleep || resting || pauses) since = now;
        else if (last > since) since = last;
        (latest, owed, looked) = (last, owes, now);
        if (missed && comes)
        {
            missed = said = false;
            return false;
        }
        if (said || now - since < Limit) return null;
        missed = said = true;
        return true;
    }
}
