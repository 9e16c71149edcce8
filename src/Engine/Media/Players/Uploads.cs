namespace Tccc.Media.Players;

/// <summary>Reads strangers' files, one at a time, each within a time.</summary>
internal static class Uploads
{
    /// <summary>Files that may wait for their turn; each holds its bytes meanwhile.</summary>
    public const int MostWaiting = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>A quarter of an hour of MP3 takes some seconds.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(60);

    private static readonly SemaphoreSlim Turn = new(1);
    private static int waiting;

    /// <summary>Fails with <see cref="BadSound"/>, <see cref="SoundTooLong"/> or <see cref="SoundsBusy"/>.</summary>
    public static async Task<Result<short[]>> Read(byte[] file, CancellationToken stop)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting + 1)
        {
            Interlocked.Decrement(ref waiting);
            return new SoundsBusy();
        }
        try
        {
            if (!await Turn.WaitAsync(LongestWait, stop)) return new SoundsBusy();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(LongestRead);
            try
            {
                return await Task.Run(() => SoundFile.Read(file, limit.Token), CancellationToken.None);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return new SoundsBusy();
            }
            finally
            {
                Turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
