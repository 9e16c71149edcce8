using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>Role, names and groups of a person of the center; product.md §1.</summary>
internal static class ChangePerson
{
    public sealed record Command(CenterId Center, AgentId Me, AgentId Id, PersonDraft Draft) : IRequest<Result>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft).SetValidator(new PersonDraft.Validator());
            // nobody can shut themselves out, so a center always has an administrator
            RuleFor(c => c.Draft.Role).Equal(nameof(Role.Administrator)).When(c => c.Id == c.Me)
                .WithMessage("You can't take the role of administrator from yourself; another administrator can.");
        }
    }

    public sealed class Handler(Desk desk, Centers centers) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            if (await db.Of<Agent>(request.Center).SingleOrDefaultAsync(a => a.Id == request.Id, CancellationToken.None) is not { } agent)
                return new NotInThisCenter();
            var memberships = await db.Of<GroupMember>(request.Center).Where(m => m.Agent == agent.Id).ToListAsync(CancellationToken.None);
            var email = centers.Agent(agent.Id)?.Email ?? "";
            if (desk.Changed(agent, request.Draft with { Email = email }, PersonDraft.Of(agent, email, memberships)) is { } changed)
                return changed;
            if (await request.Draft.Fill(db, agent, memberships) is { } wrong) return wrong;
            db.Replace(agent);
            desk.Note(db, AuditWhat.PersonChanged, agent);
            return Result.Done;
        });
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/people/{id:long}", async (Centers centers, TcccDb db, CurrentAgent me, AgentId id) =>
        {
            var view = centers.Of(me.Center)!;
            if (!view.Agents.TryGetValue(id, out var person)) return new NotInThisCenter().ToHttp();
            var agent = await db.Of<Agent>(me.Center).SingleAsync(a => a.Id == id);
            return Page(
                view, person, me,
                PersonDraft.Of(agent, person.Email, view.Groups.Values.SelectMany(g => g.Members).Where(m => m.Agent == id)), null);
        });

        app.MapPost("/admin/people/{id:long}", async (
            HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, AgentId id, [FromForm] PersonDraft? draft) =>
        {
            draft ??= new();
            var saved = await mediator.Send(new Command(me.Center, me.Agent, id, draft), CancellationToken.None);
            if (saved.Ok) return http.Response.GoTo("/admin/people?done=saved");
            var view = centers.Of(me.Center)!;
            return view.Agents.TryGetValue(id, out var person)
                ? Page(view, person, me, draft with { Email = person.Email }, saved.Error)
                : new NotInThisCenter().ToHttp();
        });
    }

    private static IResult Page(CenterView view, AgentInfo person, CurrentAgent me, PersonDraft draft, Error? refusal) =>
        Reading.Page<PersonPage>(
            refusal, ("View", view), ("Person", person), ("IsMe", person.Id == me.Agent), ("Draft", draft), ("Refusal", refusal));
}
