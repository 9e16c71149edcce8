namespace Tccc.Media.Recording;

/// <summary>The one thread that writes all recordings, so that no storage ever delays sound.</summary>
internal sealed class Recorder(MediaClock clock, IMediaEvents events, Func<string, Stream> create) : IDisposable
{
    // a kill costs so much more than what is held back; seldom, since a thread that wakes up takes time from the others
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // a storage that answers no more: the next start mends what is left then
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(10);

    private readonly object gate = new();
    private readonly List<Reel> reels = [];
    private Thread? thread;
    private bool stopping;

    /// <summary>How many ended, by <see cref="RecordingEnd"/>.</summary>
    public long[] Ends { get; } = new long[Enum.GetValues<RecordingEnd>().Length];

    /// <summary>Recordings under way.</summary>
    public int Count
    {
        get
        {
            lock (gate) return reels.Count;
        }
    }

    /// <summary>Opens a file that only we can read, and that must not be there yet.</summary>
    public static Stream Create(string path)
    {
        // pieces are whole already: a buffer would only copy them
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    public void Start()
    {
        thread = new Thread(Run) { Name = "media-recorder", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        thread.Start();
    }

    /// <summary>Null when there are too many.</summary>
    public Tape? Begin(LegId leg, string path)
    {
        lock (gate)
        {
            if (reels.Count >= Recordings.MostAtOnce) return null;
            var tape = new Tape(leg, path, clock.Now);
            reels.Add(new Reel(tape, create));
            Monitor.Pulse(gate);
            return tape;
        }
    }

    /// <summary>Ends what is under way, as complete, and waits for the files.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var reel in reels) reel.Tape.Stop(clock.Now, RecordingEnd.Complete);
            stopping = true;
            Monitor.Pulse(gate);
        }
        thread?.Join(LongestGoodbye);
    }

    private void Run()
    {
        while (Next() is { Length: > 0 } all)
            foreach (var reel in all)
                if (reel.Write(clock.Now) is { } ended) Ended(reel, ended);
    }

    // none: the end
    private Reel[] Next()
    {
        lock (gate)
        {
            if (!stopping && reels.Count > 0) Monitor.Wait(gate, Interval);
            while (!stopping && reels.Count == 0) Monitor.Wait(gate);
            return [.. reels];
        }
    }

    private void Ended(Reel reel, MediaEvent.RecordingEnded how)
    {
        lock (gate) reels.Remove(reel);
        reel.Dispose();
        Interlocked.Increment(ref Ends[(int)how.How]);
        events.On(how);
    }
}
