using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>A number goes, with its hours, unless the center shows it to those it calls.</summary>
internal static class DeleteNumber
{
    public sealed record Command(CenterId Center, NumberId Id) : IRequest<Result>;

    public sealed class Handler(Desk desk, IStringLocalizer<Texts> texts) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            if (await db.Of<Number>(request.Center).SingleOrDefaultAsync(n => n.Id == request.Id, CancellationToken.None) is not { } number) return new NotInThisCenter();
            if (await db.Set<Center>().AnyAsync(c => c.Id == request.Center && c.OutboundNumber == number.Id, CancellationToken.None)) return new StillNeeded(texts["Center settings"]);
            await db.Of<OpeningHours>(request.Center).Where(h => h.Number == number.Id).ExecuteDeleteAsync(CancellationToken.None);
            db.Remove(number);
            desk.Note(db, AuditWhat.NumberDeleted, number.Digits);
            return Result.Done;
        });
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapDelete("/admin/numbers/{id:long}", async (HttpContext http, IMediator mediator, CurrentAgent me, NumberId id) =>
        (await mediator.Send(new Command(me.Center, id), CancellationToken.None)).Match(() => http.Response.GoTo("/admin/numbers?done=deleted")));
}
