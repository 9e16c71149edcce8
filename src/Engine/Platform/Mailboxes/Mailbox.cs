using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Tccc.Platform;

/// <summary>
/// A queue with one reader at a time: what is posted from any thread is handled one by one, in order. Whoever posts into an idle mailbox
/// reads it itself, so a call's small steps cost no change of threads; whoever finds it being read leaves the letter and goes on. An empty
/// mailbox costs no thread, no task and no timer. Nobody ever waits for a mailbox, so reading one may post into any other.
/// </summary>
public abstract class Mailbox<T> : IThreadPoolWorkItem
{
    /// <summary>A thread that reads for others does so for so many rounds; then the pool goes on.</summary>
    private const int RoundsAtMost = 32;

    private readonly ConcurrentQueue<T> letters = new();
    private int running;

    /// <summary>Never throws. May handle letters before it returns.</summary>
    protected void Put(T letter)
    {
        letters.Enqueue(letter);
        if (Interlocked.Exchange(ref running, 1) == 0) Read();
    }

    /// <summary>As <see cref="Put"/>, from a thread that must not be held up, such as that of the media packets.</summary>
    protected void PutAside(T letter)
    {
        letters.Enqueue(letter);
        if (Interlocked.Exchange(ref running, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>The next letter; for <see cref="Work"/>.</summary>
    protected bool TryTake([MaybeNullWhen(false)] out T letter) => letters.TryDequeue(out letter);

    /// <summary>Called with something in the mailbox, by one thread at a time; takes some or all of it and lets no exception out.</summary>
    protected abstract void Work();

    void IThreadPoolWorkItem.Execute() => Read();

    private void Read()
    {
        var rounds = 0;
        while (true)
        {
            while (!letters.IsEmpty)
            {
                if (++rounds > RoundsAtMost)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                    return;
                }
                Work();
            }
            Volatile.Write(ref running, 0);
            // One that came between the last look and the line above has found the reader still running.
            if (letters.IsEmpty || Interlocked.Exchange(ref running, 1) == 1) return;
        }
    }
}
