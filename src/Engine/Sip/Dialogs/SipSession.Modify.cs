namespace Tccc.Sip;

/// <summary>Changes of a running session: re-INVITE both ways, UPDATE from the peer, glare (RFC 3261 §14, RFC 3311).</summary>
public sealed partial class SipSession
{
    private readonly SipTimer glareTimer;
    private ServerTransaction? change;
    private InviteClientTransaction? modifying;
    private ReadOnlyMemory<byte>? wanted;
    private ReadOnlyMemory<byte> localSdp, remoteSdp;
    private bool refreshing;

    private void OnChange(ServerTransaction transaction)
    {
        var request = transaction.Request;
        var update = request.Method == SipMethod.Update;
        var unacceptable = SipCore.BodyUnacceptable(request, out var status, out var extra);
        if (update && !unacceptable && SdpBody.Of(request).Length == 0 && !TimerTooShort(request))
        {
            // A refresh and nothing else.
            dialog?.Retarget(request);
            core.Respond(transaction, 200, toTag: LocalTag, extra: [.. DialogLines(transaction), .. AnswerTimer(request)]);
        }
        else if (modifying is not null || state is State.Calling or State.OwesAnswer) core.Respond(transaction, 491);
        else if (change is not null || state == State.Incoming)
            core.Respond(transaction, 500, extra: [$"Retry-After: {core.NewDelay(0, 10)}"]);
        else if (unacceptable) core.Respond(transaction, status, extra: extra);
        else if (TimerTooShort(request)) core.Respond(transaction, 422, extra: [MinSessionExpires]);
        else
        {
            if (transaction is InviteServerTransaction reinvite) reinvite.AnsweredBy(this);
            change = transaction;
            Raise(new SessionEvent.Offered(SdpBody.Of(request).ToArray()));
        }
    }

    private void DoAnswerOffer(ReadOnlyMemory<byte> sdp)
    {
        if (state == State.OwesAnswer)
        {
            localSdp = sdp;
            Acknowledge(lastInvite!.CSeq, sdp.Span);
            state = State.Up;
            TryModify();
            return;
        }
        if (change is not { } transaction) return;
        change = null;
        dialog!.Retarget(transaction.Request);
        var offered = SdpBody.Of(transaction.Request);
        if (offered.Length > 0) remoteSdp = offered.ToArray();
        if (transaction is InviteServerTransaction reinvite)
        {
            RespondSuccess(reinvite, sdp);
            return;
        }
        localSdp = sdp;
        core.Respond(
            transaction, 200, toTag: LocalTag, extra: [.. DialogLines(transaction), .. AnswerTimer(transaction.Request)], body: sdp.Span);
        TryModify();
    }

    private void DoRefuseOffer(int status)
    {
        if (state == State.OwesAnswer)
        {
            DoHangup(SipEndingKind.LocalHangup);
            return;
        }
        if (change is not { } transaction) return;
        change = null;
        core.Respond(transaction, status, toTag: LocalTag);
        TryModify();
    }

    private void DoModify(ReadOnlyMemory<byte> offer)
    {
        if (ended) return;
        (wanted, refreshing) = (offer, false);
        TryModify();
    }

    /// <summary>Sends the change that is wanted as soon as nothing else is under way; the newest wins.</summary>
    private void TryModify()
    {
        if (wanted is not { } offer || state != State.Up || modifying is not null || change is not null || success is not null
            || glareTimer.Armed) return;
        wanted = null;
        SendReinvite(offer, null);
    }

    private void SendReinvite(ReadOnlyMemory<byte> offer, string? header)
    {
        var request = dialog!.Next(SipMethod.Invite, core.NewBranch());
        List<string> extra = ["Allow: " + Methods.Allowed, .. AskForTimer()];
        if (header is not null) extra.Add(header);
        var bytes = core.WriteRequest(request, core.ContactFor(request.Hop, sips: Sips), extra, "application/sdp", offer.Span);
        modifying =
            new InviteClientTransaction(
                core, request, bytes, new ClientUser((t, response) => OnModifyAnswer(t, response, offer), _ => OnModifyFailed()));
        core.Transactions.Add(modifying);
        modifying.Start();
    }

    private void OnModifyAnswer(ClientTransaction transaction, SipMessage response, ReadOnlyMemory<byte> offer)
    {
        if (response.Status < 200) return;
        if (response.Status < 300)
        {
            // A copy of the 2xx after a later exchange gets its ACK too; only the first one means something.
            if (modifying == transaction) OnModified(response, offer);
            Acknowledge(transaction.Request.CSeq, default);
            if (modifying == transaction) modifying = null;
            TryModify();
            return;
        }
        modifying = null;
        if (state == State.Closing) return;
        OnModifyRefused(transaction, response, offer);
    }

    private void OnModified(SipMessage response, ReadOnlyMemory<byte> offer)
    {
        dialog!.Retarget(response);
        digest?.Restart();
        if (state == State.Closing) return;
        TakeTimer(response);
        localSdp = offer;
        var answer = SdpBody.Of(response);
        var same = refreshing && answer.SequenceEqual(remoteSdp.Span);
        (refreshing, remoteSdp) = (false, answer.ToArray());
        if (!same) Raise(new SessionEvent.Modified(remoteSdp));
    }

    private void OnModifyRefused(ClientTransaction transaction, SipMessage response, ReadOnlyMemory<byte> offer)
    {
        switch (response.Status)
        {
            case 401 or 407 when digest?.Answer(response, SipMethod.Invite, transaction.Request.Uri) is { } header:
                SendReinvite(offer, header);
                return;
            case 491:
                // The owner of the Call-ID waits longer, so the two do not meet again (RFC 3261 §14.1).
                wanted ??= offer;
                glareTimer.Arm(core.Now + (Incoming ? core.NewDelay(0, 2_000) : core.NewDelay(2_100, 4_000)));
                return;
            case 422 when TakeMinimum(response):
                SendReinvite(offer, null);
                return;
            case 408 or 481:
                Lost(response.Status);
                return;
        }
        digest?.Restart();
        var wasRefresh = refreshing;
        refreshing = false;
        if (!wasRefresh) Raise(new SessionEvent.ModifyRefused(response.Status));
        TryModify();
    }

    private void OnModifyFailed()
    {
        modifying = null;
        Lost(0);
    }
}
