using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The agent takes the call that rings; product.md §4 «Manual answer».</summary>
internal static class AnswerCall
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/offers/{offer:long}/answer", async (OfferId offer, CurrentAgent me, IMediator mediator) =>
            (await mediator.Send(new Command(offer, me.Agent))).ToFragment(IncomingCallFragment.Id));

    public sealed record Command(OfferId Offer, AgentId Agent) : IRequest<Result>;

    internal sealed class Handler(Calls calls) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) =>
            await calls.Answer(request.Offer, request.Agent);
    }
}
