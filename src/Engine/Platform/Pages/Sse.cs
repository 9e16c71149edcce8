using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tccc.Platform;

/// <summary>Server-sent events as an answer, with heartbeats as comments; WHATWG HTML §9.2.</summary>
public static class Sse
{
    /// <summary>Becomes a comment line, which keeps the connection and says nothing.</summary>
    public static SseItem<string> Heartbeat { get; } = new("", "heartbeat");

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
            var text = new StringBuilder();
            try
            {
                await using var each = items.GetAsyncEnumerator(httpContext.RequestAborted);
                var more = each.MoveNextAsync();
                while (true)
                {
                    // what is there at once goes out together
                    if (text.Length > 0 && (!more.IsCompleted || text.Length > TogetherAtMost)) await Send(response, text, httpContext.RequestAborted);
                    if (!await more) break;
                    Write(text, each.Current);
                    more = each.MoveNextAsync();
                }
                await Send(response, text, httpContext.RequestAborted);
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // the browser went; that is how every stream ends
            }
        }

        private static async ValueTask Send(HttpResponse response, StringBuilder text, CancellationToken ct)
        {
            // a chunk may end in the middle of a character
            var encoder = Encoding.UTF8.GetEncoder();
            foreach (var part in text.GetChunks()) encoder.Convert(part.Span, response.BodyWriter, flush: false, out _, out _);
            text.Clear();
            await response.BodyWriter.FlushAsync(ct);
        }

        private static void Write(StringBuilder text, SseItem<string> item)
        {
            if (ReferenceEquals(item.Data, Heartbeat.Data) && item.EventType == Heartbeat.EventType)
            {
                text.Append(":\n\n");
                return;
            }
            text.Append("event: ").Append(item.EventType).Append('\n');
            foreach (var line in item.Data.AsSpan().EnumerateLines()) text.Append("data: ").Append(line).Append('\n');
            text.Append('\n');
        }
    }
}
