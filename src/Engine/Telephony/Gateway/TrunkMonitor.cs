using System.Diagnostics.Metrics;
using System.Globalization;
using Tccc.Directory;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// Keeps an eye on every carrier: registered at where it wants a REGISTER, asked by OPTIONS where it does not. Kept as the directory says.
/// </summary>
internal sealed class TrunkMonitor : IDisposable
{
    private static readonly TrunkStatus Unknown = new(TrunkCondition.Asking, null, null);
    private static readonly TrunkCondition[] Well = [TrunkCondition.Registered, TrunkCondition.Reachable, TrunkCondition.Asking];

    private readonly Centers centers;
    private readonly TrunkPasswords passwords;
    private readonly Lazy<SipEndpoint> sip;
    private readonly Meter meter = new("Tccc.Telephony");
    private readonly Lock gate = new();
    private readonly Dictionary<TrunkId, Running> running = [];
    private bool stopped;

    public TrunkMonitor(Centers centers, TrunkPasswords passwords, Lazy<SipEndpoint> sip)
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

    public TrunkStatus Of(TrunkId trunk)
    {
        lock (gate) return running.GetValueOrDefault(trunk)?.Status() ?? Unknown;
    }

    /// <summary>Every carrier in words for an operator, and whether it is well.</summary>
    public IReadOnlyList<(string Words, bool Well)> All()
    {
        lock (gate)
            return [.. running.Values.OrderBy(trunk => trunk.Name, StringComparer.Ordinal)
                .Select(trunk => Words(trunk.Name, trunk.Status()))];
    }

    private static (string, bool) Words(string name, TrunkStatus status)
    {
        var answer = status.Answer is { } said ? $" ({said})" : "";
        var words = string.Create(
            CultureInfo.InvariantCulture, $"{name}: {status.Condition}{answer} since {status.Since:yyyy-MM-dd HH:mm:ss}Z");
        return (words, Well.Contains(status.Condition));
    }

    private IEnumerable<Measurement<int>> Count()
    {
        List<TrunkCondition> conditions;
        lock (gate) conditions = [.. running.Values.Select(trunk => trunk.Status().Condition)];
        return [.. Enum.GetValues<TrunkCondition>()
            .Select(condition => new Measurement<int>(
                conditions.Count(c => c == condition), new KeyValuePair<string, object?>("state", condition.ToString())))];
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
            return new(name, options, () => StatusOf(probe.Current), probe.Stop);
        }

        var registration = sip.Value.Register((TrunkRegistrationOptions)options);
        return new(name, options, () => StatusOf(registration.Current), registration.Stop);
    }

    private static TrunkStatus StatusOf(TrunkRegistrationStatus status) => new(
        status.State switch
        {
            TrunkRegistrationState.Registered => TrunkCondition.Registered,
            TrunkRegistrationState.Failed => TrunkCondition.Failed,
            _ => TrunkCondition.Registering,
        },
        status.Since, Answer(status.Status, status.Reason));

    private static TrunkStatus StatusOf(TrunkProbeStatus status) => status.State switch
    {
        // what a living peer answers to OPTIONS says nothing that anybody needs to read
        TrunkProbeState.Reachable => new(TrunkCondition.Reachable, status.Since, null),
        TrunkProbeState.Refusing => new(TrunkCondition.Refusing, status.Since, Answer(status.Status, status.Reason)),
        TrunkProbeState.Silent => new(TrunkCondition.Silent, status.Since, status.Reason),
        _ => new(TrunkCondition.Asking, status.Since, null),
    };

    private static string? Answer(int status, string? reason)
    {
        var said = reason is null ? null : Foreign.Text(reason);
        return status > 0 ? $"{status} {said}".TrimEnd() : said;
    }

    internal static SipDestination DestinationOf(Trunk trunk) => new(trunk.Host, trunk.Port, trunk.Transport switch
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

    private sealed record Running(string Name, object Options, Func<TrunkStatus> Status, Action Stop);
}
