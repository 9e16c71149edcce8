using Tccc.Media.Rtp;

namespace Tccc.Media.Quality;

/// <summary>
/// The quality of one leg, interval by interval: never of the whole call, in which an hour that was good hides a minute that was not. The
/// timer thread closes intervals; anybody takes them. Nothing is allocated but what is taken.
/// </summary>
internal sealed class LegMeter
{
    /// <summary>RTCP's own pace (RFC 3550 §6.2).</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Entries of the history, an even number: 5 min in intervals of 5 s. When it is full, each two become one, and each entry stands for
    /// twice as much from then on; a call of ten hours has entries of 10 min.
    /// </summary>
    public const int MostKept = 60;

    /// <summary>The rest at the end of a call says something from here on.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly record struct Counters(long Expected, long Lost, long Bursts, long Jitters, double JitterSumMs);

    private readonly Lock gate = new();
    private readonly Slice[] kept = new Slice[MostKept];
    private int count;
    private int inEntry = 1;
    private int inNewest;
    private bool begun;
    private TimeSpan began;
    private TimeSpan intervalBegan;
    private Counters before;

    // of the interval's end, so that a tick before it costs nothing
    private long dueTicks;
    private Slice last;
    private TimeSpan lastBegan;
    private bool hasLast;

    /// <summary>The last interval that is over; null before.</summary>
    public QualityInterval? Last
    {
        get
        {
            lock (gate) return hasLast ? last.ToInterval(lastBegan) : null;
        }
    }

    /// <summary>Ends the interval when it is time. Who reads holds up nobody's sound: then it is ended at the next tick.</summary>
    public void Tick(RtpReception reception, RemoteReports reports, TimeSpan now)
    {
        if (now.Ticks < Volatile.Read(ref dueTicks) || !gate.TryEnter()) return;
        try
        {
            if (!begun) Begin(reception, now);
            if (now - intervalBegan < Interval) return;
            (last, lastBegan, hasLast) = (Measure(reception, reports, now), intervalBegan - began, true);
            Keep(last);
            BeginInterval(reception, now);
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>All intervals since the last time, oldest first, and the rest of the one under way; begins anew.</summary>
    public IReadOnlyList<QualityInterval> Take(RtpReception reception, RemoteReports reports, TimeSpan now)
    {
        lock (gate)
        {
            List<QualityInterval> taken = new(count + 1);
            var at = TimeSpan.Zero;
            foreach (ref readonly var slice in kept.AsSpan(0, count))
            {
                var interval = slice.ToInterval(at);
                taken.Add(interval);
                at += interval.Length;
            }
            var rest = Measure(reception, reports, now);
            if (begun && now - intervalBegan >= Shortest) taken.Add(rest.ToInterval(at));
            Begin(reception, now);
            return taken;
        }
    }

    private void Begin(RtpReception reception, TimeSpan now)
    {
        (count, inEntry, inNewest, hasLast) = (0, 1, 0, false);
        (begun, began) = (true, now);
        BeginInterval(reception, now);
    }

    private void BeginInterval(RtpReception reception, TimeSpan now)
    {
        (intervalBegan, before) = (now, Count(reception));
        Volatile.Write(ref dueTicks, (now + Interval).Ticks);
    }

    private static Counters Count(RtpReception reception) =>
        new(
            reception.Losses.Expected, reception.Losses.Lost, reception.Losses.Bursts, reception.Jitters,
            reception.JitterSum / RtpReception.UnitsPerMs);

    private Slice Measure(RtpReception reception, RemoteReports reports, TimeSpan now)
    {
        var (counted, slice) = (Count(reception), reports.Take(now));
        // the border between two is where whole milliseconds are, so that lengths add up to the call's
        slice.Milliseconds = (int)((now.Ticks / TimeSpan.TicksPerMillisecond) - (intervalBegan.Ticks / TimeSpan.TicksPerMillisecond));
        slice.Expected = (int)(counted.Expected - before.Expected);
        // counted while the media thread counts on
        slice.Lost = (int)Math.Min(slice.Expected, counted.Lost - before.Lost);
        slice.Bursts = (int)Math.Min(slice.Lost, counted.Bursts - before.Bursts);
        slice.Jitters = (int)(counted.Jitters - before.Jitters);
        slice.JitterSumMs = (float)(counted.JitterSumMs - before.JitterSumMs);
        return slice;
    }

    private void Keep(in Slice slice)
    {
        if (count > 0 && inNewest < inEntry)
        {
            kept[count - 1].Add(slice);
            inNewest++;
            return;
        }
        if (count == MostKept) Fold();
        kept[count++] = slice;
        inNewest = 1;
    }

    private void Fold()
    {
        count = MostKept / 2;
        for (var i = 0; i < count; i++)
        {
            kept[i] = kept[2 * i];
            kept[i].Add(kept[(2 * i) + 1]);
        }
        inEntry *= 2;
    }
}
