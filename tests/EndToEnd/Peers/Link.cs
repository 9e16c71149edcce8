using System.Net;
using System.Net.Sockets;

namespace EndToEnd.Peers;

/// <summary>
/// The way between a browser and the server's pages. Stalled, its sockets stay open and nothing passes; cut, they close and none opens.
/// </summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly TcpListener front = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int server;
    private readonly Task loop;
    private volatile TaskCompletionSource passes = Open();

    public Link(int server)
    {
        this.server = server;
        front.Start();
        loop = Accept();
    }

    public string Address => $"http://localhost:{((IPEndPoint)front.LocalEndpoint).Port}";

    public void Stall() => passes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn() => passes.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        GoOn();
        front.Stop();
        await loop;
        stop.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task Accept()
    {
        var ways = new List<Task>();
        try
        {
            while (!stop.IsCancellationRequested) ways.Add(Join(await front.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(ways);
        }
    }

    private async Task Join(TcpClient browser)
    {
        using (browser)
        using (var there = new TcpClient())
        {
            await there.ConnectAsync(IPAddress.Loopback, server, CancellationToken.None);
            await Task.WhenAny(Carry(browser.GetStream(), there.GetStream()), Carry(there.GetStream(), browser.GetStream()));
        }
    }

    private async Task Carry(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, stop.Token) is > 0 and var count)
            {
                await passes.Task;
                await to.WriteAsync(buffer.AsMemory(0, count), stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // one of the two is gone
        }
    }
}
