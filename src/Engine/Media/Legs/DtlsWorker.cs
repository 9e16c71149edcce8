namespace Tccc.Media.Legs;

/// <summary>The thread that does handshakes, so that their arithmetic never delays sound.</summary>
internal sealed class DtlsWorker(MediaClock clock, MediaCounters counters) : IDisposable
{
    /// <summary>More datagrams than this are dropped: DTLS sends them again.</summary>
    public const int MostWaiting = 4096;

    /// <summary>Of one browser: a handshake is a dozen, so nobody fills the queue for the others.</summary>
    public const int MostOfOne = 64;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Queue<Job> jobs = new();
    private readonly HashSet<WebRtcLeg> timed = [];
    private readonly object gate = new();
    private Thread? thread;
    private bool stopping;

    internal enum Work
    {
        Start,
        Feed,
        Timer,
        PeerIsUp,
        Close,
    }

    private readonly record struct Job(WebRtcLeg Leg, Work Work, byte[] Datagram);

    public void Start()
    {
        thread = new Thread(Run) { Name = "media-handshakes", IsBackground = true };
        thread.Start();
    }

    public void Post(WebRtcLeg leg, Work work, ReadOnlySpan<byte> datagram = default)
    {
        lock (gate)
        {
            if (work == Work.Feed && (jobs.Count >= MostWaiting || leg.HandshakesWaiting >= MostOfOne))
            {
                Interlocked.Increment(ref counters.HandshakeQueueFull);
                return;
            }
            leg.HandshakesWaiting++;
            jobs.Enqueue(new Job(leg, work, datagram.ToArray()));
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Does what is queued (goodbyes among it), then ends.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.Pulse(gate);
        }
        thread?.Join();
    }

    private void Run()
    {
        while (Next(out var job))
        {
            if (job is { } j) Do(j.Leg, j.Work, j.Datagram);
            else FireTimers();
        }
    }

    // false: end; a null job: a timer is due
    private bool Next(out Job? job)
    {
        job = null;
        lock (gate)
        {
            while (true)
            {
                if (jobs.TryDequeue(out var next))
                {
                    job = next;
                    next.Leg.HandshakesWaiting--;
                    return true;
                }
                if (stopping) return false;
                var wait = UntilTimer();
                if (wait <= TimeSpan.Zero) return true;
                Monitor.Wait(gate, wait);
            }
        }
    }

    private TimeSpan UntilTimer()
    {
        var wait = LongestWait;
        var now = clock.Now;
        foreach (var leg in timed)
            if (leg.HandshakeDue is { } due && due - now < wait) wait = due - now;
        // the monitor counts whole milliseconds: rounded up, or it would spin through the last one
        return TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
    }

    private void FireTimers()
    {
        var now = clock.Now;
        foreach (var leg in timed.Where(leg => leg.HandshakeDue <= now).ToList()) Do(leg, Work.Timer, []);
    }

    private void Do(WebRtcLeg leg, Work work, byte[] datagram)
    {
        leg.Handshake(work, datagram, clock.Now);
        if (work != Work.Close && leg.HandshakeDue is not null) timed.Add(leg);
        else timed.Remove(leg);
    }
}
