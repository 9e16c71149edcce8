using System.Globalization;
using System.Net;

namespace Tccc.Sip;

/// <summary>The peer's INVITE: ring, accept, reject, its CANCEL, and the ACK of our 2xx (RFC 3261 §13.3).</summary>
public sealed partial class SipSession
{
    private const int ProvisionalRepeat = 60_000;

    private readonly SipTimer repeatTimer;
    private InviteServerTransaction? invite;
    private ReadOnlyMemory<byte> early;
    private bool ringing;
    private string? unfinished;

    // Our 2xx that waits for its ACK; of the INVITE or a re-INVITE.
    private byte[]? success;
    private Hop successHop = null!;
    private uint successCSeq;
    private bool successCarriesOffer;
    private int interval;
    private long giveUp;

    internal static void Listen(SipCore core, InviteServerTransaction transaction, Hop source, SipUri uri, object? peer, string? username)
    {
        var caller = UnfinishedCalls.KeyOf(source, username);
        if (!core.Unfinished.TryBegin(caller, core.MostUnfinished(username)))
        {
            core.Respond(transaction, 503, extra: [$"Retry-After: {UnfinishedCalls.RetryAfter}"]);
            return;
        }
        var request = transaction.Request;
        var from = request.Party(HeaderId.From);
        var session = new SipSession(core)
        {
            Incoming =
                true, SipCallId = SipText.Raw(request.Get(HeaderId.CallId)), Peer = peer, Username = username, Source = source.Remote,
            RequestUri = uri, From = SipUri.Read(from.Uri)!, FromDisplay = from.Display.Length == 0
                ? null
                : SipText.Unquote(from.Display), To = SipUri.Read(request.Party(HeaderId.To).Uri)!,
            AssertedIdentity = Identity.Asserted(request), Withheld = Identity.IsWithheld(request),
            Body = SdpBody.Of(request).ToArray(), state = State.Incoming, invite = transaction, unfinished = caller,
        };
        session.Begin(transaction, source);
    }

    internal void OnCancel(InviteServerTransaction cancelled)
    {
        if (cancelled.Answered) return;
        core.Respond(cancelled, 487, toTag: LocalTag);
        if (cancelled != invite)
        {
            change = null;
            return;
        }
        End(SipEndingKind.Cancelled, 487);
        Remove();
    }

    internal void OnAck(SipMessage ack)
    {
        MessageRules.CSeq(ack, out var number, out _);
        if (success is null || number != successCSeq) return;
        Finished();
        var (first, offer) = (state == State.AwaitsAck, successCarriesOffer);
        StopRepeating();
        if (state == State.Closing)
        {
            // Hung up between our 200 and its ACK: only now may the BYE go (RFC 3261 §15).
            Bye();
            return;
        }
        state = State.Up;
        var body = SdpBody.Of(ack).ToArray();
        if (first) Raise(new SessionEvent.Established(body) { AnswerDue = offer });
        else if (offer) Raise(new SessionEvent.Modified(body));
        TryModify();
    }

    private void Begin(InviteServerTransaction transaction, Hop source)
    {
        if (TimerTooShort(transaction.Request))
        {
            core.Respond(transaction, 422, extra: [MinSessionExpires]);
            Finished();
            return;
        }
        transaction.AnsweredBy(this);
        dialog = Dialog.Answering(transaction.Request, LocalTag, source);
        Register();
        var listener = core.User.Invited(this);
        if (listener is not null)
        {
            events = listener;
            if (transaction.Request.Has(HeaderId.Expires)
                && SipText.TryNumber(transaction.Request.Get(HeaderId.Expires), uint.MaxValue, out var expires))
                sessionTimer.Arm(core.Now + (expires * 1000L));
            return;
        }
        core.Respond(transaction, 503, toTag: LocalTag);
        ended = true;
        Remove();
    }

    private void Finished()
    {
        if (unfinished is null) return;
        core.Unfinished.End(unfinished);
        unfinished = null;
    }

    private void DoRing(ReadOnlyMemory<byte> earlySdp)
    {
        if (state != State.Incoming || ended) return;
        (early, ringing) = (earlySdp, true);
        Provisional();
    }

    private void OnRingTimer()
    {
        if (state == State.Incoming && ringing) Provisional();
        else if (state == State.Calling) DoHangup(SipEndingKind.NoAnswer);
    }

    private void Provisional()
    {
        core.Respond(invite!, early.Length > 0 ? 183 : 180, toTag: LocalTag, extra: DialogLines(invite!), body: early.Span);
        ringTimer.Arm(core.Now + ProvisionalRepeat);
    }

    private void DoAccept(ReadOnlyMemory<byte> sdp)
    {
        if (state != State.Incoming || ended) return;
        ringTimer.Disarm();
        state = State.AwaitsAck;
        RespondSuccess(invite!, sdp);
    }

    /// <summary>The peer's own limit for our answer (RFC 3261 §13.3.1).</summary>
    private void Expire()
    {
        core.Respond(invite!, 487, toTag: LocalTag);
        End(SipEndingKind.Expired, 487);
        Remove();
    }

    private void DoReject(int status, string? reason, TimeSpan? retryAfter = null)
    {
        if (state != State.Incoming || ended) return;
        string[]? extra = retryAfter is { } after
            ? [string.Create(CultureInfo.InvariantCulture, $"Retry-After: {after.TotalSeconds:0}")]
            : null;
        core.Respond(invite!, status, reason, LocalTag, extra);
        End(SipEndingKind.LocalHangup, status, reason);
        Remove();
    }

    /// <summary>200 to the INVITE or a re-INVITE, repeated until the ACK comes, over TCP too (RFC 3261 §13.3.1.4).</summary>
    private void RespondSuccess(InviteServerTransaction transaction, ReadOnlyMemory<byte> sdp)
    {
        var request = transaction.Request;
        List<string> extra = [.. DialogLines(transaction), .. AnswerTimer(request)];
        var bytes = core.WriteResponse(request, transaction.Source, 200, null, LocalTag, extra, sdp.Span);
        transaction.Respond(200, bytes);
        MessageRules.CSeq(request, out successCSeq, out _);
        (success, successHop, successCarriesOffer) = (bytes.ToArray(), transaction.Reply, SdpBody.Of(request).Length == 0);
        localSdp = sdp;
        interval = TransactionTimes.T1;
        giveUp = core.Now + TransactionTimes.Limit;
        repeatTimer.Arm(core.Now + interval);
    }

    private void OnRepeat()
    {
        if (success is null) return;
        if (core.Now >= giveUp)
        {
            StopRepeating();
            End(SipEndingKind.Timeout, 0, "No ACK");
            Bye();
            return;
        }
        core.Metrics.Retransmitted();
        core.Send(successHop, success);
        interval = Math.Min(interval * 2, TransactionTimes.T2);
        repeatTimer.Arm(Math.Min(core.Now + interval, giveUp));
    }

    private void StopRepeating()
    {
        success = null;
        repeatTimer.Disarm();
    }

    /// <summary>What every answer that makes or keeps a dialog carries: Record-Route as it came, our Contact.</summary>
    private List<string> DialogLines(ServerTransaction transaction)
    {
        var lines = new List<string>(4);
        foreach (var route in transaction.Request.Whole(HeaderId.RecordRoute)) lines.Add("Record-Route: " + SipText.Raw(route));
        lines.Add("Contact: " + core.ContactFor(transaction.Source, sips: Sips));
        lines.Add("Allow: " + Methods.Allowed);
        return lines;
    }
}
