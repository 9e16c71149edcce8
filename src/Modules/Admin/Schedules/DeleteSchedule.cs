using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>Opening hours go when nothing keeps to them.</summary>
internal static class DeleteSchedule
{
    public sealed record Command(CenterId Center, ScheduleId Id, long? Version) : IRequest<Result>;

    public sealed class Handler(Desk desk, Centers centers) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            if (await db.Of<Schedule>(request.Center)
                .SingleOrDefaultAsync(s => s.Id == request.Id, CancellationToken.None) is not { } schedule)
                return new NotInThisCenter();
            if (desk.Changed(schedule, request.Version) is { } changed) return changed;
            if (ListSchedules.UsersOf(centers.Of(request.Center)!, schedule.Id) is { Count: > 0 } users)
                return new StillNeeded(string.Join(", ", users));
            db.Remove(schedule);
            desk.Note(db, AuditWhat.ScheduleDeleted, schedule.Name);
            return Result.Done;
        });
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete(
            "/admin/schedules/{id:long}", async (HttpContext http, IMediator mediator, CurrentAgent me, ScheduleId id, long? version) =>
            (await mediator.Send(new Command(me.Center, id, version), CancellationToken.None))
                .Match(() => http.Response.GoTo("/admin/schedules?done=deleted")));
}
