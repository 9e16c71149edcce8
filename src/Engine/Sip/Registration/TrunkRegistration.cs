namespace Tccc.Sip;

/// <summary>A REGISTER that is kept up at a carrier (RFC 3261 §10.2).</summary>
public sealed record TrunkRegistrationOptions
{
    /// <summary>The carrier's domain as Request-URI, e.g. sip:carrier.example.</summary>
    public required SipUri Registrar { get; init; }

    /// <summary>The address of record, e.g. sip:02012345678@carrier.example.</summary>
    public required SipUri AddressOfRecord { get; init; }

    public required SipDestination Destination { get; init; }

    public required SipCredentials Credentials { get; init; }

    /// <summary>What is asked for; the registrar may give another.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromMinutes(5);
}

public enum TrunkRegistrationState
{
    Registering,
    Registered,
    /// <summary>The last attempt failed; the next one comes by itself, later each time (at most 30 minutes).</summary>
    Failed,
    Stopped,
}

/// <summary>State and its cause: the status of the last answer (0 = none came).</summary>
public sealed record TrunkRegistrationStatus(TrunkRegistrationState State, int Status, string? Reason, DateTimeOffset Since);

/// <summary>A running registration at a carrier.</summary>
public sealed class TrunkRegistration
{
    private const int FirstRetry = 15_000;
    private const int LongestRetry = 30 * 60_000;

    private readonly SipCore core;
    private readonly TrunkRegistrationOptions options;
    private readonly DigestClient digest;
    private readonly SipTimer timer;
    private readonly string callId, tag;
    private volatile TrunkRegistrationStatus current;
    private uint cseq, expires;
    private int failures, corrections;
    private bool stopping;
    private string? credentials;

    internal TrunkRegistration(SipCore core, TrunkRegistrationOptions options)
    {
        (this.core, this.options) = (core, options);
        digest = new DigestClient(options.Credentials, core);
        timer = new SipTimer(core.Timers, Attempt);
        (callId, tag) = (core.NewCallId(), core.NewToken());
        expires = (uint)options.Expires.TotalSeconds;
        current = new(TrunkRegistrationState.Registering, 0, null, core.TimeOf(core.Now));
        core.Post(() =>
        {
            core.Registrations.Add(this);
            Attempt();
        });
    }

    /// <summary>Readable from any thread.</summary>
    public TrunkRegistrationStatus Current => current;

    /// <summary>Unregisters and ends; idempotent.</summary>
    public void Stop() => core.Post(StopNow);

    internal void StopNow()
    {
        if (stopping) return;
        stopping = true;
        timer.Disarm();
        core.Registrations.Remove(this);
        var registered = current.State == TrunkRegistrationState.Registered;
        Set(TrunkRegistrationState.Stopped, 0, null);
        expires = 0;
        if (registered) Attempt();
    }

    private void Attempt()
    {
        (corrections, credentials) = (0, null);
        digest.Restart();
        core.Locate(options.Destination, hop =>
        {
            if (hop is not null) Send(hop);
            else Failed(0, "The host name has no address");
        });
    }

    private void Send(Hop hop)
    {
        var request = new OutRequest
        {
            Method = SipMethod.Register, Uri =
                options.Registrar.ToString(), From = $"<{options.AddressOfRecord}>;tag={tag}", To = $"<{options.AddressOfRecord}>",
            CallId = callId, CSeq = ++cseq, Branch = core.NewBranch(), Hop = hop,
        };
        List<string> extra = [$"Expires: {expires}", "Allow: " + Methods.Allowed];
        if (credentials is not null) extra.Add(credentials);
        var bytes = core.WriteRequest(request, core.ContactFor(hop, options.AddressOfRecord.User), extra);
        var transaction = new PlainClientTransaction(core, request, bytes, new Listener(this));
        core.Transactions.Add(transaction);
        transaction.Start();
    }

    private void OnResponse(ClientTransaction transaction, SipMessage response)
    {
        if (response.Status < 200) return;
        switch (response.Status)
        {
            case < 300:
                Succeeded(response, transaction.Request.Hop);
                break;
            case 401 or 407 when digest.Answer(response, SipMethod.Register, transaction.Request.Uri) is { } header:
                credentials = header;
                Send(transaction.Request.Hop);
                break;
            case 423 when corrections++ < 2 && SipText.TryNumber(response.Get(HeaderId.MinExpires), 86_400, out var shortest) && !stopping:
                expires = Math.Max(expires, shortest);
                Send(transaction.Request.Hop);
                break;
            default:
                Failed(response.Status, SipText.Text(response.Reason), RetryAfter(response));
                break;
        }
    }

    private void Succeeded(SipMessage response, Hop hop)
    {
        if (stopping) return;
        failures = 0;
        var given = Granted(response, core.ContactFor(hop, options.AddressOfRecord.User));
        Set(TrunkRegistrationState.Registered, response.Status, null);
        // Refreshed with a margin for a lost packet or two, and never in a storm.
        timer.Arm(core.Now + Math.Max(5_000, given * 1000L - Math.Clamp(given * 100L, 2_000, 30_000)));
    }

    /// <summary>The time given to our contact: its own parameter, the Expires header, or what we asked for.</summary>
    private uint Granted(SipMessage response, string ours)
    {
        foreach (var value in response.Values(HeaderId.Contact))
        {
            if (!NameAddr.TryParse(value, out var contact) || !contact.Parameters.TryGet("expires"u8, out var own)) continue;
            if (!ours.Contains(SipText.Raw(contact.Uri), StringComparison.OrdinalIgnoreCase)) continue;
            if (SipText.TryNumber(own, 86_400, out var seconds)) return seconds;
        }
        return SipText.TryNumber(response.Get(HeaderId.Expires), 86_400, out var all) ? all : expires;
    }

    private static int RetryAfter(SipMessage response)
    {
        var value = response.Get(HeaderId.RetryAfter);
        var end = value.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return SipText.TryNumber(end < 0 ? value : value[..end], 86_400, out var seconds) ? (int)seconds * 1000 : 0;
    }

    private void Failed(int status, string? reason, int atLeast = 0)
    {
        if (stopping) return;
        Set(TrunkRegistrationState.Failed, status, reason);
        var wait = Math.Min(LongestRetry, FirstRetry << Math.Min(failures++, 7));
        timer.Arm(core.Now + Math.Max(atLeast, core.NewDelay(wait / 2, wait)));
    }

    private void Set(TrunkRegistrationState state, int status, string? reason)
    {
        var since = state == current.State ? current.Since : core.TimeOf(core.Now);
        current = new(state, status, reason, since);
    }

    private sealed class Listener(TrunkRegistration registration) : IClientUser
    {
        public void OnResponse(ClientTransaction transaction, SipMessage response) => registration.OnResponse(transaction, response);

        public void OnFailure(ClientTransaction transaction, bool transport) =>
            registration.Failed(0, transport ? transaction.Failure ?? "Could not be reached" : "No answer");
    }
}
