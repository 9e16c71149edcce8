using System.Net;

namespace Tccc.Sip;

/// <summary>What the core asks of the world outside it: the sockets of the product, or the network of a test.</summary>
internal interface ISipOutput
{
    /// <summary>The port that is listened on, for UDP and TCP.</summary>
    int Port { get; }

    /// <summary>The port that is listened on for TLS.</summary>
    int TlsPort { get; }

    /// <summary>Sends one message. A failure that shows later comes back through <see cref="SipCore.TransportFailed"/>.</summary>
    void Send(Hop hop, ReadOnlySpan<byte> message);

    /// <summary>The host to put into Via and Contact towards that peer; IPv6 in brackets.</summary>
    string LocalHost(Hop hop);

    /// <summary>Looks a host name up and gives the answer on the loop; null when there is none.</summary>
    void Resolve(string host, Action<IPAddress?> done);
}
