using System.Net;

namespace Tccc.Sip;

/// <summary>One place to send to: transport and address, and for TCP the connection that was used last (0 = none yet).</summary>
internal sealed class Hop(SipTransport transport, IPEndPoint remote, long connection = 0)
{
    public SipTransport Transport { get; } = transport;

    public IPEndPoint Remote { get; } = remote;

    public long Connection { get; } = connection;

    /// <summary>Where a new connection goes when <see cref="Connection"/> is gone: the peer's listening port.</summary>
    public IPEndPoint? Listening { get; init; }

    /// <summary>The address in the form of the socket, kept so that sending makes no garbage.</summary>
    public SocketAddress? Address { get; set; }

    public override string ToString() => $"{Transport} {Remote}";
}
