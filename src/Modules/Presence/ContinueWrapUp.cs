using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Platform;

namespace Tccc.Presence;

/// <summary>The agent stops the countdown and stays in wrap-up until they return; product.md §2 «Continue wrap-up».</summary>
internal static class ContinueWrapUp
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/presence/wrap-up/countdown", async (CurrentAgent me, IMediator mediator) =>
            (await mediator.Send(new Command(me.Agent))).ToFragment(AgentStateFragment.Id));

    public sealed record Command(AgentId Agent) : IRequest<Result>;

    internal sealed class Handler(Dispatch dispatch) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) =>
            await dispatch.ContinueWrapUp(request.Agent);
    }
}
