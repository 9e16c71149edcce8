namespace Tccc.Sip;

/// <summary>What both server transactions share: the request that began it, where answers go, and the last answer sent.</summary>
internal abstract class ServerTransaction
{
    private readonly SipCore core;

    protected SipCore Core => core;

    protected ServerTransaction(SipCore core, string key, SipMessage request, Hop reply)
    {
        (this.core, Key, Request, Reply) = (core, key, request, reply);
        Retransmit = new SipTimer(core.Timers, OnRetransmit);
        End = new SipTimer(core.Timers, () => OnEnd());
    }

    public string Key { get; }

    /// <summary>Key under which a second copy of the request by another way is recognised; null inside a dialog.</summary>
    public string? MergeKey { get; init; }

    public SipMessage Request { get; }

    public Hop Reply { get; }

    /// <summary>Where the request came from.</summary>
    public required Hop Source { get; init; }

    /// <summary>A final answer was given.</summary>
    public bool Answered { get; protected set; }

    protected byte[]? Last { get; private set; }

    protected SipTimer Retransmit { get; }

    protected SipTimer End { get; }

    protected long Now => core.Now;

    protected bool Reliable => Reply.IsStream;

    public abstract void Respond(int status, ReadOnlySpan<byte> message);

    /// <summary>The request came again.</summary>
    public abstract void Again();

    /// <summary>An ACK matched; true when the transaction took it, false when it belongs to the dialog.</summary>
    public virtual bool Acknowledged() => true;

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
        Retransmit.Disarm();
        End.Disarm();
        core.Transactions.Remove(this);
    }

    protected virtual void OnRetransmit() { }

    protected virtual void OnEnd() => Terminate();
}

/// <summary>RFC 3261 §17.2.2.</summary>
internal sealed class PlainServerTransaction(SipCore core, string key, SipMessage request, Hop reply) : ServerTransaction(core, key, request, reply)
{
    public override void Respond(int status, ReadOnlySpan<byte> message)
    {
        if (Answered) return;
        SendNew(message);
        if (status < 200) return;
        Answered = true;
        if (Reliable) Terminate();
        else End.Arm(Now + TransactionTimes.Limit);
    }

    public override void Again() => SendAgain();
}

/// <summary>RFC 3261 §17.2.1 with the Accepted state of RFC 6026 §7.1.</summary>
internal sealed class InviteServerTransaction(SipCore core, string key, SipMessage request, Hop reply) : ServerTransaction(core, key, request, reply)
{
    private enum State
    {
        Proceeding,
        Accepted,
        Completed,
        Confirmed,
    }

    /// <summary>The session that answers, so that CANCEL finds it.</summary>
    public SipSession? Session { get; set; }

    private State state;
    private int interval = TransactionTimes.T1;

    /// <summary>Says 100 in a while, unless something better is said before: most calls ring at once, and one message less is worth having.</summary>
    public void TryLater() => Retransmit.Arm(Now + TransactionTimes.Trying);

    public override void Respond(int status, ReadOnlySpan<byte> message)
    {
        if (Answered) return;
        Retransmit.Disarm();
        SendNew(message);
        if (status < 200) return;
        Answered = true;
        state = status < 300 ? State.Accepted : State.Completed;
        // L in Accepted, H in Completed. The 2xx itself is repeated by the session, which knows of its ACK.
        End.Arm(Now + TransactionTimes.Limit);
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
        Retransmit.Disarm();
        if (Reliable) Terminate();
        else End.Arm(Now + TransactionTimes.T4);
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
