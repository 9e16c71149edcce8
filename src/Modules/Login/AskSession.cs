using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>Whether somebody is signed in, and as which agent: a page asks before it sends what was typed. js/again.js</summary>
internal static class AskSession
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/session", (HttpContext http, CurrentAgent me) =>
    {
        if (me.InCenter) http.Response.Headers["Session-Agent"] = me.Agent.ToString();
        return Results.NoContent();
    });
}
