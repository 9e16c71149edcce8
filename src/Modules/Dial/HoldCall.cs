using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The customer hears music and the agent nothing, until taken back; twice the same is done once. product.md §5.</summary>
internal static class HoldCall
{
    private const string Path = "/calls/{call:long}/hold";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut(Path, (CallId call, CurrentAgent me, IMediator mediator) => Set(new(call, me.Agent, true), mediator));
        routes.MapDelete(Path, (CallId call, CurrentAgent me, IMediator mediator) => Set(new(call, me.Agent, false), mediator));
    }

    private static async Task<IResult> Set(Command command, IMediator mediator) =>
        (await mediator.Send(command)).ToFragment(CurrentCallFragment.Id);

    public sealed record Command(CallId Call, AgentId Agent, bool On) : IRequest<Result>;

    internal sealed class Handler(Calls calls) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) =>
            await calls.Hold(request.Call, request.Agent, request.On);
    }
}
