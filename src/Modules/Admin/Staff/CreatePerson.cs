using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>
/// A new person, or one of another center who works here too from now on; product.md §1. The password is mailed; where no mail is
/// configured it is shown on the page this once.
/// </summary>
internal static class CreatePerson
{
    /// <param name="Password">Null when the person has one already, in another center.</param>
    public sealed record Made(AgentId Id, string Email, string? Password);

    public sealed record Command(CenterId Center, PersonDraft Draft) : IRequest<Result<Made>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft.Email).Must(e => EmailAddress.Normalise(e) is not null)
                .WithMessage("Enter an e-mail address, such as name@example.com.");
            RuleFor(c => c.Draft).SetValidator(new PersonDraft.Validator());
        }
    }

    public sealed class Handler(
        People people, Desk desk, Notices notices, Centers centers, IdSource ids, IRandomness randomness, TcccDb read)
        : IRequestHandler<Command, Result<Made>>
    {
        public async Task<Result<Made>> Handle(Command request, CancellationToken cancellationToken)
        {
            var email = EmailAddress.Normalise(request.Draft.Email)!;
            var known = await people.FindByEmail(email);
            if (known is not null && await read.Of<Agent>(request.Center).AnyAsync(a => a.Person == known.Id, CancellationToken.None))
                return new ValidationFailed(nameof(PersonDraft.Email), "This person is already in the center.");
            if (Reading.Trimmed(request.Draft.StaffNumber) is { } number
                && await read.Of<Agent>(request.Center).AnyAsync(a => a.StaffNumber == number, CancellationToken.None))
                return new ValidationFailed(nameof(PersonDraft.StaffNumber), "Somebody else has this staff number.");

            // an account that belongs to no center any more has a password that nobody may know
            var elsewhere = known is not null && await read.Set<Agent>().AnyAsync(a => a.Person == known.Id, CancellationToken.None);
            var password = elsewhere ? null : PasswordRule.Random(randomness);
            // hashing takes long, and everybody's writing would wait for it inside the change
            var prepared = password is null ? known!
                : known is null ? await people.Prepare(new() { Id = ids.Next<PersonId>(), Email = email }, password)
                : await people.ReplacePassword(known, password, initial: true);
            if (prepared.Error is ValidationFailed)
                return new ValidationFailed(nameof(PersonDraft.Email), "Enter an e-mail address, such as name@example.com.");
            if (prepared.Error is { } busy) return busy;
            var person = prepared.Value;
            var agent = new Agent { Id = ids.Next<AgentId>(), Center = request.Center, Person = person.Id };
            return await desk.Change<Made>(request.Center, async db =>
            {
                if (known is null) db.Add(person);
                if (await request.Draft.Fill(db, agent, []) is { } wrong) return wrong;
                db.Add(agent);
                Tell(db, person, request.Center, password);
                desk.Note(db, AuditWhat.PersonCreated, person.Email, person.Id);
                return new Made(agent.Id, person.Email, password);
            });
        }

        private void Tell(TcccDb db, Person person, CenterId id, string? password)
        {
            var center = centers.Of(id)!.Center.Name;
            MailText text = password is null
                ? new MailText.JoinedCenter(center, desk.SignInAddress, person.Email)
                : new MailText.Invitation(center, desk.SignInAddress, person.Email, password);
            notices.Mail(db, id, person.Email, person.Language ?? desk.Language, text, person.Id);
        }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/people/new", (Centers centers, CurrentAgent me) => Page(centers.Of(me.Center)!, PersonDraft.Empty, null));

        app.MapPost("/admin/people", async (
            HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, Notices notices, ShownOnce shown,
            [FromForm] PersonDraft? draft) =>
        {
            draft ??= new();
            var made = await mediator.Send(new Command(me.Center, draft), CancellationToken.None);
            if (made.Error is { } error) return Page(centers.Of(me.Center)!, draft, error);
            var (id, email, password) = made.Value;
            return shown.Go(http, me, new(
                SecretFor.NewPerson, "/admin/people", email, email, notices.MailIsOn ? null : password, $"/admin/people/{id}",
                Mailed: notices.MailIsOn && password is not null));
        });
    }

    private static IResult Page(CenterView view, PersonDraft draft, Error? refusal) =>
        Reading.Page<PersonPage>(refusal, ("View", view), ("Draft", draft), ("Refusal", refusal));
}
