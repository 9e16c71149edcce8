using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>
/// The agent calls a number; the call is theirs at once, and rings at the other side. What is refused comes back into the dial box, with
/// what was typed. product.md §5.
/// </summary>
internal static class DialNumber
{
    public const string Address = "/calls";

    /// <summary>Characters, blanks and dashes counted.</summary>
    public const int TypedAtMost = 2 * Dialling.DigitsAtMost;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(
        Address,
        async ([FromForm] string? number, [FromForm] string? callerId, CurrentAgent me, IMediator mediator, Dialling dialling,
            HttpContext http) =>
        {
            var result = await mediator.Send(new Command(me.Agent, number ?? "", callerId));
            if (result.Error is not { } refusal || !http.Request.IsHtmx()) return result.ToFragment(CurrentCallFragment.Id);
            http.Response.HtmxRetarget("#" + DialBoxFragment.Id, Htmx.HtmxSwap.OuterHtml);
            var box = new DialBoxModel(dialling.CallerIds(me.Agent), number, callerId, refusal);
            return new RazorComponentResult<DialBox>(new { Model = box }) { StatusCode = refusal.Status() };
        });

    public sealed record Command(AgentId Agent, string Number, string? CallerId) : IRequest<Result>;

    internal sealed class Handler(Dialling dialling) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var dialled = await dialling.Dial(request.Agent, request.Number, request.CallerId);
            return dialled.Ok ? Result.Done : dialled.Error;
        }
    }
}
