using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Customers;

/// <summary>
/// Notes something about a customer, or about who has a number that nobody wrote about yet; product.md §3 «customer card».
/// </summary>
internal static class AddNote
{
    public sealed record Draft
    {
        /// <summary>Whom the card was of, where nothing was written down yet.</summary>
        public string? Number { get; init; }

        public string? Text { get; init; }
    }

    /// <param name="Key">By which the customer is found, or made; the first number of one who is known.</param>
    public sealed record Command(CenterId Center, AgentId Agent, CustomerId? Id, string? Key, Draft Draft) : IRequest<Result<CustomerId>>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Draft.Text).Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage("Enter the note first.")
            .IsText(CustomerNote.Longest, lines: true);
    }

    internal sealed class Handler(Desk desk, IdSource ids, TimeProvider time) : IRequestHandler<Command, Result<CustomerId>>
    {
        public Task<Result<CustomerId>> Handle(Command request, CancellationToken cancellationToken) => desk.Store<CustomerId>(async db =>
        {
            var now = time.GetUtcNow();
            var id = request.Id ?? await db.CustomerOfNumber(ids, request.Center, request.Key!, now);
            db.Add(new CustomerNote
            {
                Id = ids.Next(), Center = request.Center, Customer = id, Agent = request.Agent, At = now,
                Text = PlainText.Of(request.Draft.Text)!,
            });
            desk.Note(db, AuditWhat.CustomerNoted, request.Key ?? id.ToString());
            return id;
        });
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/customers/notes", async (
            HttpContext http, IMediator mediator, Cards cards, CurrentAgent me, [FromForm] Draft? draft) =>
            await Write(http, mediator, cards, me, await cards.OfNumber(draft?.Number), draft ?? new()));
        routes.MapPost("/customers/{id:long}/notes", async (
            HttpContext http, IMediator mediator, Cards cards, CurrentAgent me, CustomerId id, [FromForm] Draft? draft) =>
            await Write(http, mediator, cards, me, await cards.Of(id), draft ?? new()));
    }

    private static async Task<IResult> Write(HttpContext http, IMediator mediator, Cards cards, CurrentAgent me, Card? card, Draft draft)
    {
        if (card is null) return new NoSuchCustomer().ToHttp();
        var command = new Command(me.Center, me.Agent, card.File?.Customer.Id, card.Key, draft);
        var written = await mediator.Send(command, CancellationToken.None);
        if (http.Request.IsFromCard())
        {
            return written.Error is { } refusal
                ? CardAnswers.Note(http.Response, card, draft.Text, refusal)
                : CardAnswers.Card(await cards.InHand(), saved: true);
        }
        return written.Error is { } wrong
            ? ShowCustomer.Page(card, SaveCustomer.Draft.Of(card), note: draft.Text, noteRefusal: wrong)
            : http.Response.GoTo($"/customers/{written.Value}?done=noted");
    }
}
