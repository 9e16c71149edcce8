namespace Tccc.Sip;

/// <summary>The SIP user agent of the product: one port for UDP and TCP, one for TLS, one loop thread that owns all state.</summary>
public sealed class SipEndpoint : IAsyncDisposable
{
    private readonly SipMetrics metrics = new();
    private readonly SipLoop loop;

    public SipEndpoint(SipOptions options, ISipUser user, TimeProvider time, IRandomness randomness)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(randomness);
        loop = new SipLoop(options, user, time, randomness, metrics);
    }

    /// <summary>The port that is listened on, after <see cref="Start"/>.</summary>
    public int Port => loop.Port;

    /// <summary>The port that is listened on for TLS, after <see cref="Start"/>; 0 without a certificate.</summary>
    public int TlsPort => loop.TlsPort;

    /// <summary>Binds and runs. A port that is taken raises <see cref="SipStartException"/>.</summary>
    public Task Start()
    {
        loop.Start();
        metrics.Gauges(
            () => loop.Core.Sessions.Count, () => loop.Core.Transactions.Count, () => loop.Core.Registrar.Count, () => loop.Streams.Count);
        return Task.CompletedTask;
    }

    /// <summary>Calls. The session is there at once; what becomes of it comes to <paramref name="events"/>.</summary>
    public SipSession Invite(OutgoingInvite invite, ISessionEvents events)
    {
        ArgumentNullException.ThrowIfNull(invite);
        ArgumentNullException.ThrowIfNull(events);
        if (invite.Destination is null == invite.Binding is null)
            throw new ArgumentException("Give a Destination or a Binding, one of them.", nameof(invite));
        return SipSession.Connect(loop.Core, invite, events);
    }

    /// <summary>Where a desk phone is registered; null = not registered. From any thread.</summary>
    public Binding? BindingOf(string username) => loop.Core.Registrar.Of(username);

    /// <summary>
    /// Takes back a binding that was good when the server went down, for what is left of its life; to be called before <see cref="Start"/>.
    /// False when that phone can't be reached any more: its connection is gone, and its Contact names another address than it came from, so
    /// that nothing can be dialled.
    /// </summary>
    public bool Restore(Binding binding, TimeSpan life)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return loop.Core.Registrar.Restore(binding, loop.Clock() + (long)life.TotalMilliseconds);
    }

    /// <summary>
    /// To be called when accounts of desk phones may have changed: bindings made with what is no longer valid are dropped.
    /// </summary>
    public void AccountsChanged() => loop.Core.Post(loop.Core.Registrar.DropStale);

    /// <summary>Registers at a carrier and keeps it up until stopped.</summary>
    public TrunkRegistration Register(TrunkRegistrationOptions registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        return new TrunkRegistration(loop.Core, registration);
    }

    /// <summary>Asks a carrier over and over whether it is there, until stopped.</summary>
    public TrunkProbe Probe(TrunkProbeOptions probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return new TrunkProbe(loop.Core, probe);
    }

    /// <summary>Ends what is up (BYE, CANCEL, 503), unregisters, closes; takes at most <see cref="SipOptions.ShutdownLimit"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await loop.Stop();
        metrics.Dispose();
    }
}
