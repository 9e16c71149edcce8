using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The agent ends the call; wrap-up follows. product.md §4.</summary>
internal static class HangUpCall
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/calls/{call:long}", async (CallId call, CurrentAgent me, IMediator mediator) =>
            (await mediator.Send(new Command(call, me.Agent))).ToFragment(CurrentCallFragment.Id));

    public sealed record Command(CallId Call, AgentId Agent) : IRequest<Result>;

    internal sealed class Handler(Calls calls) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) =>
            await calls.Hangup(request.Call, request.Agent);
    }
}
