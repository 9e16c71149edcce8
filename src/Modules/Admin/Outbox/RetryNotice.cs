using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>Has a message that was given up tried again.</summary>
internal static class RetryNotice
{
    public sealed record Command(CenterId Center, long Id) : IRequest<Result>;

    public sealed class Handler(Desk desk, Notices notices, Centers centers) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            if (await db.NoticesSeenIn(request.Center, centers)
                .SingleOrDefaultAsync(n => n.Id == request.Id, CancellationToken.None) is not { } row) return new NotInThisCenter();
            if (notices.Retry(db, row).Error is { } refused) return refused;
            desk.Note(db, AuditWhat.NoticeRetried, row.To, row.Person);
            return Result.Done;
        });
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/admin/outbox/{id:long}/tries", async (HttpContext http, IMediator mediator, CurrentAgent me, long id) =>
            (await mediator.Send(new Command(me.Center, id), CancellationToken.None))
                .Match(() => http.Response.GoTo(string.Create(CultureInfo.InvariantCulture, $"/admin/outbox?before={id + 1}"))));
}
