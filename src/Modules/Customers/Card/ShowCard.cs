using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Tccc.Customers;

/// <summary>
/// The card at the workbench's right: of who rings, is spoken with, or was spoken with until the wrap-up ends. The page fetches it whenever
/// the fragment at-hand says that this is somebody else now (js/looks.js); product.md §3 «Right».
/// </summary>
internal static class ShowCard
{
    public const string Address = "/customers/card";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Address, async (Cards cards) => CardAnswers.Card(await cards.InHand()));
}
