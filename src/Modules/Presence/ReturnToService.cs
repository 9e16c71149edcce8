using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Platform;

namespace Tccc.Presence;

/// <summary>The agent ends the wrap-up; product.md §2 «Return to service».</summary>
internal static class ReturnToService
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/presence/wrap-up", async (CurrentAgent me, IMediator mediator) =>
            (await mediator.Send(new Command(me.Agent))).ToFragment(AgentStateFragment.Id));

    public sealed record Command(AgentId Agent) : IRequest<Result>;

    internal sealed class Handler(Dispatch dispatch) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) =>
            await dispatch.ReturnToService(request.Agent);
    }
}
