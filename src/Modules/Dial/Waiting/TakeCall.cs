using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The agent takes a caller who waits in one of their groups, also while Not ready or in wrap-up; product.md §3 «Take».</summary>
internal static class TakeCall
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/waiting/{call:long}/take", async (CallId call, CurrentAgent me, IMediator mediator, WorkbenchStreams streams) =>
        {
            var taken = await mediator.Send(new Command(call, me.Agent));
            // the list that the click came from was old
            if (!taken.Ok) streams.Refresh(me.Agent, WaitingCountFragment.Id);
            return taken.ToFragment(CurrentCallFragment.Id);
        });

    public sealed record Command(CallId Call, AgentId Agent) : IRequest<Result>;

    internal sealed class Handler(Calls calls) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) =>
            await calls.Take(request.Call, request.Agent);
    }
}
