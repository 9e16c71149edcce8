using System.Net;

namespace Tccc.Sip;

/// <summary>Our INVITE: its answers, challenges, forks and the races with CANCEL (RFC 3261 §13.2, §9.1).</summary>
public sealed partial class SipSession
{
    private OutgoingInvite outgoing = null!;
    private DigestClient? digest;
    private InviteClientTransaction? calling;
    private OutRequest? lastInvite;
    private Hop? callHop;
    private bool cancelled, pinned;
    private uint cseq;
    private int tooSmall;
    private string? authorization;
    private byte[]? ack;
    private Hop ackHop = null!;

    internal static SipSession Connect(SipCore core, OutgoingInvite outgoing, ISessionEvents events)
    {
        var session = new SipSession(core)
        {
            SipCallId = core.NewCallId(), RequestUri = outgoing.RequestUri, From = outgoing.From, FromDisplay = outgoing.FromDisplay,
            To = outgoing.To ?? outgoing.RequestUri, Body = outgoing.Body, state = State.Calling, events = events, outgoing = outgoing,
        };
        core.Post(session.Dial);
        return session;
    }

    private void Dial()
    {
        if (ended) return;
        if (core.ShuttingDown)
        {
            End(SipEndingKind.LocalHangup, 0, "Shutting down");
            return;
        }
        Register();
        if (outgoing.Credentials is { } credentials) digest = new DigestClient(credentials, core);
        ringTimer.Arm(core.Now + (long)outgoing.RingLimit.TotalMilliseconds);
        if (outgoing.Binding is { } binding)
        {
            var seen = binding.Hop ?? new Hop(binding.Transport, binding.Source);
            pinned = Dialog.IsElsewhere(binding.Contact.Host, seen);
            SendInvite(pinned ? seen : SipCore.HopFor(binding.Contact, seen));
            return;
        }
        var destination = outgoing.Destination!;
        core.Locate(destination, hop =>
        {
            if (ended) Remove();
            else if (hop is not null) SendInvite(hop);
            else
            {
                End(SipEndingKind.TransportFailed, 0, $"No address for {destination.Host}");
                Remove();
            }
        });
    }

    private void SendInvite(Hop hop)
    {
        callHop = hop;
        var display = FromDisplay is null ? "" : $"\"{Utf8AsRaw(FromDisplay).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" ";
        lastInvite = new OutRequest
        {
            Method = SipMethod.Invite, Uri = RequestUri.ToString(), From = $"{display}<{From}>;tag={LocalTag}", To = $"<{To}>",
            CallId = SipCallId, CSeq = ++cseq, Branch = core.NewBranch(), Hop = hop,
        };
        List<string> extra = ["Allow: " + Methods.Allowed, .. AskForTimer()];
        if (authorization is not null) extra.Add(authorization);
        localSdp = outgoing.Body;
        var bytes = core.WriteRequest(lastInvite, core.ContactFor(hop, sips: Sips), extra, "application/sdp", outgoing.Body.Span);
        calling = new InviteClientTransaction(core, lastInvite, bytes, new ClientUser((_, response) => OnAnswer(response), OnNoAnswer));
        core.Transactions.Add(calling);
        calling.Start();
    }

    private void OnAnswer(SipMessage response)
    {
        if (response.Status < 200) OnRinging(response);
        else if (response.Status < 300) OnSuccess(response);
        else OnRefusal(response);
    }

    private void OnRinging(SipMessage response)
    {
        if (ended) Cancel();
        else if (response.Status > 100) Raise(new SessionEvent.Ringing(response.Status, SdpBody.Of(response).ToArray()));
    }

    private void OnSuccess(SipMessage response)
    {
        var tag = SipText.Raw(response.Party(HeaderId.To).Tag);
        if (dialog is not null && dialog.RemoteTag == tag)
        {
            // The 2xx again: our ACK was lost.
            if (ack is not null) core.Send(ackHop, ack);
            return;
        }
        var made = Dialog.Calling(response, lastInvite!, RequestUri, pinned);
        if (dialog is not null)
        {
            LateAnswers.EndFork(core, made, lastInvite!.CSeq);
            return;
        }
        dialog = made;
        if (ended)
        {
            // It answered before our CANCEL arrived (RFC 3261 §15.1.1).
            Acknowledge(lastInvite!.CSeq, default);
            Bye();
            return;
        }
        ringTimer.Disarm();
        digest?.Restart();
        TakeTimer(response);
        peerUpdates = response.Lists(HeaderId.Allow, "UPDATE"u8);
        if (outgoing.Body.Length > 0)
        {
            Acknowledge(lastInvite!.CSeq, default);
            state = State.Up;
        }
        else state = State.OwesAnswer;
        remoteSdp = SdpBody.Of(response).ToArray();
        Raise(new SessionEvent.Answered(remoteSdp));
    }

    private void OnRefusal(SipMessage response)
    {
        if (!ended && response.Status is 401 or 407 && digest?.Answer(response, SipMethod.Invite, RequestUri.ToString()) is { } header)
        {
            authorization = header;
            SendInvite(callHop!);
            return;
        }
        if (!ended && response.Status == 422 && tooSmall++ < 2 && TakeMinimum(response))
        {
            SendInvite(callHop!);
            return;
        }
        digest?.Restart();
        if (dialog is not null) return;
        End(Endings.Of(response.Status), response.Status, SipText.Text(response.Reason), CauseOf(response));
        Remove();
    }

    private void OnNoAnswer(bool transport)
    {
        if (dialog is not null) return;
        End(transport ? SipEndingKind.TransportFailed : SipEndingKind.Timeout);
        Remove();
    }

    /// <summary>CANCEL may go only once a provisional answer came; until then it waits for one.</summary>
    private void Cancel()
    {
        if (cancelled || calling is not { Proceeding: true, Final: false }) return;
        cancelled = true;
        var request = lastInvite! with { Method = SipMethod.Cancel };
        var transaction = new PlainClientTransaction(core, request, core.WriteRequest(request, null), Nobody.Instance);
        core.Transactions.Add(transaction);
        transaction.Start();
        calling.LimitAfterCancel();
    }

    /// <summary>ACK of a 2xx: a request of its own that is sent again for every copy of the 2xx (RFC 3261 §13.2.2.4).</summary>
    private void Acknowledge(uint number, ReadOnlySpan<byte> sdp)
    {
        var request = dialog!.Next(SipMethod.Ack, core.NewBranch(), number);
        List<string>? extra = authorization is null || number != lastInvite?.CSeq ? null : [authorization];
        (ack, ackHop) = (core.WriteRequest(request, null, extra, "application/sdp", sdp), request.Hop);
        core.Send(ackHop, ack);
    }

    private static string Utf8AsRaw(string text) => SipText.Raw(System.Text.Encoding.UTF8.GetBytes(text));
}
