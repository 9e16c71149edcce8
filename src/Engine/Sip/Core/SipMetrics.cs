using System.Diagnostics.Metrics;

namespace Tccc.Sip;

/// <summary>The instruments of Meter "Tccc.Sip".</summary>
internal sealed class SipMetrics : IDisposable
{
    private readonly Meter meter = new("Tccc.Sip");
    private readonly Counter<long> received, sent, dropped, refused, retransmitted, faults, proofsFailed, throttled;
    private readonly Counter<long> endings;

    public SipMetrics()
    {
        received = meter.CreateCounter<long>("sip.messages.received", description: "Messages that could be read");
        sent = meter.CreateCounter<long>("sip.messages.sent", description: "Messages sent, retransmissions included");
        dropped =
            meter.CreateCounter<long>(
                "sip.messages.dropped", description: "Datagrams, messages and connections that were dropped, by reason");
        refused =
            meter.CreateCounter<long>("sip.requests.refused", description: "Requests answered 4xx-6xx by the engine itself, by status");
        retransmitted = meter.CreateCounter<long>("sip.messages.retransmitted", description: "Messages that had to be sent again");
        proofsFailed = meter.CreateCounter<long>("sip.proofs.failed", description: "Credentials that were wrong");
        throttled = meter.CreateCounter<long>("sip.proofs.throttled",
            description: "Requests not looked at because their address failed too often");
        endings = meter.CreateCounter<long>("sip.sessions.ended", description: "Sessions that ended, by kind");
        faults = meter.CreateCounter<long>("sip.faults", description: "Exceptions caught on the loop; each is a bug");
    }

    public void Received() => received.Add(1);

    public void Sent() => sent.Add(1);

    public void Dropped(string reason) => dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Refused(int status) => refused.Add(1, new KeyValuePair<string, object?>("status", status));

    public void ProofFailed() => proofsFailed.Add(1);

    public void Throttled() => throttled.Add(1);

    public void Retransmitted() => retransmitted.Add(1);

    public void Ended(SipEndingKind kind) => endings.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));

    public void Fault() => faults.Add(1);

    public void Gauges(Func<int> sessions, Func<int> transactions, Func<int> bindings, Func<int> connections)
    {
        meter.CreateObservableGauge("sip.sessions", sessions, description: "Sessions alive");
        meter.CreateObservableGauge("sip.transactions", transactions, description: "Transactions alive");
        meter.CreateObservableGauge("sip.bindings", bindings, description: "Desk phones registered");
        meter.CreateObservableGauge("sip.connections", connections, description: "TCP and TLS connections open");
    }

    public void Dispose() => meter.Dispose();
}
