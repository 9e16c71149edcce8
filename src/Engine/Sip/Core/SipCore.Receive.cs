using System.Text;

namespace Tccc.Sip;

/// <summary>
/// From a message to the transaction, session or rule that answers it (RFC 3261 §8.2, §12.2.2, §16 not: this is no proxy).
/// </summary>
internal sealed partial class SipCore
{
    private static readonly Admission Challenged = new Admission.Challenge();

    private void OnResponse(SipMessage response)
    {
        var error = MessageRules.Check(response, out _);
        if (error != ParseError.None)
        {
            Metrics.Dropped(error.ToString());
            return;
        }
        MessageRules.CSeq(response, out var number, out var method);
        var transaction = Transactions.Client(SipText.Raw(response.TopVia.Branch), Methods.Find(method));
        if (transaction is null || transaction.Request.CSeq != number) Metrics.Dropped("ResponseToNothing");
        else transaction.Received(response);
    }

    private void OnRequest(Hop source, SipMessage request)
    {
        var error = MessageRules.Check(request, out var phrase);
        if (error != ParseError.None)
        {
            Metrics.Dropped(error.ToString());
            if (request.Method != SipMethod.Ack) Refuse(request, source, error == ParseError.Version ? 505 : 400, phrase);
            return;
        }
        var via = request.TopVia;
        var key = TransactionTable.KeyOf(request, via, request.Method);
        var known = Transactions.Server(key);
        if (request.Method == SipMethod.Ack) OnAck(request, known);
        else if (SipUri.Read(request.RequestUri) is not { } uri) Refuse(request, source, 400, "Bad Request-URI");
        else if (known is not null) known.Again();
        else if (!Transactions.HasRoomFor(source, Options.MaxTransactions)) Refuse(request, source, 503, extra: [RetryAfter]);
        else if (request.Method == SipMethod.Cancel) OnCancel(request, source, via, key);
        else if (request.Party(HeaderId.To).Tag.Length > 0) OnDialogRequest(request, source, uri, key);
        else OnNewRequest(request, source, uri, key);
    }

    private void OnAck(SipMessage ack, ServerTransaction? invite)
    {
        if (invite is not null && invite.Acknowledged()) return;
        if (SessionOf(ack) is { } session) session.OnAck(ack);
        // The ACK to a refusal that was given without a transaction has done its duty.
        else if (!ack.Party(HeaderId.To).Tag.SequenceEqual(statelessTagBytes)) Metrics.Dropped("AckToNothing");
    }

    private void OnCancel(SipMessage cancel, Hop source, Via via, string key)
    {
        var invite = Transactions.Server(TransactionTable.KeyOf(cancel, via, SipMethod.Invite)) as InviteServerTransaction;
        // It is good from the hop that the INVITE came from, and from nobody else (RFC 3261 §22.1).
        if (invite is null || !invite.Source.Remote.Address.Equals(source.Remote.Address))
        {
            Refuse(cancel, source, 481);
            return;
        }
        var transaction = Begin(cancel, source, key, null);
        var session = invite.Session;
        Respond(transaction, 200, toTag: invite.Tag);
        session?.OnCancel(invite);
    }

    private void OnDialogRequest(SipMessage request, Hop source, SipUri uri, string key)
    {
        if (SessionOf(request) is { } session)
        {
            session.OnRequest(Begin(request, source, key, null), source);
            return;
        }
        // A stranger learns nothing of which dialogs exist.
        if (Admit(request, source, uri) is Admission.Refused) Refuse(request, source, 403);
        else Refuse(request, source, 481);
    }

    private void OnNewRequest(SipMessage request, Hop source, SipUri uri, string key)
    {
        var mergeKey = TransactionTable.MergeKeyOf(request);
        if (Transactions.IsMerged(mergeKey))
        {
            Refuse(request, source, 482);
            return;
        }
        var admission = Admit(request, source, uri);
        if (admission is Admission.Refused)
        {
            User.Suspected(new(SuspicionKind.UnknownSource, source.Remote.Address, request.Method, uri.Number, 0, TimeSpan.Zero));
            Refuse(request, source, 403);
            return;
        }
        string? username = null;
        if (admission is Admission.Challenge && !Authenticated(request, source, out username)) return;
        if (Unacceptable(request, source, uri, out var status, out var extra))
        {
            Refuse(request, source, status, extra: extra);
            return;
        }
        Dispatch(Begin(request, source, key, mergeKey), source, uri, (admission as Admission.Trusted)?.Peer, username);
    }

    private void Dispatch(ServerTransaction transaction, Hop source, SipUri uri, object? peer, string? username)
    {
        switch (transaction.Request.Method)
        {
            case SipMethod.Invite when ShuttingDown:
                Respond(transaction, 503);
                break;
            case SipMethod.Invite:
                SipSession.Listen(this, (InviteServerTransaction)transaction, source, uri, peer, username);
                break;
            case SipMethod.Register:
                Registrar.Register(transaction, source, username!);
                break;
            case SipMethod.Options:
                Respond(transaction, 200, extra: [$"Allow: {Methods.Allowed}", "Accept: " + SdpBody.Accepted, "Supported: timer"]);
                break;
            default:
                // BYE, INFO, UPDATE outside a dialog.
                Respond(transaction, 481);
                break;
        }
    }

    /// <summary>
    /// REGISTER always has to prove itself: an address alone never moves a phone's calls elsewhere. So does what comes from where a phone
    /// is registered, also when a carrier has that address: a phone is who it proved to be. What From says plays no part, so that nobody
    /// learns from the answer which names exist.
    /// </summary>
    private Admission Admit(SipMessage request, Hop source, SipUri uri)
    {
        if (Registrar.IsAt(source.Remote) && IsFirstHop(request)) return Challenged;
        var admission = User.Admit(request.Method, source.Remote, uri, SipUri.Read(request.Party(HeaderId.From).Uri)!);
        if (admission is Admission.Trusted) return request.Method == SipMethod.Register ? Challenged : admission;
        return admission is Admission.Refused && Registrar.HasPhoneAt(source.Remote.Address) ? Challenged : admission;
    }

    /// <summary>
    /// What a proxy forwards comes from the proxy's place, where phones may be registered through it and carriers call through it.
    /// </summary>
    private static bool IsFirstHop(SipMessage request)
    {
        var vias = 0;
        foreach (var _ in request.Values(HeaderId.Via)) vias++;
        return vias == 1;
    }

    private bool Authenticated(SipMessage request, Hop source, out string? username)
    {
        username = null;
        var address = source.Remote.Address;
        // A registered phone is not shut out by what its neighbours behind the same NAT try.
        if (FailedProofs.Claims(request) && !Registrar.IsAt(source.Remote) && Failures.Wait(address, Now) is > 0 and var wait)
        {
            Metrics.Throttled();
            Refuse(request, source, 503, extra: [$"Retry-After: {(wait + 999) / 1000}"]);
            return false;
        }
        var proof = Digest.Check(request, address, User.FindAccount, Now, out username);
        if (proof == Proof.Right) return true;
        if (proof == Proof.OfAnotherUri)
        {
            Refuse(request, source, 400, "Digest uri Is Not The Request-URI");
            return false;
        }
        if (proof == Proof.Wrong)
        {
            var (count, shut) = Failures.Failed(address, Now);
            Metrics.ProofFailed();
            User.Suspected(new(SuspicionKind.WrongCredentials, address, request.Method, username, count, TimeSpan.FromMilliseconds(shut)));
        }
        var name = SipUri.Read(request.Party(HeaderId.From).Uri)?.User ?? "";
        var account = User.FindAccount(name) ?? User.Decoy(name);
        Refuse(request, source, 401, more: w => Digest.Challenge(w, address, account, proof == Proof.Stale, Now));
        return false;
    }

    /// <summary>How many calls somebody may have under way: a carrier that is known by its address many, an account what it says.</summary>
    public int MostUnfinished(string? username) =>
        username is null ? Options.MaxUnfinishedCalls : User.FindAccount(username)?.UnfinishedCalls ?? DigestAccount.UnfinishedCallsOfPhone;

    /// <summary>RFC 3261 §8.2.1-8.2.3, in that order. Max-Forwards is no matter of an end point, 0 included (RFC 4475 §3.3.11).</summary>
    private static bool Unacceptable(SipMessage request, Hop source, SipUri uri, out int status, out string[]? extra)
    {
        extra = null;
        status = 0;
        if (request.Method is SipMethod.Unknown or > SipMethod.Update) (status, extra) = (405, [$"Allow: {Methods.Allowed}"]);
        else if (uri.Scheme is not ("sip" or "tel") && !(uri.Scheme == "sips" && source.Transport == SipTransport.Tls)) status = 416;
        else if (UnknownExtensions(request) is { } unknown) (status, extra) = (420, [$"Unsupported: {unknown}"]);
        else if (request.Method == SipMethod.Invite) BodyUnacceptable(request, out status, out extra);
        return status != 0;
    }

    public static string? UnknownExtensions(SipMessage request)
    {
        string? unknown = null;
        foreach (var value in request.Values(HeaderId.Require))
        {
            if (value.Length > 0 && !Ascii.EqualsIgnoreCase(value, "timer"u8))
                unknown = unknown is null ? SipText.Raw(value) : $"{unknown}, {SipText.Raw(value)}";
        }
        return unknown;
    }

    /// <summary>
    /// What an INVITE may carry: SDP, by itself or in a multipart body (<see cref="SdpBody"/>); it must let us answer with SDP and say
    /// where its sender is (RFC 2543 did not ask for that).
    /// </summary>
    public static bool BodyUnacceptable(SipMessage request, out int status, out string[]? extra)
    {
        status = 0;
        extra = null;
        var verdict = SdpBody.Read(request, out _);
        if (verdict == BodyVerdict.Broken) status = 400;
        else if (verdict == BodyVerdict.NotUnderstood) (status, extra) = (415,
            ["Accept: " + SdpBody.Accepted, "Accept-Encoding: identity"]);
        else if (request.Has(HeaderId.Accept) && !AcceptsSdp(request)) status = 406;
        else if (!request.Has(HeaderId.Contact) && request.TopVia.Branch.StartsWith(Via.Cookie)) status = 400;
        return status != 0;
    }

    private static bool AcceptsSdp(SipMessage request)
    {
        foreach (var value in request.Values(HeaderId.Accept))
        {
            var type = SipText.UpToSemicolon(value);
            if (Ascii.EqualsIgnoreCase(type, "application/sdp"u8) || Ascii.EqualsIgnoreCase(type, "application/*"u8)
                || type.SequenceEqual("*/*"u8)) return true;
        }
        return false;
    }

    private SipSession? SessionOf(SipMessage request)
    {
        var key = (SipText.Raw(request.Get(HeaderId.CallId)), SipText.Raw(request.Party(HeaderId.To).Tag));
        return Sessions.TryGetValue(key, out var session) && session.IsPeer(request.Party(HeaderId.From).Tag) ? session : null;
    }

    private ServerTransaction Begin(SipMessage request, Hop source, string key, string? mergeKey)
    {
        var kept = request.Detach();
        var reply = ReplyHop(request, source);
        ServerTransaction transaction = request.Method == SipMethod.Invite
            ? new InviteServerTransaction(this, key, kept, reply) { MergeKey = mergeKey, Source = source }
            : new PlainServerTransaction(this, key, kept, reply) { MergeKey = mergeKey, Source = source };
        Transactions.Add(transaction);
        (transaction as InviteServerTransaction)?.TryLater();
        return transaction;
    }

    /// <summary>
    /// RFC 3261 §18.2.2 with RFC 3581: back to where it came from, or to the port the peer names; over a stream that port is for when the
    /// connection is gone. maddr is not obeyed.
    /// </summary>
    private static Hop ReplyHop(SipMessage request, Hop source)
    {
        if (!Via.TryParse(request.First(HeaderId.Via), out var via)) return source;
        var port = via.Port == 0 ? DefaultPort(source.Transport) : via.Port;
        if (source.IsStream)
            return new Hop(
                source.Transport, source.Remote, source.Connection) { Listening = new(source.Remote.Address, port),
                Source = source.Source };
        return port == source.Remote.Port
            || via.Parameters.Has("rport"u8) ? source : new Hop(SipTransport.Udp, new(source.Remote.Address, port));
    }

    public void Respond(
        ServerTransaction transaction, int status, string? reason = null, string? toTag = null, IEnumerable<string>? extra = null,
        ReadOnlySpan<byte> body = default)
    {
        if (transaction.Answered) return;
        if (status >= 400) Metrics.Refused(status);
        transaction.Respond(
            status, WriteResponse(transaction.Request, transaction.Source, status, reason, toTag ?? statelessTag, extra, body));
    }

    /// <summary>An answer without a transaction: a repeated request is simply judged again.</summary>
    private void Refuse(
        SipMessage request, Hop source, int status, string? reason = null, IEnumerable<string>? extra = null,
        Action<MessageWriter>? more = null)
    {
        Metrics.Refused(status);
        if (request.Method == SipMethod.Ack) return;
        var message = WriteResponse(request, source, status, reason, statelessTag, extra, more: more);
        if (!request.Has(HeaderId.Via)) Metrics.Dropped("NoVia");
        else Send(ReplyHop(request, source), message);
    }
}
