using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tccc.Telephony;

/// <summary>
/// Ready: the sockets are open. How each carrier is connected is said in any case; one that is down degrades the answer and does not fail
/// the server, which may serve the calls of the others. operations.md «Is it well?».
/// </summary>
internal sealed class TelephonyHealth(Switchboard board, TrunkMonitor trunks) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (board.Calls.Closed) return Task.FromResult(HealthCheckResult.Unhealthy("The server is stopping."));
        // The host does not get here when a port could not be opened: that ends the start.
        var all = trunks.All();
        var words = string.Join("; ", all.Select(trunk => trunk.Words));
        return Task.FromResult(all.All(trunk => trunk.Well) ? HealthCheckResult.Healthy(words) : HealthCheckResult.Degraded(words));
    }
}
