using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Presence;

/// <summary>What an agent wants to be, and what they are; product.md §2. The room's table of contents.</summary>
public static class PresenceModule
{
    public static IServiceCollection AddPresence(this IServiceCollection services) => services
        .AddUseCases(typeof(PresenceModule).Assembly)
        .AddSingleton<KeptChoices>()
        .AddFragment<AgentStateFragment>();

    public static IEndpointRouteBuilder MapPresence(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("").RequireAuthorization(Access.Agent);
        ChooseState.Map(agents);
        ReturnToService.Map(agents);
        ContinueWrapUp.Map(agents);
        return routes;
    }
}
