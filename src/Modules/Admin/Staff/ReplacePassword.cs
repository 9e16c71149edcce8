using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>
/// A new password in place of a lost one, mailed, or shown this once where no mail is configured. Only for people of this center alone: an
/// account that another center trusts too is not ours to open.
/// </summary>
internal static class ReplacePassword
{
    public sealed record AlsoElsewhere()
        : Error(ErrorKind.Forbidden,
            "This person works in another center too, so their password can't be replaced from here. They can do it by «Forgot password».");

    public sealed record Command(CenterId Center, AgentId Id) : IRequest<Result<(string Email, string Password)>>;

    public sealed class Handler(People people, Desk desk, Notices notices, Centers centers, TcccDb db, IRandomness randomness)
        : IRequestHandler<Command, Result<(string Email, string Password)>>
    {
        public async Task<Result<(string Email, string Password)>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (centers.Of(request.Center) is not { } view || view.Agents.GetValueOrDefault(request.Id) is not { } agent
                || await people.Find(agent.Person) is not { } person) return new NotInThisCenter();
            if (await db.Set<Agent>().AnyAsync(a => a.Person == person.Id && a.Center != request.Center, CancellationToken.None))
                return new AlsoElsewhere();
            var password = PasswordRule.Random(randomness);
            var text = new MailText.PasswordReplaced(view.Center.Name, desk.SignInAddress, person.Email, password);
            var replaced = await people.ReplacePassword(person, password, initial: true, along: write =>
            {
                notices.Mail(write, request.Center, person.Email, person.Language ?? desk.Language, text, person.Id);
                desk.Note(write, AuditWhat.PasswordReplaced, person.Email, person.Id);
            });
            if (replaced.Error is { } error) return error;
            await centers.Reload(request.Center);
            return (person.Email, password);
        }
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(
        "/admin/people/{id:long}/password",
        async (HttpContext http, IMediator mediator, CurrentAgent me, Notices notices, ShownOnce shown, AgentId id) =>
            (await mediator.Send(new Command(me.Center, id), CancellationToken.None)).Match(made => shown.Go(http, me, new(
                SecretFor.NewPassword, "/admin/people", made.Email, made.Email, notices.MailIsOn
                    ? null
                    : made.Password, $"/admin/people/{id}",
                Mailed: notices.MailIsOn))));
}
