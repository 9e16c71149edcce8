using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>A desk phone goes, unless it is somebody's: then that person's calls would ring somewhere else without a word.</summary>
internal static class DeletePhone
{
    public sealed record Command(CenterId Center, PhoneId Id, long? Version) : IRequest<Result>;

    public sealed class Handler(Desk desk, Centers centers) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            if (await db.Of<DeskPhone>(request.Center)
                .SingleOrDefaultAsync(p => p.Id == request.Id, CancellationToken.None) is not { } phone)
                return new NotInThisCenter();
            if (desk.Changed(phone, request.Version) is { } changed) return changed;
            if (phone.BoundAgent is { } agent) return new StillNeeded(centers.Agent(agent)?.Name ?? phone.Extension);
            db.Remove(phone);
            desk.Note(db, AuditWhat.PhoneDeleted, phone.Extension);
            return Result.Done;
        });
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete("/admin/phones/{id:long}", async (HttpContext http, IMediator mediator, CurrentAgent me, PhoneId id, long? version) =>
            (await mediator.Send(new Command(me.Center, id, version), CancellationToken.None))
                .Match(() => http.Response.GoTo("/admin/phones?done=deleted")));
}
