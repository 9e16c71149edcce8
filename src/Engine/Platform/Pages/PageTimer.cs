using System.Diagnostics;

namespace Tccc.Platform;

/// <summary>
/// One thread that has stale pages drawn a moment after they became so. What a call changes on a page comes within milliseconds: drawn
/// together it is drawn once, sent in one packet, and wakes one thread for all pages instead of one a page and change.
/// </summary>
internal sealed class PageTimer
{
    /// <summary>The moment: less than a third of what a ring bar may take, one frame to the eye.</summary>
    internal static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(15);

    private readonly object gate = new();
    private List<WorkbenchStream> due = [];
    private List<WorkbenchStream> drawing = [];
    private bool stopped;

    public PageTimer() => new Thread(Run) { IsBackground = true, Name = "pages" }.Start();

    public void Add(WorkbenchStream stream)
    {
        lock (gate)
        {
            due.Add(stream);
            if (due.Count == 1) Monitor.Pulse(gate);
        }
    }

    public void Stop()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.Pulse(gate);
        }
    }

    private void Run()
    {
        while (TakeDue())
        {
            // a page that must wait for its browser goes on by itself
            foreach (var stream in drawing) stream.Resume();
            drawing.Clear();
        }
    }

    private bool TakeDue()
    {
        lock (gate)
        {
            while (due.Count == 0 && !stopped) Monitor.Wait(gate);
            var began = Stopwatch.GetTimestamp();
            while (!stopped && Gathering - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left) Monitor.Wait(gate, left);
            (due, drawing) = (drawing, due);
            return !stopped || drawing.Count > 0;
        }
    }
}
