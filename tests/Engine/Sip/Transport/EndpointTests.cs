using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>What tests of whole endpoints on real loopback sockets have in common.</summary>
public abstract class EndpointTests : IAsyncDisposable
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<SipEndpoint> endpoints = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var endpoint in endpoints) await endpoint.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static LockedRecorder Call(SipEndpoint from, int port, SipTransport transport, string host = "127.0.0.1")
    {
        var recorder = new LockedRecorder();
        recorder.Session = from.Invite(new OutgoingInvite
        {
            RequestUri = new SipUri("1", host, port), From =
                new SipUri("2", host), Destination = new(host, port, transport), Body = Recorder.Bytes("offer"),
        }, recorder);
        return recorder;
    }

    /// <param name="from">The last part of the client's own address in 127.0.0.0/8.</param>
    private protected static async Task<Socket> Connect(int port, byte from = 1)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Bind(new IPEndPoint(new IPAddress([127, 0, 0, from]), 0));
        await client.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    private protected static async Task<string> Receive(Socket client)
    {
        var buffer = new byte[4096];
        try
        {
            var count = await client.ReceiveAsync(buffer).WaitAsync(Patience);
            return Encoding.ASCII.GetString(buffer, 0, count);
        }
        catch (SocketException)
        {
            return "";
        }
    }

    /// <summary>An OPTIONS with all it must have.</summary>
    private protected static string Options(
        string transport, string branch, string sentBy = "127.0.0.9:5060", string uri = "sip:1@127.0.0.1") =>
        $"OPTIONS {uri} SIP/2.0\r\nVia: SIP/2.0/{transport} {sentBy};branch=z9hG4bK{branch};rport\r\nMax-Forwards: 70\r\n"
        + $"From: <sip:9@127.0.0.9>;tag=1\r\nTo: <sip:1@127.0.0.1>\r\nCall-ID: {branch}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";

    private protected static async Task Until(Func<bool> holds)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "It did not come true in time");
            await every.WaitForNextTickAsync();
        }
    }

    private protected async Task<SipEndpoint> Start(
        EndpointUser user, SipOptions? options = null, TimeProvider? time = null, IPAddress? bind = null)
    {
        options =
            (options ?? new SipOptions()) with { Port = 0, TlsPort = 0, Bind = bind ?? IPAddress.Loopback, OnFault = e => user.Fault = e };
        var endpoint = new SipEndpoint(options, user, time ?? TimeProvider.System, new SystemRandomness());
        await endpoint.Start();
        endpoints.Add(endpoint);
        return endpoint;
    }

    private protected void Forget(SipEndpoint endpoint) => endpoints.Remove(endpoint);
}
