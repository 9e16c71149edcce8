using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>The full old number, the new one, and the code that was sent to the new one; product.md §1 «Change mobile number».</summary>
internal static class ChangeMobile
{
    public const string Address = "/settings/mobile";

    /// <param name="Bound">The person has a number, which must be named in full.</param>
    public sealed record Command(PersonId Person, bool Bound, string? Old, string? Mobile, string? Code, Origin From) : IRequest<Result>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Old).NotEmpty().WithMessage("Enter your current number in full.").When(c => c.Bound);
            RuleFor(c => c.Mobile).MustBeMobile();
            RuleFor(c => c.Code).MustBeCode();
            RuleFor(c => c.Mobile).Must((c, typed) => MobileNumber.Normalise(typed) != MobileNumber.Normalise(c.Old))
                .When(c => c.Bound && MobileNumber.Normalise(c.Mobile) is not null)
                .WithMessage("This is already your number.");
        }
    }

    public sealed class Handler(SmsCodes codes, Writer writer, Centers centers, Audit audit, Notices notices)
        : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var refused = await writer.Write<Error?>(db => Change(db, request, MobileNumber.Normalise(request.Mobile)!));
            if (refused is not null) return refused;
            await centers.Reload(request.Person);
            return Result.Done;
        }

        private async Task<Error?> Change(TcccDb db, Command request, string mobile)
        {
            if (await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == request.Person, CancellationToken.None) is not { } row)
                return new SignInFirst();
            var knowsOld = row.Mobile is null || MobileNumber.Normalise(request.Old) == row.Mobile;
            // a wrong old number spoils the code as a wrong code does, so the hidden digits can't be tried out
            if (await codes.Redeem(
                db, CodePurpose.ChangeMobile, mobile, row.Id, knowsOld ? SmsCodes.Typed(request.Code)! : "", request.From) is { } wrong)
                return knowsOld ? wrong : new ValidationFailed("old", "This is not your current number.");
            if (await db.Set<Person>().AnyAsync(p => p.Mobile == mobile && p.Id != row.Id, CancellationToken.None))
                return new ValidationFailed("mobile", FinishFirstSignIn.Taken);
            row.Mobile = mobile;
            audit.Record(
                db, new(AuditWhat.MobileChanged, row.Id, Actor: row.Id, From: request.From.Address, Target: MobileNumber.Mask(mobile)));
            notices.Mail(
                db, null, row.Email, row.Language ?? CultureInfo.CurrentUICulture.Name,
                new MailText.MobileChanged(row.Email, MobileNumber.Mask(mobile)), row.Id);
            return null;
        }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
            Address,
            async (HttpContext http, People people, CurrentAgent me) => Page(http, await people.Find(me.Person), null, null, null, null));

        app.MapPost(
            Address,
            async (HttpContext http, IMediator mediator, People people, CurrentAgent me, [FromForm] string? old, [FromForm] string? mobile,
                [FromForm] string? code) =>
        {
            var person = await people.Find(me.Person);
            var done =
                await mediator.Send(
                    new Command(me.Person, person?.Mobile is not null, old, mobile, code, http.Origin()), CancellationToken.None);
            return done.Error is { } error
                ? Page(http, person, old, mobile, code, error)
                : http.Response.GoTo(SettingsPages.DoneAt(ShowProfile.Address));
        });
    }

    private static IResult Page(HttpContext http, Person? person, string? old, string? mobile, string? code, Error? refusal) =>
        Pages.Of<MobilePage>(http, refusal,
            (nameof(MobilePage.Bound), person?.Mobile), (nameof(MobilePage.Old), old), (nameof(MobilePage.Mobile), mobile),
                (nameof(MobilePage.Code), Rules.StillGood(refusal) ? code : null), (nameof(MobilePage.Refusal), refusal));
}
