namespace Tccc.Sip;

/// <summary>A REGISTER that is kept up at a carrier (RFC 3261 §10.2).</summary>
public sealed record TrunkRegistrationOptions
{
    /// <summary>The carrier's registrar, e.g. sip:carrier.example.</summary>
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
    /// <summary>Readable from any thread.</summary>
    public TrunkRegistrationStatus Current => throw new NotImplementedException();

    /// <summary>Unregisters and ends; idempotent.</summary>
    public void Stop() => throw new NotImplementedException();
}
