using Carter;
using Microsoft.AspNetCore.Http.HttpResults;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Web.Workbench;

/// <summary>The workbench: the page, its stream, and the seat that one browser window has; product.md §2 and §3.</summary>
internal sealed class WorkbenchModule : ICarterModule
{
    /// <summary>Drawn into the page; the rest comes by the stream.</summary>
    private static readonly string[] Drawn =
        ["agent-state", "tasks", "waiting-count", "current-call", "middle-empty", "storage-alert", "dial-box", "dial-outcome"];

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapGroup("").AllowAnonymous().LimitBody().MapGet("/", () => Results.Redirect("/workbench"));

        var agents = app.MapGroup("/workbench").RequireAuthorization(Right.Serve).LimitBody();
        agents.MapGet("", async (CurrentAgent me, Centers centers, Fragments fragments) =>
        {
            var drawn = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in fragments.Names.Intersect(Drawn)) drawn[name] = await fragments.Render(name, me.Scope);
            return new RazorComponentResult<WorkbenchPage>(new { Center = centers.Of(me.Center)?.Center.Name ?? "", Fragments = drawn });
        });

        var kept = app.MapGroup("/workbench").RequireAuthorization(Right.Serve).LimitBody().KeptInCall();
        kept.MapGet("/stream", (HttpContext http, CurrentAgent me, WorkbenchStream stream, string workbench, AgentId? agent) =>
            !Named(workbench) ? Results.BadRequest()
            // the page is of a center that was left in another tab (js/stream.js)
            : agent is { } whose && whose != me.Agent ? new OfAnotherCenter().ToHttp()
            : Sse.Stream(stream.Open(me.Scope, workbench, http.MayGoOn)));

        kept.MapPut("/beat", (CurrentAgent me, Workbenches workbenches, TimeProvider time, string workbench) =>
        {
            workbenches.Heard(me.Agent, workbench, time.GetTimestamp());
            return Results.NoContent();
        });

        agents.MapPut("/seat", (CurrentAgent me, Workbenches workbenches, string workbench) =>
            workbenches.TakeOver(me.Agent, workbench) ? Results.NoContent() : new NotAsking().ToHttp());
    }

    private static bool Named(string workbench) => workbench.Length is > 0 and <= 64 && workbench.All(char.IsAsciiLetterOrDigit);

    private sealed record OfAnotherCenter() : Error(ErrorKind.Conflict, "You entered another center in another window. Reload the page.");

    private sealed record NotAsking() : Error(ErrorKind.Conflict, "This window is connected already, or not any more. Reload the page.");
}

internal static class WorkbenchServices
{
    public static IServiceCollection AddWorkbench(this IServiceCollection services) => services
        .AddUseCases(typeof(WorkbenchModule).Assembly)
        .AddSingleton<Workbenches>()
        .AddSingleton<OpenStreams>()
        .AddSingleton<WorkbenchStream>();
}
