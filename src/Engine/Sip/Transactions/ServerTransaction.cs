namespace Tccc.Sip;

/// <summary>
/// What both server transactions share: the request that began it, where answers go, and the last answer sent. Once the final answer is
/// given only what a retransmission needs is kept.
/// </summary>
internal abstract class ServerTransaction
{
    private readonly SipCore core;
    private SipMessage? request;
    private SipTimer? retransmit;

    protected SipCore Core => core;

    protected ServerTransaction(SipCore core, string key, SipMessage request, Hop reply)
    {
        (this.core, Key, this.request, Reply) = (core, key, request, reply);
        End = new SipTimer(core.Timers, Terminate);
    }

    public string Key { get; }

    /// <summary>Key under which a second copy of the request by another way is recognised; null inside a dialog.</summary>
    public string? MergeKey { get; init; }

    /// <summary>Until the final answer.</summary>
    public SipMessage Request => request ?? throw new InvalidOperationException("The request was answered and forgotten.");

    public Hop Reply { get; }

    /// <summary>Where the request came from.</summary>
    public required Hop Source { get; init; }

    /// <summary>Whose share of all transactions it takes; the table's.</summary>
    public bool OfCarrier { get; set; }

    /// <summary>A final answer was given.</summary>
    public bool Answered { get; private set; }

    protected byte[]? Last { get; private set; }

    protected SipTimer Retransmit => retransmit ??= new SipTimer(core.Timers, OnRetransmit);

    private SipTimer End { get; }

    protected long Now => core.Now;

    protected bool Reliable => Reply.IsStream;

    public abstract void Respond(int status, ReadOnlySpan<byte> message);

    /// <summary>The request came again.</summary>
    public abstract void Again();

    /// <summary>An ACK matched; true when the transaction took it, false when it belongs to the dialog.</summary>
    public virtual bool Acknowledged() => true;

    /// <param name="repeats">The answer is sent again when the request comes again, or by itself.</param>
    protected void Finish(bool repeats)
    {
        Answered = true;
        request = null;
        if (repeats) return;
        Last = null;
        retransmit = null;
    }

    protected void EndAfter(int milliseconds) => End.Arm(core.Now + milliseconds);

    protected void StopRetransmitting() => retransmit?.Disarm();

    protected void SendNew(ReadOnlySpan<byte> message)
    {
        Last = message.ToArray();
        core.Send(Reply, message);
    }

    protected void SendAgain()
    {
        if (Last is null) return;
        core.Metrics.Retransmitted();
        core.Send(Reply, Last);
    }

    protected void Terminate()
    {
        retransmit?.Disarm();
        End.Disarm();
        core.Transactions.Remove(this);
    }

    protected virtual void OnRetransmit() { }
}

/// <summary>RFC 3261 §17.2.2.</summary>
internal sealed class PlainServerTransaction(SipCore core, string key, SipMessage request, Hop reply)
    : ServerTransaction(core, key, request, reply)
{
    public override void Respond(int status, ReadOnlySpan<byte> message)
    {
        if (Answered) return;
        SendNew(message);
        if (status < 200) return;
        Finish(repeats: !Reliable);
        if (Reliable) Terminate();
        else EndAfter(TransactionTimes.Limit);
    }

    public override void Again() => SendAgain();
}

/// <summary>RFC 3261 §17.2.1 with the Accepted state of RFC 6026 §7.1.</summary>
internal sealed class InviteServerTransaction(SipCore core, string key, SipMessage request, Hop reply)
    : ServerTransaction(core, key, request, reply)
{
    private enum State
    {
        Proceeding,
        Accepted,
        Completed,
        Confirmed,
    }

    /// <summary>The session that answers, so that CANCEL finds it; until the final answer.</summary>
    public SipSession? Session { get; private set; }

    /// <summary>The tag of its answers, which that to CANCEL must have too (RFC 3261 §9.2); null when no session answers.</summary>
    public string? Tag { get; private set; }

    private State state;
    private int interval = TransactionTimes.T1;

    public void AnsweredBy(SipSession session) => (Session, Tag) = (session, session.LocalTag);

    /// <summary>
    /// Says 100 in a while, unless something better is said before: most calls ring at once, and one message less is worth having.
    /// </summary>
    public void TryLater() => Retransmit.Arm(Now + TransactionTimes.Trying);

    public override void Respond(int status, ReadOnlySpan<byte> message)
    {
        if (Answered) return;
        StopRetransmitting();
        SendNew(message);
        if (status < 200) return;
        state = status < 300 ? State.Accepted : State.Completed;
        // L in Accepted, H in Completed. The 2xx itself is repeated by the session, which knows of its ACK.
        Finish(repeats: state == State.Completed);
        Session = null;
        EndAfter(TransactionTimes.Limit);
        if (state == State.Completed && !Reliable) Retransmit.Arm(Now + interval);
    }

    public override void Again()
    {
        if (state == State.Proceeding && Last is null) Core.Respond(this, 100);
        else if (state is State.Proceeding or State.Completed) SendAgain();
    }

    public override bool Acknowledged()
    {
        if (state == State.Accepted) return false;
        if (state != State.Completed) return true;
        state = State.Confirmed;
        StopRetransmitting();
        Finish(repeats: false);
        if (Reliable) Terminate();
        else EndAfter(TransactionTimes.T4);
        return true;
    }

    protected override void OnRetransmit()
    {
        if (state == State.Proceeding)
        {
            Core.Respond(this, 100);
            return;
        }
        SendAgain();
        interval = Math.Min(interval * 2, TransactionTimes.T2);
        Retransmit.Arm(Now + interval);
    }
}
