using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Admin;

/// <summary>A recording goes when nothing plays it.</summary>
internal static class DeleteSound
{
    public sealed record Command(CenterId Center, SoundId Id, long? Version) : IRequest<Result>;

    public sealed class Handler(Desk desk, Centers centers, SoundFiles files) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (ListSounds.UsersOf(centers.Of(request.Center)!, request.Id) is { Count: > 0 } users)
                return new StillNeeded(string.Join(", ", users));
            var done = await desk.Change(request.Center, async db =>
            {
                if (await db.Of<Sound>(request.Center)
                    .SingleOrDefaultAsync(s => s.Id == request.Id, CancellationToken.None) is not { } sound)
                    return new NotInThisCenter();
                if (desk.Changed(sound, request.Version) is { } changed) return changed;
                db.Remove(sound);
                desk.Note(db, AuditWhat.SoundDeleted, sound.Name);
                return Result.Done;
            });
            if (done.Ok) files.Forget(request.Id);
            return done;
        }
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete("/admin/sounds/{id:long}", async (HttpContext http, IMediator mediator, CurrentAgent me, SoundId id, long? version) =>
            (await mediator.Send(new Command(me.Center, id, version), CancellationToken.None))
                .Match(() => http.Response.GoTo("/admin/sounds?done=deleted")));
}
