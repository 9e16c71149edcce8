using Tccc.Platform;

namespace Tccc.Web.Start;

/// <summary>
/// Gives back what only the start needed: the model of the database as it was built, compiled methods' scratch, recordings as they were
/// read, pages of libraries. A third of the process, which else stays with it, because an idle server allocates too little to be collected.
/// docs/benchmarks.md.
/// </summary>
internal sealed class StartMemory(Deadlines deadlines, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>
    /// By then the announcements have been read and the first tidying is done. The collection stops the process for some 25 ms, which no
    /// call should meet later.
    /// </summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(10);

    /// <summary>
    /// By then carriers have been asked twice, and the compiler, which works in the C library's heap, is done with what the start called
    /// often.
    /// </summary>
    private static readonly TimeSpan Compiled = TimeSpan.FromSeconds(35);

    private HashSet<(nint Start, nint Length)> libraries = [];

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = time.Instant();
        deadlines.Alarm("start-memory", Collect).Set(started + AfterStart);
        deadlines.Alarm("start-compiled", GiveBack).Set(started + Compiled);
        return Task.CompletedTask;
    }

    private void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.Trim();
        libraries = MappedFiles.Find();
    }

    private void GiveBack()
    {
        NativeHeap.Trim();
        MappedFiles.Release(libraries);
        libraries = [];
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
