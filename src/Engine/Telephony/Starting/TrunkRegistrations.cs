using Tccc.Directory;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>The carriers that want a REGISTER, kept as the directory says.</summary>
internal sealed class TrunkRegistrations(Centers centers, TrunkPasswords passwords, Lazy<SipEndpoint> sip)
{
    private readonly Lock gate = new();
    private readonly Dictionary<TrunkId, Running> running = [];
    private bool stopped;

    /// <summary>Registers what is new, drops what is gone, and begins anew what was changed.</summary>
    public void Follow()
    {
        var wanted = centers.All.SelectMany(center => center.Trunks).Where(trunk => trunk is { Register: true, UserName: not null }).ToDictionary(trunk => trunk.Id);
        lock (gate)
        {
            if (stopped) return;
            foreach (var id in running.Keys.Except(wanted.Keys).ToList()) Drop(id);
            foreach (var (id, trunk) in wanted)
            {
                var options = OptionsOf(trunk);
                if (running.TryGetValue(id, out var now) && now.Options == options && now.Name == trunk.Name) continue;
                Drop(id);
                running[id] = new(trunk.Name, options, sip.Value.Register(options));
            }
        }
    }

    public void Stop()
    {
        lock (gate)
        {
            stopped = true;
            foreach (var id in running.Keys.ToList()) Drop(id);
        }
    }

    /// <summary>Null when the trunk does not register.</summary>
    public TrunkRegistrationStatus? StatusOf(TrunkId trunk)
    {
        lock (gate) return running.GetValueOrDefault(trunk)?.Registration.Current;
    }

    /// <summary>Those that are not registered, with the last answer.</summary>
    public IReadOnlyList<string> Down()
    {
        lock (gate)
        {
            return [.. running.Values
                .Where(trunk => trunk.Registration.Current.State is not TrunkRegistrationState.Registered)
                .Select(trunk => $"{trunk.Name}: {trunk.Registration.Current.State} ({trunk.Registration.Current.Status} {trunk.Registration.Current.Reason})")];
        }
    }

    private void Drop(TrunkId id)
    {
        if (running.Remove(id, out var gone)) gone.Registration.Stop();
    }

    private TrunkRegistrationOptions OptionsOf(Trunk trunk) => new()
    {
        Registrar = new SipUri(null, trunk.Host),
        AddressOfRecord = new SipUri(trunk.UserName, trunk.Host),
        Destination = new(trunk.Host, trunk.Port, trunk.Transport is TrunkTransport.Tcp ? SipTransport.Tcp : SipTransport.Udp),
        Credentials = new(trunk.UserName!, passwords.Of(trunk) ?? ""),
    };

    private sealed record Running(string Name, TrunkRegistrationOptions Options, TrunkRegistration Registration);
}
