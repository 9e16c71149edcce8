using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Admin;

/// <summary>
/// Takes a person out of the center for good: only one who never worked here, because records name who served. Anybody else is disabled.
/// </summary>
internal static class RemovePerson
{
    public sealed record OnRecord()
        : Error(ErrorKind.Conflict, "This person is named in call records and can't be removed. Disable them instead.");

    public sealed record Command(CenterId Center, AgentId Me, AgentId Id, long? Version) : IRequest<Result>;

    public sealed class Handler(Desk desk, Dispatch dispatch) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            if (request.Id == request.Me) return new DisablePerson.NotYourself();
            if (await db.Of<Agent>(request.Center).SingleOrDefaultAsync(a => a.Id == request.Id, CancellationToken.None) is not { } agent)
                return new NotInThisCenter();
            if (desk.Changed(agent, request.Version) is { } changed) return changed;
            var needed = await db.Of<Number>(request.Center).Where(n => n.Agent == agent.Id).Select(n => n.Digits)
                .ToListAsync(CancellationToken.None);
            needed.AddRange(
                await db.Of<DeskPhone>(request.Center).Where(p => p.BoundAgent == agent.Id).Select(p => p.Extension)
                    .ToListAsync(CancellationToken.None));
            if (needed.Count > 0) return new StillNeeded(string.Join(", ", needed));
            if (dispatch.See(agent.Id) is { Work.IsEmpty: false }
                || await db.Of<CallAttempt>(request.Center)
                    .AnyAsync(a => a.Agent == agent.Id, CancellationToken.None)
                || await db.Set<CallRecord>().AnyAsync(c => c.Agent == agent.Id && c.EndedAt != null, CancellationToken.None))
                return new OnRecord();
            await db.Of<GroupMember>(request.Center).Where(m => m.Agent == agent.Id).ExecuteDeleteAsync(CancellationToken.None);
            db.Remove(agent);
            desk.Note(db, AuditWhat.PersonRemoved, agent);
            return Result.Done;
        });
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete("/admin/people/{id:long}", async (HttpContext http, IMediator mediator, CurrentAgent me, AgentId id, long? version) =>
            (await mediator.Send(new Command(me.Center, me.Agent, id, version), CancellationToken.None))
                .Match(() => http.Response.GoTo("/admin/people?done=removed")));
}
