using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>A forgotten password, second half: a new one for the proof; ends all sessions and a lock. product.md §1</summary>
internal static class SetForgottenPassword
{
    public sealed record TooLate()
        : Error(ErrorKind.Conflict, "This took too long, or the password was set already. Begin again with a new code.");

    public sealed record Command(string? Proof, string? Password, string? Repeat, Origin From) : IRequest<Result>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Password).MustKeepPasswordRule();
            RuleFor(c => c.Repeat).Equal(c => c.Password).WithMessage("The two passwords are not the same.");
        }
    }

    public sealed class Handler(
        People people, RecoveryProofs proofs, Centers centers, WorkbenchStreams streams, Audit audit,
        Notices notices) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (proofs.Read(request.Proof) is not { } proof || await people.Find(proof.Person) is not { } person
                || person.SecurityStamp != proof.Stamp) return new TooLate();
            var set = await people.ReplacePassword(person, request.Password!, along: db =>
            {
                audit.Record(db, new(AuditWhat.PasswordRecovered, person.Id, Actor: person.Id, From: request.From.Address));
                notices.Mail(
                    db, null, person.Email, person.Language ?? CultureInfo.CurrentUICulture.Name,
                    new MailText.PasswordChanged(person.Email), person.Id);
            });
            if (set.Error is { } error) return error is ChangedMeanwhile ? new TooLate() : error;
            await centers.Reload(person.Id);
            streams.CloseAll(centers, person.Id);
            return Result.Done;
        }
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/login/forgot/password", async (
        HttpContext http, IMediator mediator, [FromForm] string? proof, [FromForm] string? password, [FromForm] string? repeat) =>
    {
        var set = await mediator.Send(new Command(proof, password, repeat, http.Origin()), CancellationToken.None);
        return set.Error is { } error ? Page(http, proof, error) : http.Response.GoTo($"/login?done={Recover.Done}");
    }).RequireRateLimiting(LoginServices.Anonymous);

    public static IResult Page(HttpContext http, string? proof, Error? refusal) =>
        Pages.Of<NewPasswordPage>(http, refusal, (nameof(NewPasswordPage.Proof), proof), (nameof(NewPasswordPage.Refusal), refusal));
}
