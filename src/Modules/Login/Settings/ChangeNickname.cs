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

/// <summary>The name that customers of this center see; product.md §1 «Personal information».</summary>
public static class ChangeNickname
{
    /// <summary>What the form holds, as it was typed.</summary>
    public sealed record Draft : FormDraft
    {
        public string? Nickname { get; init; }

        public static Draft Of(Agent agent) => new()
        {
            Version = agent.Version.ToString(CultureInfo.InvariantCulture), Nickname = agent.Nickname,
        };
    }

    internal sealed record Command(CenterId Center, AgentId Agent, Draft Draft) : IRequest<Result>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Draft.Nickname).MustBeNickname();
    }

    internal sealed class Handler(Desk desk) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            var agent = await db.Of<Agent>(request.Center).SingleOrDefaultAsync(a => a.Id == request.Agent, CancellationToken.None);
            if (agent is null) return new NotInThisCenter();
            if (desk.Changed(agent, request.Draft, Draft.Of(agent)) is { } changed) return changed;
            agent.Nickname = PlainText.Of(request.Draft.Nickname)!;
            desk.Note(db, AuditWhat.ProfileChanged, agent.Nickname, agent.Person);
            return Result.Done;
        });
    }

    internal static void Map(IEndpointRouteBuilder app) => app.MapPost(ShowProfile.Address, async (
        HttpContext http, IMediator mediator, TcccDb db, People people, CurrentAgent me, [FromForm] Draft? draft) =>
    {
        draft ??= new();
        var done = await mediator.Send(new Command(me.Center, me.Agent, draft), CancellationToken.None);
        if (done.Error is not { } error) return http.Response.GoTo(SettingsPages.DoneAt(ShowProfile.Address));
        if (error is ChangedByAnother changed) draft = draft with { Version = changed.Version.ToString(CultureInfo.InvariantCulture) };
        return await ShowProfile.Page(http, db, people, me, draft, error);
    });
}
