using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Records;

/// <summary>What was: calls, who was asked for each, and why; product.md §12. The room's table of contents.</summary>
public static class RecordsModule
{
    public static IServiceCollection AddRecords(this IServiceCollection services) => services.AddUseCases(typeof(RecordsModule).Assembly);

    public static IEndpointRouteBuilder MapRecords(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("").RequireAuthorization(Access.Agent);
        ListCalls.Map(agents);
        ShowCall.Map(agents);
        return routes;
    }
}
