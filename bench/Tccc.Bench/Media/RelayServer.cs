using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tccc;
using Tccc.Media;
using Tccc.Media.Recording;

namespace Bench.Media;

/// <summary>Our relay in a process of its own, so that its CPU and memory are nobody else's. Takes orders line by line.</summary>
internal static class RelayServer
{
    /// <summary>The first argument of the process that is this.</summary>
    public const string Argument = "media-relay";

    // keeps how recordings ended
    private sealed class Ends : IMediaEvents
    {
        public ConcurrentQueue<MediaEvent.RecordingEnded> All { get; } = [];

        public void On(MediaEvent e)
        {
            if (e is MediaEvent.RecordingEnded ended) All.Enqueue(ended);
        }
    }

    public static async Task<int> Serve()
    {
        var options = new MediaOptions { Address = "127.0.0.1", WebRtcPort = 0, RtpPortMin = 24000, RtpPortMax = 29999 };
        var ends = new Ends();
        await using var endpoint = new MediaEndpoint(
            options, ends, new Clips(), TimeProvider.System, new SystemRandomness(), portable: false,
            path => Path.GetFileName(path).StartsWith("slow", StringComparison.Ordinal) ? new SlowFile(path) : Recorder.Create(path));
        endpoint.Start();
        var lastLeg = 0L;
        while (Console.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "answer":
                    var leg = new LegId(++lastLeg);
                    var answer =
                        endpoint.Answer(leg, Enum.Parse<LegKind>(words[1]), Encoding.UTF8.GetString(Convert.FromBase64String(words[2])));
                    Console.WriteLine($"{leg} {Convert.ToBase64String(Encoding.UTF8.GetBytes(answer.Value))}");
                    break;
                case "bridge":
                    var (a, b) = (LegId.Parse(words[1], null), LegId.Parse(words[2], null));
                    endpoint.Hear(a, new Heard.Leg(b));
                    endpoint.Hear(b, new Heard.Leg(a));
                    Console.WriteLine("done");
                    break;
                case "meet":
                    LegId[] all = [.. words[1..].Select(word => LegId.Parse(word, null))];
                    foreach (var listener in all) endpoint.Hear(listener, new Heard.Legs([.. all.Where(other => other != listener)]));
                    Console.WriteLine("done");
                    break;
                case "record":
                    Console.WriteLine(endpoint.Record(LegId.Parse(words[1], null), words[2]).Ok ? "done" : "refused");
                    break;
                case "stop":
                    endpoint.StopRecording(LegId.Parse(words[1], null));
                    Console.WriteLine("done");
                    break;
                case "ends":
                    var count = int.Parse(words[1], CultureInfo.InvariantCulture);
                    SpinWait.SpinUntil(() => ends.All.Count >= count, TimeSpan.FromSeconds(60));
                    var cut = count - ends.All.Count(ended => ended.How == RecordingEnd.Complete);
                    var shortest = ends.All.Min(ended => ended.Length.TotalSeconds);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cut} {shortest}"));
                    ends.All.Clear();
                    break;
                case "close":
                    endpoint.Close(LegId.Parse(words[1], null));
                    Console.WriteLine("done");
                    break;
                case "allocated":
                    Console.WriteLine(Allocated(endpoint).ToString(CultureInfo.InvariantCulture));
                    break;
                case "collect":
                    GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    Console.WriteLine("done");
                    break;
            }
        }
        return 0;
    }

    // bytes that the media thread ever allocated, as it says itself
    private static long Allocated(MediaEndpoint endpoint)
    {
        using var told = new ManualResetEventSlim();
        long bytes = 0;
        endpoint.Loop.Post(() =>
        {
            bytes = GC.GetAllocatedBytesForCurrentThread();
            told.Set();
        });
        told.Wait();
        return bytes;
    }
}

/// <summary>A file on a storage that stands still for 2 s of every 10, for all files at once.</summary>
internal sealed class SlowFile(string path) : Stream
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10), Stall = TimeSpan.FromSeconds(2);
    private static readonly Stopwatch Clock = Stopwatch.StartNew();
    private static readonly ManualResetEvent Never = new(false);
    private readonly Stream file = Recorder.Create(path);

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => file.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var left = Stall - TimeSpan.FromTicks(Clock.Elapsed.Ticks % Every.Ticks);
        if (left > TimeSpan.Zero) Never.WaitOne(left);
        file.Write(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }
}
