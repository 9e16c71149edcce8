namespace Tccc.Sip;

/// <summary>Dialog state of RFC 3261 §12: tags, counters, route set and target, and from them the next request.</summary>
internal sealed class Dialog
{
    private readonly List<string> routes = [];

    private Dialog(string callId, string local, string remote, string remoteTag)
    {
        (CallId, Local, Remote, RemoteTag) = (callId, local, remote, remoteTag);
    }

    public string CallId { get; }

    /// <summary>Our From as it is written, tag included.</summary>
    public string Local { get; }

    /// <summary>The peer's side as it is written, tag included.</summary>
    public string Remote { get; }

    public string RemoteTag { get; }

    public uint LocalCSeq { get; set; }

    /// <summary>0 until the peer sent a request.</summary>
    public uint RemoteCSeq { get; set; }

    /// <summary>The peer's Contact: Request-URI of what we send.</summary>
    public SipUri? Target { get; private set; }

    /// <summary>Where its messages come from.</summary>
    public Hop Seen { get; set; } = null!;

    /// <summary>Behind NAT: its Contact cannot be reached, <see cref="Seen"/> can.</summary>
    public bool Pinned { get; init; }

    /// <summary>The dialog of an INVITE that we answer; its route set is in order (§12.1.1).</summary>
    public static Dialog Answering(SipMessage invite, string localTag, Hop source)
    {
        var dialog = new Dialog(SipText.Raw(invite.Get(HeaderId.CallId)), $"{SipText.Raw(invite.Get(HeaderId.To))};tag={localTag}",
            SipText.Raw(invite.Get(HeaderId.From)), SipText.Raw(invite.Party(HeaderId.From).Tag))
        {
            Seen = source,
            Pinned = IsElsewhere(SipText.Raw(invite.TopVia.Host), source),
        };
        foreach (var route in invite.Values(HeaderId.RecordRoute)) dialog.routes.Add(SipText.Raw(route));
        MessageRules.CSeq(invite, out var number, out _);
        dialog.RemoteCSeq = number;
        dialog.Retarget(invite);
        return dialog;
    }

    /// <summary>The dialog of a 2xx to our INVITE; its route set is in reverse order (§12.1.2).</summary>
    public static Dialog Calling(SipMessage response, OutRequest invite, SipUri? called, bool pinned)
    {
        var dialog =
            new Dialog(invite.CallId, invite.From, SipText.Raw(response.Get(HeaderId.To)), SipText.Raw(response.Party(HeaderId.To).Tag))
        {
            Seen = invite.Hop,
            LocalCSeq = invite.CSeq,
            Target = called,
            Pinned = pinned,
        };
        foreach (var route in response.Values(HeaderId.RecordRoute)) dialog.routes.Insert(0, SipText.Raw(route));
        dialog.Retarget(response);
        return dialog;
    }

    /// <summary>Whether a host that a peer names for itself is an address other than the one it sends from.</summary>
    public static bool IsElsewhere(string host, Hop source) =>
        Addresses.Read(host) is { } address && !address.Equals(source.Remote.Address);

    /// <summary>A target refresh (§12.2): the Contact of INVITE, UPDATE and their 2xx.</summary>
    public void Retarget(SipMessage message)
    {
        if (SipUri.TryParseContact(message.Party(HeaderId.Contact).Uri, out var target)) Target = target;
    }

    /// <summary>The frame of the next request (§12.2.1.1, strict routers included).</summary>
    public OutRequest Next(SipMethod method, string branch, uint? cseq = null)
    {
        var target = Target?.ToString() ?? "sip:" + Seen.Remote;
        var (uri, route, next) = (target, routes.Count == 0 ? null : string.Join(", ", routes), Target);
        if (routes.Count > 0)
        {
            next = NameAddr.TryParse(System.Text.Encoding.Latin1.GetBytes(routes[0]), out var first) ? SipUri.Read(first.Uri) : null;
            if (next?.Parameter("lr") is null && next is not null)
            {
                uri = next.ToString();
                route = string.Join(", ", routes.Skip(1).Append($"<{target}>"));
            }
        }
        return new OutRequest
        {
            Method = method, Uri = uri, From = Local, To = Remote, CallId = CallId, CSeq = cseq ?? ++LocalCSeq, Branch = branch,
            Hop = Pinned ? Seen : SipCore.HopFor(next, Seen), Route = route,
        };
    }
}
