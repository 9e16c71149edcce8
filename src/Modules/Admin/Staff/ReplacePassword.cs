using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>
/// A new password in place of a lost one, mailed, or shown this once where no mail is configured. An account that another center trusts too
/// is opened by somebody whom that center has made an administrator as well, and by nobody else. That another center entered the e-mail
/// after us counts only when the person went there.
/// </summary>
internal static class ReplacePassword
{
    public sealed record AlsoElsewhere()
        : Error(ErrorKind.Forbidden,
            "This person works in another center too. Only somebody who is an administrator of all their centers can give them a new password.");

    /// <summary>As <see cref="AlsoElsewhere"/>, for a person to whom a code can be sent.</summary>
    public sealed record CanRecover()
        : Error(ErrorKind.Forbidden,
            "This person works in another center too. They can set a new password themselves with Forgot password on the sign-in page.");

    public sealed record Command(CenterId Center, PersonId Me, AgentId Id) : IRequest<Result<(string Email, string Password)>>;

    public sealed class Handler(
        People people, Desk desk, Notices notices, Centers centers, TcccDb db, IRandomness randomness, SmsCodes codes)
        : IRequestHandler<Command, Result<(string Email, string Password)>>
    {
        public async Task<Result<(string Email, string Password)>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (centers.Of(request.Center) is not { } view || view.Agents.GetValueOrDefault(request.Id) is not { } agent
                || await people.Find(agent.Person) is not { } person) return new NotInThisCenter();
            if (!await IsOurs(request, person)) return person.Mobile is not null && codes.Reach ? new CanRecover() : new AlsoElsewhere();
            var password = PasswordRule.Random(randomness);
            var text = new MailText.PasswordReplaced(view.Center.Name, desk.SignInAddress, person.Email, password);
            var replaced = await people.ReplacePassword(person, password, initial: true, along: write =>
            {
                notices.Mail(write, request.Center, person.Email, person.Language ?? desk.Language, text, person.Id);
                desk.Note(write, AuditWhat.PasswordReplaced, person.Email, person.Id);
            });
            if (replaced.Error is { } error) return error;
            await centers.Reload(person.Id);
            return (person.Email, password);
        }

        private async Task<bool> IsOurs(Command request, Person person)
        {
            var elsewhere = await db.Set<Agent>().Where(a => a.Person == person.Id && a.Center != request.Center)
                .ToListAsync(CancellationToken.None);
            return elsewhere.Where(a => a.LastVisitAt is not null || a.Id.Value < request.Id.Value)
                .All(there => centers.Of(there.Center)!.Agents.Values
                    .Any(a => a.Person == request.Me && a is { Role: Role.Administrator, Disabled: false }));
        }
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(
        "/admin/people/{id:long}/password",
        async (HttpContext http, IMediator mediator, CurrentAgent me, Notices notices, ShownOnce shown, AgentId id) =>
            (await mediator.Send(new Command(me.Center, me.Person, id), CancellationToken.None)).Match(made => shown.Go(http, me, new(
                SecretFor.NewPassword, "/admin/people", made.Email, made.Email, notices.MailIsOn
                    ? null
                    : made.Password, $"/admin/people/{id}",
                Mailed: notices.MailIsOn))));
}
