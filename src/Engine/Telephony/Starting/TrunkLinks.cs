using System.Diagnostics.Metrics;
using System.Globalization;
using Tccc.Directory;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// How every carrier is connected: registered at where it wants a REGISTER, asked by OPTIONS where it does not. Kept as the directory says.
/// </summary>
internal sealed class TrunkLinks : IDisposable
{
    private static readonly TrunkLink Unknown = new(TrunkLinkState.Asking, null, null);
    private static readonly TrunkLinkState[] Well = [TrunkLinkState.Registered, TrunkLinkState.Reachable, TrunkLinkState.Asking];

    private readonly Centers centers;
    private readonly TrunkPasswords passwords;
    private readonly Lazy<SipEndpoint> sip;
    private readonly Meter meter = new("Tccc.Telephony");
    private readonly Lock gate = new();
    private readonly Dictionary<TrunkId, Running> running = [];
    private bool stopped;

    public TrunkLinks(Centers centers, TrunkPasswords passwords, Lazy<SipEndpoint> sip)
    {
        (this.centers, this.passwords, this.sip) = (centers, passwords, sip);
        meter.CreateObservableGauge("tccc_trunks", Count, description: "Carriers, by how they are connected");
    }

    /// <summary>Begins with what is new, drops what is gone, and begins anew what was changed.</summary>
    public void Follow()
    {
        var wanted = centers.All.SelectMany(center => center.Trunks).ToDictionary(trunk => trunk.Id);
        lock (gate)
        {
            if (stopped) return;
            foreach (var id in running.Keys.Except(wanted.Keys).ToList()) Drop(id);
            foreach (var (id, trunk) in wanted)
            {
                object options = trunk is { Register: true, UserName: not null } ? Registration(trunk) : Probe(trunk);
                if (running.TryGetValue(id, out var now) && now.Options.Equals(options) && now.Name == trunk.Name) continue;
                Drop(id);
                running[id] = Begin(trunk.Name, options);
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

    public void Dispose() => meter.Dispose();

    public TrunkLink Of(TrunkId trunk)
    {
        lock (gate) return running.GetValueOrDefault(trunk)?.Link() ?? Unknown;
    }

    /// <summary>Every carrier in words for an operator, and whether it is well.</summary>
    public IReadOnlyList<(string Words, bool Well)> All()
    {
        lock (gate)
            return [.. running.Values.OrderBy(trunk => trunk.Name, StringComparer.Ordinal)
                .Select(trunk => Words(trunk.Name, trunk.Link()))];
    }

    private static (string, bool) Words(string name, TrunkLink link)
    {
        var answer = link.Answer is { } said ? $" ({said})" : "";
        return (string.Create(CultureInfo.InvariantCulture, $"{name}: {link.State}{answer} since {link.Since:yyyy-MM-dd HH:mm:ss}Z"),
            Well.Contains(link.State));
    }

    private IEnumerable<Measurement<int>> Count()
    {
        List<TrunkLinkState> states;
        lock (gate) states = [.. running.Values.Select(trunk => trunk.Link().State)];
        return [.. Enum.GetValues<TrunkLinkState>()
            .Select(state =>
                new Measurement<int>(states.Count(s => s == state), new KeyValuePair<string, object?>("state", state.ToString())))];
    }

    private void Drop(TrunkId id)
    {
        if (running.Remove(id, out var gone)) gone.Stop();
    }

    private Running Begin(string name, object options)
    {
        if (options is TrunkProbeOptions question)
        {
            var probe = sip.Value.Probe(question);
            return new(name, options, () => LinkOf(probe.Current), probe.Stop);
        }

        var registration = sip.Value.Register((TrunkRegistrationOptions)options);
        return new(name, options, () => LinkOf(registration.Current), registration.Stop);
    }

    private static TrunkLink LinkOf(TrunkRegistrationStatus status) => new(
        status.State switch
        {
            TrunkRegistrationState.Registered => TrunkLinkState.Registered,
            TrunkRegistrationState.Failed => TrunkLinkState.Failed,
            _ => TrunkLinkState.Registering,
        },
        status.Since, Answer(status.Status, status.Reason));

    private static TrunkLink LinkOf(TrunkProbeStatus status) => status.State switch
    {
        // what a living peer answers to OPTIONS says nothing that anybody needs to read
        TrunkProbeState.Reachable => new(TrunkLinkState.Reachable, status.Since, null),
        TrunkProbeState.Refusing => new(TrunkLinkState.Refusing, status.Since, Answer(status.Status, status.Reason)),
        TrunkProbeState.Silent => new(TrunkLinkState.Silent, status.Since, status.Reason),
        _ => new(TrunkLinkState.Asking, status.Since, null),
    };

    private static string? Answer(int status, string? reason)
    {
        var said = reason is null ? null : Foreign.Text(reason);
        return status > 0 ? $"{status} {said}".TrimEnd() : said;
    }

    private static SipDestination DestinationOf(Trunk trunk) => new(trunk.Host, trunk.Port, trunk.Transport switch
    {
        TrunkTransport.Tcp => SipTransport.Tcp,
        TrunkTransport.Tls => SipTransport.Tls,
        _ => SipTransport.Udp,
    });

    private static TrunkProbeOptions Probe(Trunk trunk) =>
        new(new SipUri(null, trunk.Host, trunk.Port is 5060 ? 0 : trunk.Port), DestinationOf(trunk));

    private TrunkRegistrationOptions Registration(Trunk trunk) => new()
    {
        Registrar = new SipUri(null, trunk.Host),
        AddressOfRecord = new SipUri(trunk.UserName, trunk.Host),
        Destination = DestinationOf(trunk),
        Credentials = new(trunk.UserName!, passwords.Of(trunk) ?? ""),
    };

    private sealed record Running(string Name, object Options, Func<TrunkLink> Link, Action Stop);
}
