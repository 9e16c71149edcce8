using System.Net;

namespace Tccc.Sip;

/// <summary>One place to send to: transport and address, and for TCP the connection that was used last (0 = none yet).</summary>
internal sealed record Hop(SipTransport Transport, IPEndPoint Remote, long Connection = 0);
