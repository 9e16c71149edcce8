using Tccc.Media.Legs;
using Tccc.Media.Sockets;

namespace Tccc.Media.Players;

/// <summary>The one timer thread: every 20 ms, counted from its start so that nothing drifts, each leg gets what we make for it.</summary>
internal sealed class Pacer(MediaClock clock, PacketLoop loop, Switchboard legs, Action<TimeSpan> everySecond) : IDisposable
{
    /// <summary>Of the grid.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private const int TicksPerSecond = 50;

    // after a longer pause of the process the missed frames are not made up for
    private static readonly TimeSpan MostBehind = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEvent stopped = new(false);
    private Thread? thread;

    public SendBatch Batch { get; } = loop.NewBatch();

    public void Start()
    {
        thread = new Thread(Run) { Name = "media-timer", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    public void Dispose()
    {
        stopped.Set();
        thread?.Join();
        Batch.Dispose();
        stopped.Dispose();
    }

    private void Run()
    {
        var origin = clock.Now;
        for (long tick = 1; ; tick++)
        {
            var behind = clock.Now - origin - (Step * tick);
            if (behind > MostBehind) tick += behind.Ticks / Step.Ticks;
            if (stopped.WaitOne(behind < TimeSpan.Zero ? (int)Math.Ceiling(-behind.TotalMilliseconds) : 0)) return;
            loop.CloseReleased();
            var now = clock.Now;
            foreach (var leg in legs.All) leg?.Tick(tick, now, Batch);
            Batch.Flush();
            if (tick % TicksPerSecond == 0) everySecond(now);
        }
    }
}
