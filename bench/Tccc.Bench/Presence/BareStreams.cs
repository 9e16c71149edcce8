using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Bench.Presence;

/// <summary>
/// The least that ASP.NET Core can do for the same: a PUT whose bytes come out of a stream, with no rule, row or page between.
/// </summary>
internal static class BareStreams
{
    /// <summary>The first argument of the process that is this; the second is its port.</summary>
    public const string Argument = "bare-streams";

    public static async Task<int> Serve(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var open = new ConcurrentDictionary<string, Channel<string>>();
        app.MapGet("/", () => "here");
        app.MapPut("/streams/{id}", async (string id, HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body);
            open[id].Writer.TryWrite(await body.ReadToEndAsync());
        });
        app.MapGet("/streams/{id}", async (string id, HttpResponse response, CancellationToken gone) =>
        {
            var events = open[id] = Channel.CreateUnbounded<string>();
            response.ContentType = "text/event-stream";
            response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await response.WriteAsync(":\n\n", gone);
            await foreach (var data in events.Reader.ReadAllAsync(gone))
                await response.WriteAsync($"event: agent-state\ndata: {data}\n\n", gone);
        });
        await app.RunAsync();
        return 0;
    }
}
