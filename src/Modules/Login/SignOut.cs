using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/logout", async (
        HttpContext http, IMediator mediator, CurrentAgent me, Dispatch dispatch, Audit audit) =>
    {
        if (me.InCenter && CallAsk.IsNeeded(http, dispatch, me.Agent)) return CallAsk.Ask(http, CallAsk.Leaving.SignsOut, "/logout");
        // the cookie first: a page whose stream is closed must not come back with it
        await http.LeaveAsync();
        if (me.SignedIn) audit.Enqueue(new(AuditWhat.SignedOut, me.Person, Actor: me.Person, From: http.Connection.RemoteIpAddress));
        if (me.InCenter) await mediator.Send(new Command(me.Agent), CancellationToken.None);
        return http.Response.GoTo("/login");
    });
}
