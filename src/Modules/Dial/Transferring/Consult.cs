using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>What an agent does with whom they consult: swap, three-way, connect, take back. product.md §6.</summary>
internal static class Consult
{
    private const string Path = "/calls/{call:long}/consultation";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path + "/swap", (CallId call, CurrentAgent me, IMediator mediator) => Set(call, me, What.Swap, mediator));
        routes.MapPut(Path + "/conference", (CallId call, CurrentAgent me, IMediator mediator) => Set(call, me, What.ThreeWay, mediator));
        routes.MapPost(Path + "/connection", (CallId call, CurrentAgent me, IMediator mediator) => Set(call, me, What.Connect, mediator));
        routes.MapDelete(Path, (CallId call, CurrentAgent me, IMediator mediator) => Set(call, me, What.TakeBack, mediator));
    }

    private static async Task<IResult> Set(CallId call, CurrentAgent me, What what, IMediator mediator) =>
        (await mediator.Send(new Command(call, me.Agent, what))).ToFragment(CurrentCallFragment.Id);

    public enum What
    {
        Swap,
        ThreeWay,
        Connect,
        TakeBack,
    }

    public sealed record Command(CallId Call, AgentId Agent, What What) : IRequest<Result>;

    internal sealed class Handler(Transfers transfers) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) => await (request.What switch
        {
            What.Swap => transfers.Swap(request.Call, request.Agent),
            What.ThreeWay => transfers.ThreeWay(request.Call, request.Agent),
            What.Connect => transfers.Connect(request.Call, request.Agent),
            _ => transfers.TakeBack(request.Call, request.Agent),
        });
    }
}
