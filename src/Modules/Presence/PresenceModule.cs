using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Presence;

/// <summary>What an agent wants to be, and what they are; product.md §2. The room's services, and its routes by name.</summary>
public static class PresenceServices
{
    /// <summary>The room's Carter module.</summary>
    public static Type Routes => typeof(PresenceModule);

    public static IServiceCollection AddPresence(this IServiceCollection services) => services
        .AddUseCases(typeof(PresenceModule).Assembly)
        .AddSingleton<KeptChoices>()
        .AddFragment<AgentStateFragment>();
}

/// <summary>The room's table of contents.</summary>
internal sealed class PresenceModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var agents = app.MapGroup("").RequireAuthorization(Right.Serve).LimitBody();
        ChooseState.Map(agents);
        ReturnToService.Map(agents);
        ContinueWrapUp.Map(agents);
    }
}
