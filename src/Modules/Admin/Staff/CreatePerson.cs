using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>
/// A new person, or one of another center who works here too from now on; product.md §1. The password is shown on the page this once.
/// </summary>
internal static class CreatePerson
{
    /// <param name="Password">Null when the person has one already, from another center.</param>
    public sealed record Made(AgentId Id, string Email, string? Password);

    public sealed record Command(CenterId Center, PersonDraft Draft) : IRequest<Result<Made>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft.Email).Must(IsAddress).WithMessage("Enter an e-mail address, such as name@example.com.");
            RuleFor(c => c.Draft).SetValidator(new PersonDraft.Validator());
        }

        private static bool IsAddress(string? text) =>
            Reading.Trimmed(text) is { Length: <= 254 } typed && !typed.Any(char.IsWhiteSpace) && typed.Count(c => c == '@') == 1 && typed.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < typed.Length - 1;
    }

    public sealed class Handler(People people, Desk desk, IdSource ids, IRandomness randomness, TcccDb read) : IRequestHandler<Command, Result<Made>>
    {
        public async Task<Result<Made>> Handle(Command request, CancellationToken cancellationToken)
        {
            var email = request.Draft.Email!.Trim();
            var known = await people.FindByEmail(email);
            if (known is not null && await read.Of<Agent>(request.Center).AnyAsync(a => a.Person == known.Id, CancellationToken.None))
                return new ValidationFailed(nameof(PersonDraft.Email), "This person is in the center already.");
            if (Reading.Trimmed(request.Draft.StaffNumber) is { } number && await read.Of<Agent>(request.Center).AnyAsync(a => a.StaffNumber == number, CancellationToken.None))
                return new ValidationFailed(nameof(PersonDraft.StaffNumber), "Somebody else has this staff number.");

            string? password = null;
            if (known is null)
            {
                password = PasswordRule.Random(randomness);
                var made = await people.Create(new() { Email = email }, password);
                if (!made.Ok) return new ValidationFailed(nameof(PersonDraft.Email), "Enter an e-mail address, such as name@example.com.");
                known = made.Value;
            }
            var agent = new Agent { Id = ids.Next<AgentId>(), Center = request.Center, Person = known.Id };
            return await desk.Change<Made>(request.Center, async db =>
            {
                if (await request.Draft.Fill(db, agent) is { } wrong) return wrong;
                db.Add(agent);
                return new Made(agent.Id, known.Email, password);
            });
        }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/people/new", (Centers centers, CurrentAgent me) => Page(centers.Of(me.Center)!, PersonDraft.Empty, null));

        app.MapPost("/admin/people", async (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, [FromForm] PersonDraft draft) =>
        {
            var made = await mediator.Send(new Command(me.Center, draft), CancellationToken.None);
            if (made.Error is { } error) return Page(centers.Of(me.Center)!, draft, error);
            // the secret stands in this answer only; nothing keeps it
            http.Response.Headers.CacheControl = "no-store";
            return Reading.Page<SecretPage>(null,
                ("Place", "/admin/people"), ("Title", made.Value.Email), ("Secret", made.Value.Password), ("For", nameof(SecretPage.Kind.NewPerson)), ("User", made.Value.Email), ("Back", $"/admin/people/{made.Value.Id}"));
        });
    }

    private static IResult Page(CenterView view, PersonDraft draft, Error? refusal) =>
        Reading.Page<PersonPage>(refusal, ("View", view), ("Draft", draft), ("Refusal", refusal));
}
