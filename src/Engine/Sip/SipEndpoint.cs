namespace Tccc.Sip;

/// <summary>The SIP user agent of the product: one UDP and one TCP port, one loop thread that owns all state.</summary>
public sealed class SipEndpoint(SipOptions options, ISipUser user, TimeProvider time, IRandomness randomness) : IAsyncDisposable
{
    /// <summary>The port that is listened on, after <see cref="Start"/>.</summary>
    public int Port => throw new NotImplementedException();

    /// <summary>Binds and runs. A port that is taken raises <see cref="SipStartException"/>.</summary>
    public Task Start() { _ = (options, user, time, randomness); throw new NotImplementedException(); }

    /// <summary>Calls. The session is there at once; what becomes of it comes to <paramref name="events"/>.</summary>
    public SipSession Invite(OutgoingInvite invite, ISessionEvents events) => throw new NotImplementedException();

    /// <summary>Where a desk phone is registered; null = not registered. From any thread.</summary>
    public Binding? BindingOf(string username) => throw new NotImplementedException();

    /// <summary>Registers at a carrier and keeps it up until stopped.</summary>
    public TrunkRegistration Register(TrunkRegistrationOptions registration) => throw new NotImplementedException();

    /// <summary>Ends what is up (BYE, CANCEL, 503), unregisters, closes; takes at most <see cref="SipOptions.ShutdownLimit"/>.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
