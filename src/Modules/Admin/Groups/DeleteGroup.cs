using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>A group goes when no number and no other group leads to it, and nobody waits in it: so no caller can be lost by it.</summary>
internal static class DeleteGroup
{
    public sealed record PeopleWait(int Count)
        : Error(ErrorKind.Conflict, "{0} callers wait in this group. Delete it when they have been served.", Count);

    public sealed record Command(CenterId Center, GroupId Id, long? Version) : IRequest<Result>;

    public sealed class Handler(Desk desk, Dispatch dispatch) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            if (await db.Of<SkillGroup>(request.Center)
                .SingleOrDefaultAsync(g => g.Id == request.Id, CancellationToken.None) is not { } group)
                return new NotInThisCenter();
            if (desk.Changed(group, request.Version) is { } changed) return changed;
            var needed = await db.Of<Number>(request.Center).Where(n => n.Group == group.Id).Select(n => n.Digits)
                .ToListAsync(CancellationToken.None);
            needed.AddRange(
                await db.Of<SkillGroup>(request.Center).Where(g => g.OverflowGroup == group.Id).Select(g => g.Name)
                    .ToListAsync(CancellationToken.None));
            if (needed.Count > 0) return new StillNeeded(string.Join(", ", needed));
            // who comes between this look and the commit is put into another queue, or told: the dispatcher loses nobody
            if (dispatch.See(group.Id) is { Waiting: > 0 and var waiting }) return new PeopleWait(waiting);
            db.Remove(group);
            desk.Note(db, AuditWhat.GroupDeleted, group.Name);
            return Result.Done;
        });
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete("/admin/groups/{id:long}", async (HttpContext http, IMediator mediator, CurrentAgent me, GroupId id, long? version) =>
            (await mediator.Send(new Command(me.Center, id, version), CancellationToken.None))
                .Match(() => http.Response.GoTo("/admin/groups?done=deleted")));
}
