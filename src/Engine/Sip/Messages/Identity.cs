using System.Text;

namespace Tccc.Sip;

/// <summary>What a request says of who calls, beside From.</summary>
internal static class Identity
{
    /// <summary>The values that hide the caller from the called party: id (RFC 3325 §9.3), user and header (RFC 3323 §4.2).</summary>
    private static readonly byte[][] Hiding = ["id"u8.ToArray(), "user"u8.ToArray(), "header"u8.ToArray()];

    /// <summary>P-Asserted-Identity; of its two values (a sip and a tel URI) the first that is a number.</summary>
    public static SipUri? Asserted(SipMessage request)
    {
        SipUri? first = null;
        foreach (var value in request.Values(HeaderId.PAssertedIdentity))
        {
            if (!NameAddr.TryParse(value, out var party) || SipUri.Read(party.Uri) is not { User: { } user } uri) continue;
            if (Subscriber.NumberIn(user) is not null) return uri;
            first ??= uri;
        }
        return first;
    }

    /// <summary>Values are joined by semicolons (RFC 3323 §4.2); commas and several fields are taken too.</summary>
    public static bool IsWithheld(SipMessage request)
    {
        foreach (var field in request.Values(HeaderId.Privacy))
        {
            foreach (var range in field.Split((byte)';'))
            {
                foreach (var hiding in Hiding)
                {
                    if (Ascii.EqualsIgnoreCase(SipText.Trim(field[range]), hiding)) return true;
                }
            }
        }
        return false;
    }
}
