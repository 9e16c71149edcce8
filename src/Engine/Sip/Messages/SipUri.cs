namespace Tccc.Sip;

/// <summary>A sip, sips or tel URI (RFC 3261 §19.1, RFC 3966). Immutable; equality as RFC 3261 §19.1.4 has it for scheme, user, host and port.</summary>
public sealed class SipUri : IEquatable<SipUri>
{
    /// <summary>A sip URI; user is given unescaped and may be null.</summary>
    public SipUri(string? user, string host, int port = 0, string scheme = "sip", string parameters = "")
    {
        (User, Host, Port, Scheme, Parameters) = (user, host, port, scheme, parameters);
    }

    /// <summary>In lower case: sip, sips or tel.</summary>
    public string Scheme { get; }

    /// <summary>Unescaped, without password; the number of a tel URI; null when there is none.</summary>
    public string? User { get; }

    /// <summary>Name or address; IPv6 in brackets; empty for tel.</summary>
    public string Host { get; }

    /// <summary>0 when the URI names none.</summary>
    public int Port { get; }

    /// <summary>The parameters as written, with the leading semicolon; empty when none.</summary>
    public string Parameters { get; }

    public bool Equals(SipUri? other) => other is not null && Scheme == other.Scheme && User == other.User && Port == other.Port
        && Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => Equals(obj as SipUri);

    public override int GetHashCode() => HashCode.Combine(Scheme, User, Port, StringComparer.OrdinalIgnoreCase.GetHashCode(Host));
}
