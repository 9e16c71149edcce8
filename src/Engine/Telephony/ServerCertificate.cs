using System.Net.Security;

namespace Tccc.Telephony;

/// <summary>The certificate of the host, which SIP over TLS shows too; asked for at a handshake, not before.</summary>
public delegate SslStreamCertificateContext ServerCertificate();
