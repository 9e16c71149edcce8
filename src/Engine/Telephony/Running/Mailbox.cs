using System.Collections.Concurrent;

namespace Tccc.Telephony;

/// <summary>
/// A queue with one reader: what is posted from any thread is handled one by one, in order, on the thread pool. An empty mailbox costs
/// no thread, no task and no timer.
/// </summary>
internal abstract class Mailbox : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<Letter> letters = new();
    private int running;

    /// <summary>One letter; <paramref name="Reply"/> waits for how it was decided.</summary>
    protected readonly record struct Letter(object Content, TaskCompletionSource<Result>? Reply);

    /// <summary>Never blocks, never throws.</summary>
    public void Post(object content) => Put(new(content, null));

    /// <summary>Posts, and gives the outcome once it has been handled.</summary>
    public ValueTask<Result> Ask(object content)
    {
        var reply = new TaskCompletionSource<Result>(TaskCreationOptions.RunContinuationsAsynchronously);
        Put(new(content, reply));
        return new(reply.Task);
    }

    protected abstract void Handle(in Letter letter);

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            while (letters.TryDequeue(out var letter)) Handle(letter);
            Volatile.Write(ref running, 0);
            // One that came between the last look and the line above has found the reader still running.
            if (letters.IsEmpty || Interlocked.Exchange(ref running, 1) == 1) return;
        }
    }

    private void Put(in Letter letter)
    {
        letters.Enqueue(letter);
        if (Interlocked.Exchange(ref running, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
