using System.Net;

namespace Tccc.Media;

/// <summary>The media engine in this process: sockets, threads and all legs.</summary>
public sealed class MediaEndpoint(MediaOptions options, IMediaEvents events, Clips clips, TimeProvider time, IRandomness randomness) : IMedia, IAsyncDisposable
{
    /// <summary>Opens the browsers' port and starts the threads. Fails with <see cref="MediaStartException"/>: port taken, libssl missing, settings that can't be.</summary>
    public void Start() => throw new NotImplementedException($"{options} {events} {clips} {time} {randomness}");

    public Result<string> Answer(LegId leg, LegKind kind, string offer) => throw new NotImplementedException();

    public Result<string> Offer(LegId leg, IPAddress? towards = null) => throw new NotImplementedException();

    public Result Apply(LegId leg, string answer) => throw new NotImplementedException();

    public void Hear(LegId listener, Heard what) => throw new NotImplementedException();

    public Result SendDigits(LegId leg, string digits) => throw new NotImplementedException();

    public LegStats? Stats(LegId leg) => throw new NotImplementedException();

    public void Close(LegId leg) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
