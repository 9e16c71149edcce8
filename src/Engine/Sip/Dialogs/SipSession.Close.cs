namespace Tccc.Sip;

/// <summary>The end: BYE both ways, and hanging up in whatever state (RFC 3261 §15).</summary>
public sealed partial class SipSession
{
    private bool byeSent;

    internal void Shutdown()
    {
        if (state == State.Incoming) DoReject(503, null);
        else DoHangup(SipEndingKind.LocalHangup);
    }

    private void OnBye(ServerTransaction bye)
    {
        // what is answered is let go
        var cause = CauseOf(bye.Request);
        core.Respond(bye, 200);
        if (change is { } pending)
        {
            core.Respond(pending, 487, toTag: LocalTag);
            change = null;
        }
        if (state == State.Incoming) core.Respond(invite!, 487, toTag: LocalTag);
        // A BYE while we call overtook its 2xx: that one will be acknowledged and hung up when it comes.
        var early = state == State.Calling;
        StopRepeating();
        End(SipEndingKind.Hangup, cause: cause);
        state = State.Closing;
        if (!early && !byeSent) Remove();
    }

    private void DoHangup(SipEndingKind kind)
    {
        switch (state)
        {
            case State.Incoming:
                DoReject(480, null);
                break;
            case State.Calling:
                End(kind);
                // Not yet sent, or never answered: Dial and OnNoAnswer clean up.
                Cancel();
                break;
            case State.OwesAnswer:
                End(kind);
                Acknowledge(lastInvite!.CSeq, default);
                Bye();
                break;
            case State.AwaitsAck:
                End(kind);
                state = State.Closing;
                break;
            case State.Up:
                End(kind);
                Bye();
                break;
        }
    }

    private void Bye()
    {
        if (byeSent) return;
        byeSent = true;
        StopRepeating();
        if (change is { } pending)
        {
            core.Respond(pending, 487, toTag: LocalTag);
            change = null;
        }
        state = State.Closing;
        Send(SipMethod.Bye, _ => Remove());
    }
}
