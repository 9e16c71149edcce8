using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Tccc.Web.Tests;

/// <summary>
/// HTTP/2 rapid reset: a client that opens streams and takes each back at once, so that none ever counts as open. RFC 9113 §6.4.
/// </summary>
internal sealed class Http2Flood : IAsyncDisposable
{
    private const int Streams = 200_000;
    private const int AtOnce = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(type: 4, flags: 0, stream: 0, [])];

    /// <summary>GET https://localhost/login: RFC 7541, the static table where it can be.</summary>
    private static readonly byte[] Request = [0x82, 0x87, 0x04, 6, .. "/login"u8, 0x01, 9, .. "localhost"u8];

    private static readonly byte[] Cancel = [0, 0, 0, 8];

    private readonly SslStream tls;

    private Http2Flood(SslStream tls) => this.tls = tls;

    public static async Task<Http2Flood> Open(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
#pragma warning disable CA5359 // the server made its certificate itself
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        });
        Assert.Equal(SslApplicationProtocol.Http2, tls.NegotiatedApplicationProtocol);
        await tls.WriteAsync(Preface);
        return new(tls);
    }

    /// <summary>Whether the server ends the connection before all are sent.</summary>
    public async Task<bool> IsCutOff()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            for (var first = 0; first < Streams; first += AtOnce)
            {
                var burst = Enumerable.Range(first, AtOnce).Select(i => (2 * i) + 1)
                    .SelectMany(
                        stream => (byte[])[.. Frame(type: 1, flags: 5, stream, Request), .. Frame(type: 3, flags: 0, stream, Cancel)])
                            .ToArray();
                await tls.WriteAsync(burst, patience.Token);
            }
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public ValueTask DisposeAsync() => tls.DisposeAsync();

    private static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }
}
