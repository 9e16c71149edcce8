using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>Ends the session and takes the agent offline; «Offline» alone keeps the session. product.md §1</summary>
internal static class SignOut
{
    public sealed record Command(AgentId Agent) : IRequest<Result>;

    public sealed class Handler(Dispatch dispatch, WorkbenchStreams streams) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            // an agent who is gone from the center by now has nothing to be taken offline from
            await dispatch.Choose(request.Agent, Choice.Offline, ChangedBy.Agent, StateReason.SignedOut);
            foreach (var workbench in streams.WorkbenchesOf(request.Agent)) streams.Close(request.Agent, workbench);
            return Result.Done;
        }
    }

    /// <summary>Whether a call of theirs would be cut off: then it is asked first, wherever the button stands.</summary>
    public static bool MustAsk(HttpContext http, CurrentAgent me, Dispatch dispatch) =>
        me.InCenter && dispatch.See(me.Agent) is { State: AgentState.Busy }
            && !(http.Request.HasFormContentType && http.Request.Form.ContainsKey(SignOutAsk.Sure));

    public static IResult Ask(HttpContext http, string address)
    {
        if (http.Request.IsHtmx()) http.Response.HtmxRetarget("#ask");
        return new RazorComponentResult<SignOutAsk>(new { Address = address }) { StatusCode = StatusCodes.Status409Conflict };
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/logout", async (
        HttpContext http, IMediator mediator, CurrentAgent me, Dispatch dispatch, Audit audit) =>
    {
        if (MustAsk(http, me, dispatch)) return Ask(http, "/logout");
        // the cookie first: a page whose stream is closed must not come back with it
        await http.LeaveAsync();
        if (me.SignedIn) audit.Enqueue(new(AuditWhat.SignedOut, me.Person, Actor: me.Person, From: http.Connection.RemoteIpAddress));
        if (me.InCenter) await mediator.Send(new Command(me.Agent), CancellationToken.None);
        return http.Response.GoTo("/login");
    }).RequireRateLimiting(LoginServices.Anonymous);
}
