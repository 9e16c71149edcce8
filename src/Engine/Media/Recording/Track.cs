namespace Tccc.Media.Recording;

/// <summary>
/// Where the packets of one channel stand in the file, in samples of the media clock. Within one stream the distance is what the timestamps
/// say, so that jitter, loss and disorder move nothing; the stream as a whole stands where its quickest packets came, so that neither its
/// own clock nor a pause that its timestamps leave out moves it away.
/// </summary>
internal sealed class Track
{
    /// <summary>
    /// What comes up to so much later than its time, 1 s, is put where it belongs; later than that nobody else heard it there either.
    /// </summary>
    public const int HoldBack = 8000;

    /// <summary>What comes so much before its time, 60 ms, shows that the stream stands too late: it moves at once.</summary>
    public const int MostEarly = 480;

    // 800 ms, in which some packet came without delay
    private const int Watched = 6400;

    // 5 ms by which all packets of the time came late, 10 ms by which one came early: less is jitter
    private const int Late = 40, Early = 80;

    // samples by which a packet is moved that follows another one, of which nobody hears: 0.6 %, and 2.5 % when it is far
    private const int Step = 1, WideStep = 4, Far = 20;

    // 20 ms more than its timestamps say are a pause, and no clock
    private const int Pause = 160;

    // as many that are older than they can be are of a source that began anew
    private const int MostStrays = 3;

    private bool begun;
    private uint ssrc;

    // the newest packet
    private uint newest;
    private long place;
    private long end;
    private int strays;

    // how much later the stream is to stand, and how much more than that its quickest packet came late since the watch began
    private long owed;
    private long least;
    private long watchedUntil;

    /// <summary>The place of a packet that came at <paramref name="arrival"/>; null when it came too late to have one.</summary>
    /// <param name="stretched">So many samples before it are to be filled: the stream was moved by them.</param>
    public long? Place(uint source, uint timestamp, int samples, long arrival, out int stretched)
    {
        stretched = 0;
        if (!begun || source != ssrc) return Begin(source, timestamp, samples, arrival);
        var ahead = (int)(timestamp - newest);
        var at = place + ahead;
        var late = arrival - at;
        var fits = late is <= HoldBack and >= -MostEarly;
        if (ahead <= 0)
        {
            if (!fits && ++strays < MostStrays) return null;
            if (!fits) return Begin(source, timestamp, samples, arrival);
            strays = 0;
            return at;
        }
        if (!fits) return Begin(source, timestamp, samples, arrival);
        strays = 0;
        Watch(late, arrival);
        var step = StepOf(at);
        if (at <= end && step is > 0 and <= WideStep) stretched = (int)step;
        owed -= step;
        (newest, place, end) = (timestamp, at + step, at + step + samples);
        return place;
    }

    // at once where it leaves or fills a hole
    private long StepOf(long at)
    {
        if (owed > Pause) return owed;
        if (at > end) return Math.Max(owed, end - at);
        return Math.Clamp(owed, owed < -Far ? -WideStep : -Step, owed > Far ? WideStep : Step);
    }

    private long Begin(uint source, uint timestamp, int samples, long arrival)
    {
        (begun, ssrc, newest, place, end, strays, owed) = (true, source, timestamp, arrival, arrival + samples, 0, 0);
        WatchAnew(arrival);
        return arrival;
    }

    private void Watch(long late, long arrival)
    {
        var off = late - owed;
        if (off < -Early)
        {
            owed = late;
            WatchAnew(arrival);
            return;
        }
        least = Math.Min(least, off);
        if (arrival < watchedUntil) return;
        if (least > Late) owed += least;
        WatchAnew(arrival);
    }

    private void WatchAnew(long arrival) => (least, watchedUntil) = (long.MaxValue, arrival + Watched);
}
