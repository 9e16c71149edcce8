using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;

namespace Tccc.Customers;

/// <summary>
/// Opens the card's form in its place, for a customer who is known or for who has a number that nobody wrote about; product.md §3
/// «customer card».
/// </summary>
internal static class EditCustomer
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/customers/{id:long}/edit", async (Cards cards, CustomerId id, HttpResponse response) =>
            Open(response, await cards.Of(id)));
        routes.MapGet("/customers/edit", async (Cards cards, string? number, HttpResponse response) =>
            Open(response, await cards.OfNumber(number)));
    }

    private static IResult Open(HttpResponse response, Card? card) =>
        card is null ? new NoSuchCustomer().ToHttp() : CardAnswers.Form(response, card, SaveCustomer.Draft.Of(card));
}
