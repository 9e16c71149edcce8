using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>
/// A carrier goes: it is let in no more, and its registration ends. Nothing refers to a trunk but calls that are up, and those go on.
/// </summary>
internal static class DeleteTrunk
{
    public sealed record Command(CenterId Center, TrunkId Id, long? Version) : IRequest<Result>;

    public sealed class Handler(Desk desk) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            if (await db.Of<Trunk>(request.Center).SingleOrDefaultAsync(t => t.Id == request.Id, CancellationToken.None) is not { } trunk)
                return new NotInThisCenter();
            if (desk.Changed(trunk, request.Version) is { } changed) return changed;
            db.Remove(trunk);
            desk.Note(db, AuditWhat.TrunkDeleted, trunk.Name);
            return Result.Done;
        });
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete("/admin/trunks/{id:long}", async (HttpContext http, IMediator mediator, CurrentAgent me, TrunkId id, long? version) =>
            (await mediator.Send(new Command(me.Center, id, version), CancellationToken.None))
                .Match(() => http.Response.GoTo("/admin/trunks?done=deleted")));
}
