using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Admin;

/// <summary>A new password for a desk phone; the old one registers nothing from then on. Shown this once.</summary>
internal static class PhonePassword
{
    public sealed record Command(CenterId Center, PhoneId Id) : IRequest<Result<(DeskPhone Phone, string Password)>>;

    public sealed class Handler(Desk desk, IRandomness randomness) : IRequestHandler<Command, Result<(DeskPhone Phone, string Password)>>
    {
        public Task<Result<(DeskPhone Phone, string Password)>> Handle(Command request, CancellationToken cancellationToken) =>
            desk.Change<(DeskPhone, string)>(request.Center, async db =>
            {
                if (await db.Of<DeskPhone>(request.Center)
                    .SingleOrDefaultAsync(p => p.Id == request.Id, CancellationToken.None) is not { } phone)
                    return new NotInThisCenter();
                var password = PasswordRule.Random(randomness);
                phone.SetPassword(password);
                db.Replace(phone);
                desk.Note(db, AuditWhat.PhonePasswordReplaced, phone.Extension);
                return (phone, password);
            });
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
            "/admin/phones/{id:long}/password",
            async (HttpContext http, IMediator mediator, ShownOnce shown, CurrentAgent me, PhoneId id) =>
            (await mediator.Send(new Command(me.Center, id), CancellationToken.None))
                .Match(made => shown.Go(http, me, Secret(made.Phone, made.Password))));

    /// <summary>What is typed into the phone.</summary>
    public static Secret Secret(DeskPhone phone, string password) =>
        new(SecretFor.Phone, "/admin/phones", phone.Extension, phone.SipUser, password, $"/admin/phones/{phone.Id}");
}
