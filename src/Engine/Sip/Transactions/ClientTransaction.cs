namespace Tccc.Sip;

/// <summary>Who hears what became of a request of ours. Responses are read in place and gone after the call.</summary>
internal interface IClientUser
{
    void OnResponse(ClientTransaction transaction, SipMessage response);

    /// <summary>No final answer came in time (timer B or F), or the transport failed. Nothing follows.</summary>
    void OnFailure(ClientTransaction transaction, bool transport);
}

/// <summary>For a request whose fate concerns nobody any more.</summary>
internal sealed class Nobody : IClientUser
{
    public static readonly Nobody Instance = new();

    public void OnResponse(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFailure(ClientTransaction transaction, bool transport)
    {
    }
}

/// <summary>What ACK and CANCEL of a request must repeat, and retries begin from.</summary>
internal sealed record OutRequest
{
    public required SipMethod Method { get; init; }

    public required string Uri { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required string CallId { get; init; }

    public required uint CSeq { get; init; }

    public required string Branch { get; init; }

    public required Hop Hop { get; init; }

    /// <summary>Route header values, already joined; null when there are none.</summary>
    public string? Route { get; init; }
}

internal abstract class ClientTransaction
{
    private readonly SipCore core;
    private byte[] message;
    private SipTimer? retransmit;

    protected ClientTransaction(SipCore core, OutRequest request, byte[] message, IClientUser user)
    {
        (this.core, Request, this.message, User) = (core, request, message, user);
        Key = KeyOf(request.Branch, request.Method);
        End = new SipTimer(core.Timers, OnEnd);
    }

    public OutRequest Request { get; private set; }

    public string Key { get; }

    protected IClientUser User { get; private set; }

    protected SipTimer Retransmit => retransmit ??= new SipTimer(core.Timers, OnRetransmit);

    protected SipTimer End { get; }

    protected SipCore Core => core;

    protected bool Reliable => Request.Hop.IsStream;

    protected int Interval { get; set; } = TransactionTimes.T1;

    /// <summary>A final answer came, or none will.</summary>
    public bool Final => Done;

    protected bool Done { get; set; }

    public static string KeyOf(string branch, SipMethod method) => string.Concat(branch, " ", Methods.Name(method));

    public void Start()
    {
        // B or F; A or E only where the transport may lose messages.
        End.Arm(core.Now + TransactionTimes.Limit);
        if (!Reliable) Retransmit.Arm(core.Now + Interval);
        core.Send(Request.Hop, message);
    }

    public abstract void Received(SipMessage response);

    /// <summary>Why the transport failed, in words for people; null where that is not known.</summary>
    public string? Failure { get; private set; }

    public void TransportFailed(string? why = null)
    {
        if (Done) return;
        Failure = why;
        Terminate();
        User.OnFailure(this, transport: true);
    }

    /// <summary>From now on another hears of answers that come late; what was sent is not sent again.</summary>
    public void HandOver(IClientUser to)
    {
        Forget();
        Rest();
        User = to;
    }

    /// <summary>A final answer came: what was sent is not sent again.</summary>
    protected void Forget()
    {
        StopRetransmitting();
        (message, retransmit) = ([], null);
    }

    /// <summary>Nobody hears of it any more: what is left tells its answers from others'.</summary>
    protected void Rest()
    {
        User = Nobody.Instance;
        Request = Request with { Uri = "", From = "", To = "", CallId = "", Branch = "", Route = null };
    }

    protected void StopRetransmitting() => retransmit?.Disarm();

    public void Terminate()
    {
        Done = true;
        retransmit?.Disarm();
        End.Disarm();
        core.Transactions.Remove(this);
    }

    protected abstract void OnRetransmit();

    protected void SendAgain()
    {
        core.Metrics.Retransmitted();
        core.Send(Request.Hop, message);
    }

    protected virtual void OnEnd()
    {
        var late = Done;
        Terminate();
        if (!late) User.OnFailure(this, transport: false);
    }
}

/// <summary>RFC 3261 §17.1.2.</summary>
internal sealed class PlainClientTransaction(SipCore core, OutRequest request, byte[] message, IClientUser user)
    : ClientTransaction(core, request, message, user)
{
    private bool proceeding;

    public override void Received(SipMessage response)
    {
        if (Done) return;
        if (response.Status < 200)
        {
            proceeding = true;
            User.OnResponse(this, response);
            return;
        }
        Done = true;
        Forget();
        if (Reliable) Terminate();
        else End.Arm(Core.Now + TransactionTimes.T4);
        User.OnResponse(this, response);
        Rest();
    }

    protected override void OnRetransmit()
    {
        Interval = proceeding ? TransactionTimes.T2 : Math.Min(Interval * 2, TransactionTimes.T2);
        SendAgain();
        Retransmit.Arm(Core.Now + Interval);
    }
}

/// <summary>RFC 3261 §17.1.1 with the Accepted state of RFC 6026 §7.2.</summary>
internal sealed class InviteClientTransaction(SipCore core, OutRequest request, byte[] message, IClientUser user)
    : ClientTransaction(core, request, message, user)
{
    private bool accepted;
    private byte[]? ack;

    /// <summary>A provisional answer came, so a CANCEL may be sent (RFC 3261 §9.1).</summary>
    public bool Proceeding { get; private set; }

    public override void Received(SipMessage response)
    {
        if (ack is not null)
        {
            if (response.Status >= 300) Core.Send(Request.Hop, ack);
            return;
        }
        if (response.Status < 200) OnProvisional(response);
        else if (response.Status < 300) OnSuccess(response);
        else if (!accepted) OnRefusal(response);
    }

    /// <summary>After a CANCEL nobody has to wait longer than this for the 487 (RFC 3261 §9.1).</summary>
    public void LimitAfterCancel() => End.Arm(Core.Now + TransactionTimes.Limit);

    protected override void OnRetransmit()
    {
        Interval *= 2;
        SendAgain();
        Retransmit.Arm(Core.Now + Interval);
    }

    private void OnProvisional(SipMessage response)
    {
        if (Done) return;
        if (!Proceeding)
        {
            Proceeding = true;
            StopRetransmitting();
            End.Disarm();
        }
        User.OnResponse(this, response);
    }

    private void OnSuccess(SipMessage response)
    {
        if (!accepted)
        {
            accepted = Done = true;
            Forget();
            // Timer M: time for retransmitted and forked 2xx.
            End.Arm(Core.Now + TransactionTimes.Limit);
        }
        User.OnResponse(this, response);
    }

    private void OnRefusal(SipMessage response)
    {
        Done = true;
        Forget();
        ack = Core.WriteAck(Request, SipText.Raw(response.Get(HeaderId.To)));
        Core.Send(Request.Hop, ack);
        if (Reliable) Terminate();
        else End.Arm(Core.Now + TransactionTimes.D);
        User.OnResponse(this, response);
        Rest();
    }
}
