using System.Text;

namespace Tccc.Sip;

/// <summary>Header fields that the engine reads; all others are Other and are carried along unread.</summary>
internal enum HeaderId : byte
{
    Other,
    Accept,
    Allow,
    Authorization,
    CallId,
    Contact,
    ContentDisposition,
    ContentEncoding,
    ContentLength,
    ContentType,
    CSeq,
    Date,
    Expires,
    From,
    MaxForwards,
    MinExpires,
    MinSE,
    PAssertedIdentity,
    Privacy,
    ProxyAuthenticate,
    ProxyAuthorization,
    ProxyRequire,
    Reason,
    RecordRoute,
    Require,
    RetryAfter,
    Route,
    SessionExpires,
    Supported,
    To,
    UserAgent,
    Via,
    WwwAuthenticate,
}

internal static class HeaderNames
{
    public const int Count = (int)HeaderId.WwwAuthenticate + 1;

    private static readonly (string Name, HeaderId Id)[] Known =
    [
        ("Accept", HeaderId.Accept), ("Allow", HeaderId.Allow), ("Authorization", HeaderId.Authorization),
        ("Call-ID", HeaderId.CallId), ("i", HeaderId.CallId), ("Contact", HeaderId.Contact), ("m", HeaderId.Contact),
        ("Content-Disposition", HeaderId.ContentDisposition), ("Content-Encoding", HeaderId.ContentEncoding),
            ("e", HeaderId.ContentEncoding),
        ("Content-Length", HeaderId.ContentLength), ("l", HeaderId.ContentLength),
        ("Content-Type", HeaderId.ContentType), ("c", HeaderId.ContentType), ("CSeq", HeaderId.CSeq), ("Date", HeaderId.Date),
        ("Expires", HeaderId.Expires), ("From", HeaderId.From), ("f", HeaderId.From), ("Max-Forwards", HeaderId.MaxForwards),
        ("Min-Expires", HeaderId.MinExpires), ("Min-SE", HeaderId.MinSE), ("P-Asserted-Identity", HeaderId.PAssertedIdentity),
        ("Privacy", HeaderId.Privacy),
        ("Proxy-Authenticate", HeaderId.ProxyAuthenticate), ("Proxy-Authorization", HeaderId.ProxyAuthorization),
        ("Proxy-Require", HeaderId.ProxyRequire), ("Reason", HeaderId.Reason), ("Record-Route", HeaderId.RecordRoute),
        ("Require", HeaderId.Require),
        ("Retry-After", HeaderId.RetryAfter), ("Route", HeaderId.Route), ("Session-Expires", HeaderId.SessionExpires),
        ("x", HeaderId.SessionExpires), ("Supported", HeaderId.Supported), ("k", HeaderId.Supported), ("To", HeaderId.To),
        ("t", HeaderId.To), ("User-Agent", HeaderId.UserAgent), ("Via", HeaderId.Via), ("v", HeaderId.Via),
        ("WWW-Authenticate", HeaderId.WwwAuthenticate),
    ];

    private const int Longest = 20;
    private static readonly (byte[] Name, HeaderId Id)[][] ByLength = Index();

    /// <summary>Names are matched without regard to case, short forms included (RFC 3261 §7.3.3, §20).</summary>
    public static HeaderId Find(ReadOnlySpan<byte> name)
    {
        if (name.Length > Longest) return HeaderId.Other;
        foreach (var (known, id) in ByLength[name.Length])
        {
            if (Ascii.EqualsIgnoreCase(name, known)) return id;
        }
        return HeaderId.Other;
    }

    private static (byte[], HeaderId)[][] Index()
    {
        var table = new (byte[], HeaderId)[Longest + 1][];
        for (var length = 0; length <= Longest; length++)
            table[length] = [.. Known.Where(k => k.Name.Length == length).Select(k => (Encoding.ASCII.GetBytes(k.Name), k.Id))];
        return table;
    }
}
