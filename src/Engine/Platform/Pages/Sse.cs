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
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache,no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var text = new StringBuilder();
            try
            {
                await foreach (var item in items.WithCancellation(httpContext.RequestAborted))
                {
                    Write(text.Clear(), item);
                    await response.WriteAsync(text.ToString(), httpContext.RequestAborted);
                    await response.Body.FlushAsync(httpContext.RequestAborted);
                }
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // the browser went; that is how every stream ends
            }
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
