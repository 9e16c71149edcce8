using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>
/// The customer is sent to a group, a colleague, a desk phone or a number, at once (transfer) or after a talk (consultation). A refusal
/// stands above the choice. product.md §6.
/// </summary>
internal static class Transfer
{
    /// <summary>Where a refusal stands.</summary>
    public const string Refused = "transfer-refusal";

    /// <summary>Closes the drawer; js/drawer.js.</summary>
    private const string Done = "drawer-done";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/calls/{call:long}/transfer", consults: false);
        Map(routes, "/calls/{call:long}/consultation", consults: true);
    }

    private static void Map(IEndpointRouteBuilder routes, string address, bool consults) => routes.MapPost(
        address,
        (CallId call, [FromForm] long? group, [FromForm] long? agent, [FromForm] long? phone, [FromForm] string? number, CurrentAgent me,
            IMediator mediator, HttpContext http) =>
            Answer(new(call, me.Agent, Target(group, agent, phone, number), consults), mediator, http));

    /// <summary>What was clicked, or typed: one of them.</summary>
    public static TransferTarget? Target(long? group, long? agent, long? phone, string? number) =>
        group is { } g ? new TransferTarget.Group(new(g))
        : agent is { } a ? new TransferTarget.Agent(new(a))
        : phone is { } p ? new TransferTarget.Phone(new(p))
        : number is not null ? new TransferTarget.Outside(number)
        : null;

    private static async Task<IResult> Answer(Command command, IMediator mediator, HttpContext http) =>
        (await mediator.Send(command)).ToCallPanel(http);

    /// <summary>The call as it is then, and the drawer closes; or why not, in the drawer.</summary>
    public static IResult ToCallPanel(this Result result, HttpContext http)
    {
        if (result.Error is { } refusal)
        {
            if (http.Request.IsHtmx()) http.Response.HtmxRetarget("#" + Refused, Htmx.HtmxSwap.InnerHtml);
            return refusal.ToHttp();
        }

        http.Response.Headers["HX-Trigger"] = Done;
        return result.ToFragment(CurrentCallFragment.Id);
    }

    public sealed record Command(CallId Call, AgentId Agent, TransferTarget? To, bool Consults) : IRequest<Result>;

    internal sealed class Handler(Transfers transfers) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) => request switch
        {
            { To: null } => new TargetGone(),
            { Consults: true } => await transfers.Consult(request.Call, request.Agent, request.To),
            _ => await transfers.Transfer(request.Call, request.Agent, request.To),
        };
    }
}
