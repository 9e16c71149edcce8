using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tccc.Telephony;

/// <summary>Ready: the sockets are open and every carrier that wants a REGISTER has one. contract.md «GET /health/ready».</summary>
internal sealed class TelephonyHealth(Switchboard board, TrunkRegistrations trunks) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (board.Calls.Closed) return Task.FromResult(HealthCheckResult.Unhealthy("The server is stopping."));
        // The host does not get here when a port could not be opened: that ends the start.
        var down = string.Join("; ", trunks.Down());
        return Task.FromResult(down.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(down));
    }
}
