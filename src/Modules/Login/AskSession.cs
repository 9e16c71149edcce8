using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tccc.Login;

/// <summary>Whether somebody is signed in: a page asks before it sends what was typed. js/again.js</summary>
internal static class AskSession
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/session", () => Results.NoContent());
}
