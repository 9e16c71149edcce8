using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The agent calls a colleague or a desk phone, chosen in the drawer; product.md §5 «Internal call».</summary>
internal static class CallInside
{
    public const string Address = "/calls/inside";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            Address,
            (TargetKind? to, CurrentAgent me, Dispatch dispatch, Centers centers, SipStatus sip) =>
                new RazorComponentResult<TransferPage>(
                    new { Model = ListTargets.Look(null, to ?? TargetKind.Agents, null, null, me, dispatch, centers, sip) }));
        routes.MapGet(
            Address + "/targets",
            (TargetKind to, string? search, string? within, CurrentAgent me, Dispatch dispatch, Centers centers, SipStatus sip) =>
                new RazorComponentResult<TargetRows>(
                    new { Model = ListTargets.Look(null, to, search, within, me, dispatch, centers, sip) }));
        routes.MapPost(
            Address,
            async ([FromForm] long? agent, [FromForm] long? phone, CurrentAgent me, IMediator mediator, HttpContext http) =>
                (await mediator.Send(new Command(me.Agent, Transfer.Target(null, agent, phone, null)))).ToCallPanel(http));
    }

    public sealed record Command(AgentId Agent, TransferTarget? Whom) : IRequest<Result>;

    internal sealed class Handler(Dialling dialling) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (request.Whom is not { } whom) return new TargetGone();
            var called = await dialling.CallInside(request.Agent, whom);
            return called.Ok ? Result.Done : called.Error;
        }
    }
}
