using System.Net.ServerSentEvents;

namespace Tccc.Web.Tests;

/// <summary>One open event stream.</summary>
internal sealed class EventReader(HttpResponseMessage response, Stream body) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource late = new();
    private IAsyncEnumerator<SseItem<string>>? items;

    /// <summary>The next event of this name; fails when none comes or the stream ends.</summary>
    public async Task<string> Next(string name)
    {
        late.CancelAfter(Patience);
        items ??= SseParser.Create(body).EnumerateAsync(late.Token).GetAsyncEnumerator();
        while (await items.MoveNextAsync())
        {
            if (items.Current.EventType == name) return items.Current.Data;
        }
        throw new InvalidOperationException($"The stream ended without an event \"{name}\".");
    }

    /// <summary>Reads to the end; fails when there is none.</summary>
    public async Task Ends()
    {
        late.CancelAfter(Patience);
        items ??= SseParser.Create(body).EnumerateAsync(late.Token).GetAsyncEnumerator();
        while (await items.MoveNextAsync())
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await body.DisposeAsync();
        late.Dispose();
    }
}
