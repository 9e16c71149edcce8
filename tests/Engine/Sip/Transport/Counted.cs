using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Tccc.Sip.Tests;

/// <summary>What Meter "Tccc.Sip" counts as dropped from now on, by reason. Other tests that run meanwhile count too.</summary>
internal sealed class Counted : IDisposable
{
    private readonly ConcurrentDictionary<string, long> reasons = new();
    private readonly MeterListener listener = new();

    public Counted()
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument is { Meter.Name: "Tccc.Sip", Name: "sip.messages.dropped" }) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) => reasons.AddOrUpdate((string)tags[0].Value!, count, (_, sum) => sum + count));
        listener.Start();
    }

    public long this[string reason] => reasons.GetValueOrDefault(reason);

    public void Dispose() => listener.Dispose();
}
