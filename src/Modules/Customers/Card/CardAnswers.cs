using Htmx;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tccc.Platform;

namespace Tccc.Customers;

/// <summary>How the card in the workbench's panel is answered with; the same forms on a page are answered with the page.</summary>
internal static class CardAnswers
{
    /// <summary>The element that the card is, and that its own requests name as their target.</summary>
    public const string Place = "customer-card";

    public static bool IsFromCard(this HttpRequest request) => request.Headers[HtmxRequestHeaders.Keys.Target] == Place;

    /// <summary>The card of whom the agent has in hand, or that there is nobody.</summary>
    public static IResult Card(Card? card, bool saved = false) => new RazorComponentResult<CustomerCard>(new Dictionary<string, object?>
    {
        [nameof(CustomerCard.Model)] = card, [nameof(CustomerCard.Saved)] = saved,
    });

    /// <summary>The card with its form open; refused, it takes the place of the one that was sent.</summary>
    public static IResult Form(HttpResponse response, Card card, SaveCustomer.Draft draft, Error? refusal = null) =>
        Answer(response, refusal, new()
        {
            [nameof(CustomerCard.Model)] = card, [nameof(CustomerCard.Draft)] = draft, [nameof(CustomerCard.Refusal)] = refusal,
        });

    /// <summary>The card with a note that was refused.</summary>
    public static IResult Note(HttpResponse response, Card card, string? text, Error refusal) => Answer(response, refusal, new()
    {
        [nameof(CustomerCard.Model)] = card, [nameof(CustomerCard.NoteText)] = text, [nameof(CustomerCard.NoteRefusal)] = refusal,
    });

    private static RazorComponentResult<CustomerCard> Answer(HttpResponse response, Error? refusal, Dictionary<string, object?> card)
    {
        if (refusal is not null) response.HtmxRetarget("#" + Place, HtmxSwap.OuterHtml);
        return new(card) { StatusCode = refusal?.Status() ?? StatusCodes.Status200OK };
    }
}
