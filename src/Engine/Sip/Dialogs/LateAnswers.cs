namespace Tccc.Sip;

/// <summary>
/// What a call of ours that ended still owes while its transaction waits (RFC 6026 §7.2, timer M): the ACK again when its 2xx comes again,
/// ACK and BYE to one of a fork (RFC 3261 §13.2.2.4). The session itself is gone.
/// </summary>
internal sealed class LateAnswers(SipCore core, string tag, bool pinned, byte[] ack, Hop ackHop) : IClientUser
{
    public void OnResponse(ClientTransaction transaction, SipMessage response)
    {
        if (response.Status is < 200 or >= 300) return;
        if (SipText.Raw(response.Party(HeaderId.To).Tag) == tag)
        {
            core.Send(ackHop, ack);
            return;
        }
        // An answer says again what the request said (RFC 3261 §8.2.6.2).
        var invite =
            transaction.Request with { CallId = SipText.Raw(response.Get(HeaderId.CallId)),
                From = SipText.Raw(response.Get(HeaderId.From)) };
        EndFork(core, Dialog.Calling(response, invite, null, pinned), invite.CSeq);
    }

    public void OnFailure(ClientTransaction transaction, bool transport)
    {
    }

    /// <summary>A second phone answered too: it is acknowledged and hung up.</summary>
    public static void EndFork(SipCore core, Dialog fork, uint cseq)
    {
        var request = fork.Next(SipMethod.Ack, core.NewBranch(), cseq);
        core.Send(request.Hop, core.WriteRequest(request, null));
        var bye = fork.Next(SipMethod.Bye, core.NewBranch());
        var transaction = new PlainClientTransaction(core, bye, core.WriteRequest(bye, null), Nobody.Instance);
        core.Transactions.Add(transaction);
        transaction.Start();
    }
}
