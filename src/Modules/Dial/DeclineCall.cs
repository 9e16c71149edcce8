using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The agent does not take the call that rings; it goes on to the next member of the group. product.md §4.</summary>
internal static class DeclineCall
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/offers/{offer:long}", async (OfferId offer, CurrentAgent me, IMediator mediator) =>
            (await mediator.Send(new Command(offer, me.Agent))).ToFragment(IncomingCallFragment.Id));

    public sealed record Command(OfferId Offer, AgentId Agent) : IRequest<Result>;

    internal sealed class Handler(Calls calls) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) =>
            await calls.Decline(request.Offer, request.Agent);
    }
}
