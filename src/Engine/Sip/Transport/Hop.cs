using System.Net;

namespace Tccc.Sip;

/// <summary>One place to send to: transport and address, and for TCP and TLS the connection that was used last (0 = none yet).</summary>
internal sealed class Hop(SipTransport transport, IPEndPoint remote, long connection = 0)
{
    public SipTransport Transport { get; } = transport;

    public IPEndPoint Remote { get; } = remote;

    public long Connection { get; } = connection;

    /// <summary>Where a new connection goes when <see cref="Connection"/> is gone: the peer's listening port.</summary>
    public IPEndPoint? Listening { get; init; }

    /// <summary>Over TLS: the name that the peer's certificate must be for (RFC 5922 §7.2); its address when null.</summary>
    public string? Name { get; init; }

    /// <summary>Whose turns the messages from there take; null for a place that nothing came from.</summary>
    public Source? Source { get; set; }

    /// <summary>When <see cref="Source"/> was last found out.</summary>
    public long JudgedAt { get; set; }

    /// <summary>It is a connection that counts among those of <see cref="Source"/>.</summary>
    public bool Connected { get; set; }

    /// <summary>The address in the form of the socket, kept so that sending makes no garbage.</summary>
    public SocketAddress? Address { get; set; }

    /// <summary>Messages neither get lost nor change their order.</summary>
    public bool IsStream => Transport != SipTransport.Udp;

    public override string ToString() => $"{Transport} {Remote}";
}
