using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform.Tests;

/// <summary>What came in at the gateway.</summary>
internal sealed record Received(string Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>An SMS gateway on loopback that answers as a test wants.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private readonly List<Received> received = [];
    private WebApplication? app;

    /// <summary>Status and body of the answer; it may take its time.</summary>
    public Func<Received, CancellationToken, Task<(int Status, string Body)>> Answer { get; set; } = (_, _) => Task.FromResult((200, ""));

    public string Address { get; private set; } = "";

    public IReadOnlyList<Received> Received
    {
        get
        {
            lock (received) return [.. received];
        }
    }

    public static async Task<Gateway> Start(int port = 0)
    {
        var gateway = new Gateway();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        gateway.app = builder.Build();
        gateway.app.Run(gateway.Take);
        await gateway.app.StartAsync();
        gateway.Address = gateway.app.Urls.First();
        return gateway;
    }

    /// <summary>A gateway that says these statuses, one a request, and 200 from then on.</summary>
    public void Say(params int[] statuses)
    {
        var left = new Queue<int>(statuses);
        Answer = (_, _) =>
        {
            lock (left) return Task.FromResult((left.TryDequeue(out var status) ? status : 200, "said so"));
        };
    }

    public async ValueTask DisposeAsync() => await app!.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var one =
            new Received(
                await reader.ReadToEndAsync(),
                http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        lock (received) received.Add(one);
        var (status, body) = await Answer(one, http.RequestAborted);
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(body);
    }
}
