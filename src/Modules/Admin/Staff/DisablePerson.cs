using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>Shuts a person out of the center, or lets them in again. What they have in hand they keep until it ends.</summary>
internal static class DisablePerson
{
    public sealed record NotYourself() : Error(ErrorKind.Conflict, "You can't disable yourself; another administrator can.");

    public sealed record Command(CenterId Center, AgentId Me, AgentId Id, bool Disabled) : IRequest<Result>;

    public sealed class Handler(Desk desk, Dispatch dispatch, WorkbenchStreams streams) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (request.Disabled && request.Id == request.Me) return new NotYourself();
            var busy = dispatch.See(request.Id) is { State: AgentState.Busy };
            var done = await desk.Change(request.Center, async db =>
            {
                if (await db.Of<Agent>(request.Center)
                    .SingleOrDefaultAsync(a => a.Id == request.Id, CancellationToken.None) is not { } agent)
                    return new NotInThisCenter();
                agent.Disabled = request.Disabled;
                db.Replace(agent);
                desk.Note(db, request.Disabled ? AuditWhat.PersonDisabled : AuditWhat.PersonEnabled, agent);
                return Result.Done;
            });
            // the page of somebody in a call stays until they leave it: its line is the call
            if (done.Ok && request.Disabled && !busy)
                foreach (var workbench in streams.WorkbenchesOf(request.Id)) streams.Close(request.Id, workbench);
            return done;
        }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPut("/admin/people/{id:long}/disabled", (HttpContext http, IMediator mediator, CurrentAgent me, AgentId id) =>
            Set(http, mediator, me, id, true));
        app.MapDelete("/admin/people/{id:long}/disabled", (HttpContext http, IMediator mediator, CurrentAgent me, AgentId id) =>
            Set(http, mediator, me, id, false));
    }

    private static async Task<IResult> Set(HttpContext http, IMediator mediator, CurrentAgent me, AgentId id, bool disabled) =>
        (await mediator.Send(new Command(me.Center, me.Agent, id, disabled), CancellationToken.None))
            .Match(() => http.Response.GoTo("/admin/people?done=saved"));
}
