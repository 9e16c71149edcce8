using System.Net;
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
internal static class ChangeNickname
{
    public sealed record Command(CenterId Center, PersonId Person, AgentId Agent, string? Nickname, IPAddress? From) : IRequest<Result>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Nickname).MustBeNickname();
    }

    public sealed class Handler(Writer writer, Centers centers, Audit audit) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            await writer.Write(async db =>
            {
                if (await db.Of<Agent>(request.Center)
                    .SingleOrDefaultAsync(a => a.Id == request.Agent, CancellationToken.None) is not { } agent) return;
                agent.Nickname = PlainText.Of(request.Nickname);
                audit.Record(
                    db, new(AuditWhat.ProfileChanged, request.Person, request.Center, request.Person, request.From, agent.Nickname));
            });
            await centers.Reload(request.Center);
            return Result.Done;
        }
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(ShowProfile.Address, async (
        HttpContext http, IMediator mediator, Centers centers, People people, CurrentAgent me, [FromForm] string? nickname) =>
    {
        var done =
            await mediator.Send(
                new Command(me.Center, me.Person, me.Agent, nickname, http.Connection.RemoteIpAddress), CancellationToken.None);
        return done.Error is { } error
            ? await ShowProfile.Page(http, centers, people, me, nickname ?? "", error)
            : http.Response.GoTo(SettingsPages.DoneAt(ShowProfile.Address));
    });
}
