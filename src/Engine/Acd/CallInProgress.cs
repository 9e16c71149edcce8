using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Acd;

/// <summary>A call is its agent's until it ends, whatever becomes of their account meanwhile; <see cref="Platform.KeptInCall"/>.</summary>
public static class CallInProgress
{
    /// <summary>The group's routes stay open to who is in a call and would be signed out otherwise.</summary>
    public static RouteGroupBuilder KeptInCall(this RouteGroupBuilder routes) =>
        routes.WithMetadata(new KeptInCall()).AddEndpointFilter(static async (context, next) =>
            context.HttpContext.MayGoOn() ? await next(context) : new SignInFirst().ToHttp());

    /// <summary>Who asks has a good session, or one that is over and a call in hand.</summary>
    public static bool MayGoOn(this HttpContext http) => http.Stands() switch
    {
        Standing.Good => true,
        Standing.OnlyInCall => http.RequestServices.GetRequiredService<Dispatch>()
            .See(http.RequestServices.GetRequiredService<CurrentAgent>().Agent) is { State: AgentState.Busy },
        _ => false,
    };
}
