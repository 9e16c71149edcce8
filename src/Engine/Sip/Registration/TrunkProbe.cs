namespace Tccc.Sip;

/// <summary>Whom to ask, and where.</summary>
public sealed record TrunkProbeOptions(SipUri Target, SipDestination Destination);

public enum TrunkProbeState
{
    /// <summary>Nothing is known yet.</summary>
    Asking,
    Reachable,
    /// <summary>It answers that it can't take calls: 5xx, 6xx, or 408 of a proxy before it.</summary>
    Refusing,
    /// <summary>No answer in time, or no way to it.</summary>
    Silent,
    Stopped,
}

/// <summary>State and its cause: the status of the last answer (0 = none came).</summary>
public sealed record TrunkProbeStatus(TrunkProbeState State, int Status, string? Reason, DateTimeOffset Since);

/// <summary>
/// Asks a carrier that we do not register at whether it is there, over and over, by OPTIONS (RFC 3261 §11.1). Any answer of a living peer
/// will do, a refusal too: what OPTIONS may not do, a call may.
/// </summary>
public sealed class TrunkProbe
{
    /// <summary>
    /// Milliseconds between two questions; each wait is up to a tenth longer or shorter, so that many trunks do not march in step.
    /// </summary>
    internal const int Every = 30_000;

    /// <summary>Milliseconds after which no answer is none: the question was sent four times by then (0, 0.5, 1.5, 3.5 s).</summary>
    internal const int AnswerWithin = 6_000;

    private const string Asker = "tccc";

    private readonly SipCore core;
    private readonly TrunkProbeOptions options;
    private readonly SipTimer next, patience;
    private readonly string tag;
    private volatile TrunkProbeStatus current;
    private ClientTransaction? question;
    private uint cseq;
    private bool stopped;

    internal TrunkProbe(SipCore core, TrunkProbeOptions options)
    {
        (this.core, this.options) = (core, options);
        (next, patience) = (new(core.Timers, Ask), new(core.Timers, () => Silent("No answer")));
        tag = core.NewToken();
        current = new(TrunkProbeState.Asking, 0, null, core.TimeOf(core.Now));
        core.Post(Ask);
    }

    /// <summary>Readable from any thread.</summary>
    public TrunkProbeStatus Current => current;

    /// <summary>Asks no more; idempotent.</summary>
    public void Stop() => core.Post(() =>
    {
        stopped = true;
        next.Disarm();
        Forget();
        Set(TrunkProbeState.Stopped, 0, null);
    });

    private void Ask()
    {
        if (stopped) return;
        next.Arm(core.Now + core.NewDelay(Every - (Every / 10), Every + (Every / 10)));
        core.Locate(options.Destination, hop =>
        {
            if (stopped) return;
            if (hop is not null) Send(hop);
            else Silent("The host name has no address");
        });
    }

    private void Send(Hop hop)
    {
        Forget();
        var request = new OutRequest
        {
            Method = SipMethod.Options, Uri =
                options.Target.ToString(), From = $"<sip:{Asker}@{core.Output.LocalHost(hop)}>;tag={tag}", To = $"<{options.Target}>",
            CallId = core.NewCallId(), CSeq = ++cseq, Branch = core.NewBranch(), Hop = hop,
        };
        question =
            new PlainClientTransaction(
                core, request, core.WriteRequest(request, core.ContactFor(hop), ["Accept: application/sdp"]), new Listener(this));
        core.Transactions.Add(question);
        patience.Arm(core.Now + AnswerWithin);
        question.Start();
    }

    private void Answered(SipMessage response)
    {
        if (response.Status < 200 || stopped) return;
        Forget();
        var refuses = response.Status is >= 500 or 408;
        Set(refuses ? TrunkProbeState.Refusing : TrunkProbeState.Reachable, response.Status, SipText.Text(response.Reason));
    }

    private void Silent(string why)
    {
        Forget();
        if (!stopped) Set(TrunkProbeState.Silent, 0, why);
    }

    private void Forget()
    {
        patience.Disarm();
        question?.Terminate();
        question = null;
    }

    private void Set(TrunkProbeState state, int status, string? reason)
    {
        var since = state == current.State ? current.Since : core.TimeOf(core.Now);
        current = new(state, status, reason, since);
    }

    private sealed class Listener(TrunkProbe probe) : IClientUser
    {
        public void OnResponse(ClientTransaction transaction, SipMessage response) => probe.Answered(response);

        public void OnFailure(ClientTransaction transaction, bool transport) => probe.Silent(transaction.Failure ?? "Could not be reached");
    }
}
