using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Records;

/// <summary>What was: calls, who was asked for each, and why; product.md §12. The room's services, and its routes by name.</summary>
public static class RecordsServices
{
    /// <summary>The room's Carter module.</summary>
    public static Type Routes => typeof(RecordsModule);

    public static IServiceCollection AddRecords(this IServiceCollection services) => services.AddUseCases(typeof(RecordsModule).Assembly);
}

/// <summary>The room's table of contents.</summary>
internal sealed class RecordsModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var agents = app.MapGroup("").RequireAuthorization(Right.SeeRecords).LimitBody();
        ListCalls.Map(agents);
        ExportCalls.Map(agents);
        ShowCall.Map(agents);
    }
}
