using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tccc.Platform;

/// <summary>
/// The database answers and can be written. Other rooms add their own with <c>services.AddHealthChecks().AddCheck(…)</c>.
/// </summary>
internal sealed class DatabaseCheck(IDbContextFactory<TcccDb> databases, Writer writer) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (writer.Trouble is { } trouble)
        {
            var (changes, bytes) = writer.Backlog;
            return HealthCheckResult.Unhealthy(string.Create(
                CultureInfo.InvariantCulture, $"It can't be written since {trouble.Since:yyyy-MM-dd HH:mm:ss}Z: {trouble.Why} {changes} changes wait ({bytes >> 10} KiB)."));
        }
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database does not answer.");
    }
}

internal static class Health
{
    /// <summary>
    /// Live: the process answers. Ready: every check is well, or 503; which is not well is told to <paramref name="watchers"/> only.
    /// </summary>
    public static void Map(IEndpointRouteBuilder app, Watchers watchers)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks(
            "/health/ready", new HealthCheckOptions { ResponseWriter = (http, report) => Write(http, report, watchers.Include(http)) });
    }

    private static Task Write(HttpContext http, HealthReport report, bool inDetail) =>
        http.Response.WriteAsync(JsonSerializer.Serialize(inDetail
            ? (object)new
            {
                status = report.Status.ToString(),
                checks =
                    report.Entries.ToDictionary(
                        e => e.Key, e => new { status = e.Value.Status.ToString(), description = e.Value.Description }),
            }
            : new { status = report.Status.ToString() }));
}
