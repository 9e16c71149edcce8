using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Platform;

namespace Tccc.Presence;

/// <summary>The agent chooses a state; while Busy it becomes what comes next. product.md §2.</summary>
internal static class ChooseState
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(
            "/presence/state", async ([FromForm] string? choice, [FromForm] string? reason, CurrentAgent me, IMediator mediator) =>
            (await mediator.Send(new Command(me.Agent, choice ?? "", reason ?? ""))).ToFragment(AgentStateFragment.Id));

    /// <param name="Choice">available, not-ready, break or offline.</param>
    /// <param name="Reason">Of a break; empty otherwise.</param>
    public sealed record Command(AgentId Agent, string Choice, string Reason) : IRequest<Result>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Choice).Must(choice => Wishes.ContainsKey(choice))
                .WithMessage("There is no such state; choose one from the menu.");
            RuleFor(c => c.Reason).NotEmpty().When(c => c.Choice == "break").WithMessage("Choose a reason for the break.");
        }
    }

    internal sealed class Handler(Dispatch dispatch) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var wish = Wishes[request.Choice];
            return await dispatch.Choose(request.Agent, new Choice(wish, wish == Wish.Break ? request.Reason : null), ChangedBy.Agent);
        }
    }

    private static readonly Dictionary<string, Wish> Wishes = new()
    {
        ["available"] = Wish.Available,
        ["not-ready"] = Wish.NotReady,
        ["break"] = Wish.Break,
        ["offline"] = Wish.Offline,
    };
}
