using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The network badge of the running call, asked for by the badge itself.</summary>
internal static class ShowNetwork
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/calls/{call:long}/network", IResult (CallId call, CurrentAgent me, Calls calls) =>
            calls.CallOf(me.Agent) is { } mine && mine.Id == call
                ? new RazorComponentResult<NetworkBadge>(
                    new { Call = call, Quality = calls.QualityOf(me.Agent), Lost = mine.Phase == CallPhase.Interrupted })
                // the panel is about to be drawn anew without it
                : TypedResults.NoContent());
}
