using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform;

/// <summary>What those ask who watch over the server.</summary>
internal sealed class OperationsModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("").AllowAnonymous().LimitBody();
        // listening begins now, so that nothing is missed before the first visit
        var metrics = app.ServiceProvider.GetRequiredService<Metrics>();
        var watchers = app.ServiceProvider.GetRequiredService<Watchers>();
        Health.Map(open, watchers);
        open.MapGet("/metrics", (HttpContext http) =>
            watchers.Include(http) ? Results.Text(metrics.Text(), "text/plain; version=0.0.4") : new NotForStrangers().ToHttp());
    }
}
