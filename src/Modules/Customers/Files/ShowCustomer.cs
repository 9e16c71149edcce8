using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Customers;

/// <summary>
/// One customer: what was written down, to be changed; notes and calls; merging and parting. For supervisors;
/// product.md §3 «customer card».
/// </summary>
internal static class ShowCustomer
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/customers/new", () => Page(null, new SaveCustomer.Draft()));
        routes.MapGet("/customers/{id:long}", async (Cards cards, Desk desk, CustomerId id) =>
        {
            if (await cards.Of(id) is not { File: { } file } card) return new NoSuchCustomer().ToHttp();
            // the address of one that was merged leads to the one it was merged into
            if (file.Customer.Id != id) return Results.Redirect($"/customers/{file.Customer.Id}");
            desk.Saw(AuditWhat.CustomersSeen, file.Named());
            return Page(card, SaveCustomer.Draft.Of(card));
        });
    }

    /// <param name="card">Null for a new customer.</param>
    /// <param name="refusal">Why the form was not saved.</param>
    /// <param name="other">Whom to merge, as it was typed and refused.</param>
    /// <param name="note">As it was typed and refused.</param>
    public static IResult Page(
        Card? card, SaveCustomer.Draft draft, Error? refusal = null, MergeCustomers.Draft? other = null, Error? mergeRefusal = null,
        string? note = null, Error? noteRefusal = null) =>
        new RazorComponentResult<CustomerPage>(new Dictionary<string, object?>
        {
            [nameof(CustomerPage.Card)] = card,
            [nameof(CustomerPage.Draft)] = draft,
            [nameof(CustomerPage.Refusal)] = refusal,
            [nameof(CustomerPage.Other)] = other,
            [nameof(CustomerPage.MergeRefusal)] = mergeRefusal,
            [nameof(CustomerPage.NoteText)] = note,
            [nameof(CustomerPage.NoteRefusal)] = noteRefusal,
        })
        { StatusCode = (refusal ?? mergeRefusal ?? noteRefusal)?.Status() ?? StatusCodes.Status200OK };
}
