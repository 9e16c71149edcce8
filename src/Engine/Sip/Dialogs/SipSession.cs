using System.Net;

namespace Tccc.Sip;

/// <summary>
/// One INVITE dialog usage, ours or the peer's. Its methods may be called from any thread and are done on the SIP loop in
/// the order of the calls; one that no longer fits the state does nothing.
/// </summary>
public sealed partial class SipSession
{
    private enum State
    {
        /// <summary>The peer's INVITE waits for our final answer.</summary>
        Incoming,
        /// <summary>Our INVITE waits for the peer's final answer.</summary>
        Calling,
        /// <summary>The peer's 2xx had an offer; our answer goes into the ACK.</summary>
        OwesAnswer,
        /// <summary>Our 2xx waits for its ACK.</summary>
        AwaitsAck,
        Up,
        /// <summary>Ended for the user; what the protocol still owes the peer is being done.</summary>
        Closing,
    }

    /// <summary>A typed extension is shorter; each waits for the answer of the one before.</summary>
    private const int InfosAtMost = 64;

    private readonly SipCore core;
    private readonly SipTimer ringTimer;
    private ISessionEvents events = null!;
    private State state;
    private Dialog? dialog;
    private bool ended;
    private bool infoUnderWay;
    private Queue<(string ContentType, ReadOnlyMemory<byte> Body)>? infos;

    private SipSession(SipCore core)
    {
        this.core = core;
        LocalTag = core.NewToken();
        ringTimer = new SipTimer(core.Timers, OnRingTimer);
        repeatTimer = new SipTimer(core.Timers, OnRepeat);
        sessionTimer = new SipTimer(core.Timers, OnSessionTimer);
        glareTimer = new SipTimer(core.Timers, () => TryModify());
    }

    /// <summary>The peer called us.</summary>
    public bool Incoming { get; private init; }

    /// <summary>Call-ID as it is on the wire.</summary>
    public string SipCallId { get; private init; } = "";

    /// <summary>What <see cref="Admission.Trusted"/> carried.</summary>
    public object? Peer { get; private init; }

    /// <summary>The digest account that proved itself; null for a peer trusted by address and for our own INVITEs.</summary>
    public string? Username { get; private init; }

    /// <summary>Where the INVITE came from; null for our own.</summary>
    public IPEndPoint? Source { get; private init; }

    public SipUri RequestUri { get; private init; } = null!;

    public SipUri From { get; private init; } = null!;

    public string? FromDisplay { get; private init; }

    public SipUri To { get; private init; } = null!;

    /// <summary>
    /// P-Asserted-Identity (RFC 3325 §9.1), of two values the one that is a number; to be believed only from a trusted peer (§5).
    /// </summary>
    public SipUri? AssertedIdentity { get; private init; }

    /// <summary>
    /// The caller wants to stay unknown to whoever is called: Privacy with id, user or header (RFC 3325 §7, RFC 3323 §4.2).
    /// </summary>
    public bool Withheld { get; private init; }

    /// <summary>The INVITE's SDP; empty: the peer wants our offer in the 200.</summary>
    public ReadOnlyMemory<byte> Body { get; private init; }

    internal string LocalTag { get; }

    /// <summary>Every hop of the dialog must be TLS, and our Contact says so (RFC 5630 §5.1).</summary>
    private bool Sips => RequestUri.Scheme == "sips";

    /// <summary>Answers 180, or 183 when there is early media; repeated every minute until the final answer (RFC 3261 §13.3.1.1).</summary>
    public void Ring(ReadOnlyMemory<byte> earlySdp = default) => core.Post(() => DoRing(earlySdp));

    /// <summary>Answers 200; it is repeated until the ACK comes, and without one in 32 s the session ends as Timeout.</summary>
    public void Accept(ReadOnlyMemory<byte> sdp) => core.Post(() => DoAccept(sdp));

    /// <summary>
    /// Answers 3xx-6xx; the session ends as LocalHangup. <paramref name="retryAfter"/>, in whole seconds: when the peer may try again (RFC
    /// 3261 §20.33).
    /// </summary>
    public void Reject(int status, string? reason = null, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        core.Post(() => DoReject(status, reason, retryAfter));
    }

    /// <summary>
    /// Answers <see cref="SessionEvent.Offered"/>, or an <see cref="SessionEvent.Answered"/> that brought the peer's offer.
    /// </summary>
    public void AnswerOffer(ReadOnlyMemory<byte> sdp) => core.Post(() => DoAnswerOffer(sdp));

    /// <summary>Refuses <see cref="SessionEvent.Offered"/>; the session goes on as it was.</summary>
    public void RefuseOffer(int status = 488)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        core.Post(() => DoRefuseOffer(status));
    }

    /// <summary>Offers a change by re-INVITE; ends in Modified or ModifyRefused. Glare (491) is retried by itself.</summary>
    public void Modify(ReadOnlyMemory<byte> offer) => core.Post(() => DoModify(offer));

    /// <summary>
    /// Sends INFO (RFC 6086); nothing comes back. One leaves when the one before was answered: a copy of a lost one would come after its
    /// successor and be refused (RFC 3261 §12.2.2). More than <see cref="InfosAtMost"/> that wait are let go.
    /// </summary>
    public void Info(string contentType, ReadOnlyMemory<byte> body) => core.Post(() => DoInfo(contentType, body));

    /// <summary>Ends the session by CANCEL, BYE or 480, whichever the state calls for; idempotent.</summary>
    public void Hangup() => core.Post(() => DoHangup(SipEndingKind.LocalHangup));

    /// <summary>Strict tags (RFC 3261 §12): a request is of this dialog only with the peer's tag. While we call, forks may speak.</summary>
    internal bool IsPeer(ReadOnlySpan<byte> tag) => dialog is null || SipText.Raw(tag) == dialog.RemoteTag;

    internal void OnRequest(ServerTransaction transaction, Hop source)
    {
        var request = transaction.Request;
        MessageRules.CSeq(request, out var number, out _);
        if (dialog is not null)
        {
            if (dialog.RemoteCSeq != 0 && number <= dialog.RemoteCSeq)
            {
                core.Respond(transaction, 500, "CSeq Out Of Order");
                return;
            }
            dialog.RemoteCSeq = number;
            if (dialog.Pinned) dialog.Seen = source;
        }
        if (SipCore.UnknownExtensions(request) is { } unknown)
        {
            core.Respond(transaction, 420, extra: [$"Unsupported: {unknown}"]);
            return;
        }
        switch (request.Method)
        {
            case SipMethod.Bye:
                OnBye(transaction);
                break;
            case SipMethod.Options:
                core.Respond(transaction, 200, extra: [$"Allow: {Methods.Allowed}", "Accept: " + SdpBody.Accepted, "Supported: timer"]);
                break;
            case SipMethod.Invite or SipMethod.Update or SipMethod.Info when state == State.Closing:
                core.Respond(transaction, 481);
                break;
            case SipMethod.Invite or SipMethod.Update:
                OnChange(transaction);
                break;
            case SipMethod.Info:
                core.Respond(transaction, 200);
                Raise(new SessionEvent.InfoReceived(SipText.Raw(request.Get(HeaderId.ContentType)), request.Body.ToArray()));
                break;
            default:
                core.Respond(transaction, 405, extra: [$"Allow: {Methods.Allowed}"]);
                break;
        }
    }

    private void Register() => core.Sessions[(SipCallId, LocalTag)] = this;

    private void Remove()
    {
        // The transaction outlives the call by half a minute; all that the call holds does not.
        if (ack is not null && dialog is not null) calling?.HandOver(new LateAnswers(core, dialog.RemoteTag, pinned, ack, ackHop));
        core.Sessions.Remove((SipCallId, LocalTag));
        Finished();
        state = State.Closing;
        ringTimer.Disarm();
        repeatTimer.Disarm();
        sessionTimer.Disarm();
        glareTimer.Disarm();
    }

    private void Raise(SessionEvent e)
    {
        if (!ended) events.On(e);
    }

    /// <summary>Tells the user, once. The caller sees to what is still owed to the peer.</summary>
    private void End(SipEndingKind kind, int status = 0, string? reason = null, string? cause = null)
    {
        ringTimer.Disarm();
        sessionTimer.Disarm();
        glareTimer.Disarm();
        if (ended) return;
        ended = true;
        core.Metrics.Ended(kind);
        events.On(new SessionEvent.Ended(new SipEnding(kind, status, reason, cause)));
    }

    /// <summary>Why, in the words of the telephone network or of SIP itself (RFC 3326 §2); of several values the first.</summary>
    private static string? CauseOf(SipMessage message) =>
        message.First(HeaderId.Reason) is { IsEmpty: false } said ? SipText.Text(said) : null;

    /// <summary>A request inside the dialog that waits for nothing but its answer; challenged ones go again.</summary>
    private void Send(
        SipMethod method, Action<int> final, Action<SipMessage>? success = null, IEnumerable<string>? extra = null,
        string? contentType = null, ReadOnlyMemory<byte> body = default)
    {
        var request = dialog!.Next(method, core.NewBranch());
        var contact = method == SipMethod.Update ? core.ContactFor(request.Hop, sips: Sips) : null;
        var bytes = core.WriteRequest(request, contact, extra, contentType, body.Span);
        var transaction = new PlainClientTransaction(core, request, bytes, new ClientUser(
            (_, response) =>
            {
                if (response.Status < 200) return;
                if (response.Status is 401 or 407 && digest?.Answer(response, method, request.Uri) is { } header)
                {
                    Send(method, final, success,
                        [.. (extra ?? []).Where(l => !l.Contains("uthorization:", StringComparison.Ordinal)), header], contentType, body);
                    return;
                }
                digest?.Restart();
                if (response.Status < 300) success?.Invoke(response);
                final(response.Status);
            },
            _ => final(0)));
        core.Transactions.Add(transaction);
        transaction.Start();
    }

    private void DoInfo(string contentType, ReadOnlyMemory<byte> body)
    {
        if (state is not (State.Up or State.AwaitsAck)) return;
        if (infoUnderWay)
        {
            infos ??= new();
            if (infos.Count < InfosAtMost) infos.Enqueue((contentType, body));
            return;
        }

        infoUnderWay = true;
        Send(SipMethod.Info, status =>
        {
            infoUnderWay = false;
            if (status == 481) Lost(status);
            else if (infos is not null && infos.TryDequeue(out var next)) DoInfo(next.ContentType, next.Body);
        }, contentType: contentType, body: body);
    }

    /// <summary>The peer no longer knows the dialog (RFC 3261 §12.2.1.2).</summary>
    private void Lost(int status)
    {
        if (state == State.Closing) return;
        End(status == 0 ? SipEndingKind.Timeout : SipEndingKind.ServerError, status);
        Bye();
    }

    /// <summary>Two callbacks as one listener.</summary>
    private sealed class ClientUser(Action<ClientTransaction, SipMessage> response, Action<bool> failure) : IClientUser
    {
        public void OnResponse(ClientTransaction transaction, SipMessage message) => response(transaction, message);

        public void OnFailure(ClientTransaction transaction, bool transport) => failure(transport);
    }
}
