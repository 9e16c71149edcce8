using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tccc.Platform;

/// <summary>Server-sent events as an answer; WHATWG HTML §9.2.</summary>
public static class Sse
{
    /// <summary>
    /// How often a stream says that it is alive. A page that heard nothing for twice as long and a bit takes the link for cut
    /// (js/stream.js).
    /// </summary>
    public static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(5);

    /// <summary>What a browser takes nothing for so long is cut: its sockets stand open, and nothing passes.</summary>
    private static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(8);

    /// <summary>An event of its own, because a comment keeps the connection but no script of the page ever sees it.</summary>
    public static SseItem<string> Heartbeat { get; } = new("1", "beat");

    /// <summary>Answers with the stream until it ends or the browser goes.</summary>
    public static IResult Stream(IAsyncEnumerable<SseItem<string>> items) => new Answer(items);

    private sealed class Answer(IAsyncEnumerable<SseItem<string>> items) : IResult
    {
        private const int TogetherAtMost = 64 * 1024;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache,no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            // who asks with HEAD wants to know that there is a stream, and would not hear its end
            if (HttpMethods.IsHead(httpContext.Request.Method)) return;
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            using var stalled = new CancellationTokenSource();
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stalled.Token);
            var text = new StringBuilder();
            try
            {
                await using var each = items.GetAsyncEnumerator(gone.Token);
                var more = each.MoveNextAsync();
                while (true)
                {
                    // what is there at once goes out together
                    if (text.Length > 0 && (!more.IsCompleted || text.Length > TogetherAtMost))
                        await Send(response, text, stalled, gone.Token);
                    if (!await more) break;
                    Write(text, each.Current);
                    more = each.MoveNextAsync();
                }
                await Send(response, text, stalled, gone.Token);
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                // the browser went; that is how every stream ends
                if (stalled.IsCancellationRequested) httpContext.Abort();
            }
        }

        private static async ValueTask Send(
            HttpResponse response, StringBuilder text, CancellationTokenSource stalled, CancellationToken gone)
        {
            // a chunk may end in the middle of a character
            var encoder = Encoding.UTF8.GetEncoder();
            foreach (var part in text.GetChunks()) encoder.Convert(part.Span, response.BodyWriter, flush: false, out _, out _);
            text.Clear();
            var sent = response.BodyWriter.FlushAsync(gone);
            if (sent.IsCompletedSuccessfully) return;
            stalled.CancelAfter(TakenWithin);
            await sent;
            stalled.CancelAfter(Timeout.InfiniteTimeSpan);
        }

        private static void Write(StringBuilder text, SseItem<string> item)
        {
            text.Append("event: ").Append(item.EventType).Append('\n');
            foreach (var line in item.Data.AsSpan().EnumerateLines()) text.Append("data: ").Append(line).Append('\n');
            text.Append('\n');
        }
    }
}
