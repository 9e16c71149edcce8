using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>Current, new, repeat; ends all other sessions and keeps this one. product.md §1 «Change password»</summary>
internal static class ChangePassword
{
    public const string Address = "/settings/password";

    public sealed record Command(PersonId Person, string? Current, string? Password, string? Repeat, Origin From)
        : IRequest<Result<Person>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Current).NotEmpty().WithMessage("Enter your current password.");
            RuleFor(c => c.Password).MustKeepPasswordRule();
            RuleFor(c => c.Password).NotEqual(c => c.Current).When(c => c.Password is { Length: > 0 })
                .WithMessage("The new password must differ from the current one.");
            RuleFor(c => c.Repeat).Equal(c => c.Password).WithMessage("The two passwords are not the same.");
        }
    }

    public sealed class Handler(People people, Centers centers, Audit audit, Notices notices) : IRequestHandler<Command, Result<Person>>
    {
        public async Task<Result<Person>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await people.Find(request.Person) is not { } person) return new SignInFirst();
            var changed = await people.ChangePassword(person, request.Current!, request.Password!, request.From, db =>
            {
                audit.Record(db, new(AuditWhat.PasswordChanged, person.Id, Actor: person.Id, From: request.From.Address));
                notices.Mail(
                    db, null, person.Email, person.Language ?? CultureInfo.CurrentUICulture.Name,
                    new MailText.PasswordChanged(person.Email), person.Id);
            });
            if (changed.Ok) await centers.Reload(person.Id);
            return changed;
        }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Address, (HttpContext http) => Page(http, null));

        app.MapPost(Address, async (HttpContext http, IMediator mediator, CurrentAgent me, Centers centers, WorkbenchStreams streams,
            [FromForm] string? current, [FromForm] string? password, [FromForm] string? repeat) =>
        {
            var changed = await mediator.Send(new Command(me.Person, current, password, repeat, http.Origin()), CancellationToken.None);
            if (changed.Error is { } error) return Page(http, error);
            await http.StayAsync(changed.Value);
            // this browser's own workbench comes back with the new cookie, which it has by then
            http.Response.OnCompleted(() =>
            {
                streams.CloseAll(centers, changed.Value.Id);
                return Task.CompletedTask;
            });
            return http.Response.GoTo(SettingsPages.DoneAt(Address));
        });
    }

    private static IResult Page(HttpContext http, Error? refusal) =>
        Pages.Of<PasswordPage>(http, refusal, (nameof(PasswordPage.Refusal), refusal));
}
