using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>A number goes: who calls it is turned away from then on.</summary>
internal static class DeleteNumber
{
    public sealed record Command(CenterId Center, NumberId Id, long? Version) : IRequest<Result>;

    public sealed class Handler(Desk desk) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            if (await db.Of<Number>(request.Center).SingleOrDefaultAsync(n => n.Id == request.Id, CancellationToken.None) is not { } number)
                return new NotInThisCenter();
            if (desk.Changed(number, request.Version) is { } changed) return changed;
            db.Remove(number);
            desk.Note(db, AuditWhat.NumberDeleted, number.Digits);
            return Result.Done;
        });
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete(
            "/admin/numbers/{id:long}", async (HttpContext http, IMediator mediator, CurrentAgent me, NumberId id, long? version) =>
            (await mediator.Send(new Command(me.Center, id, version), CancellationToken.None))
                .Match(() => http.Response.GoTo("/admin/numbers?done=deleted")));
}
