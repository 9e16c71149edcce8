using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;

namespace Tccc.Dial;

/// <summary>The agent has read what became of the call that nobody answered.</summary>
internal static class CloseOutcome
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/dial-outcome", async (CurrentAgent me, IMediator mediator) =>
            (await mediator.Send(new Command(me.Agent))).ToFragment(DialOutcomeFragment.Id));

    public sealed record Command(AgentId Agent) : IRequest<Result>;

    internal sealed class Handler(DialOutcomes outcomes) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            outcomes.Forget(request.Agent);
            return Task.FromResult(Result.Done);
        }
    }
}
