using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;
using static Tccc.Directory.Customers;

namespace Tccc.Customers;

/// <summary>
/// Two files are of one customer: the other goes into this one, and can be parted from it again. For supervisors; product.md §3
/// «customer card».
/// </summary>
public static class MergeCustomers
{
    /// <summary>Other: a number, an e-mail or an id of the other, as it was typed.</summary>
    public sealed record Draft : FormDraft
    {
        public string? Other { get; init; }

        protected override IReadOnlyCollection<string> Unshown => [nameof(Other)];
    }

    internal sealed record Command(CenterId Center, CustomerId Into, Draft Draft) : IRequest<Result<CustomerId>>;

    internal sealed class Handler(Desk desk, Centers centers) : IRequestHandler<Command, Result<CustomerId>>
    {
        public Task<Result<CustomerId>> Handle(Command request, CancellationToken cancellationToken) => desk.Store<CustomerId>(async db =>
        {
            if (await db.CustomerFile(request.Center, request.Into) is not { } into) return new NoSuchCustomer();
            if (desk.Changed(into.Customer, request.Draft, new Draft()) is { } changed) return changed;
            if (await Find(db, request) is not { } from) return Wrong("Nobody has this number, e-mail or id.");
            if (from.Customer.Id == into.Customer.Id) return Wrong("That is this customer: the two are one already.");
            if (from.Keys.Count + into.Keys.Count > Customer.MostKeys)
                return Wrong($"Together they would have more than {Customer.MostKeys} numbers, e-mails and ids.");
            await db.MergeCustomer(from.Customer, into.Customer);
            desk.Note(db, AuditWhat.CustomersMerged, into.Named(), detail: from.Named());
            return into.Customer.Id;
        });

        private static ValidationFailed Wrong(string why) => new(nameof(Draft.Other), why);

        private async Task<CustomerFile?> Find(TcccDb db, Command request)
        {
            var country = centers.Of(request.Center)!.Center.Country;
            foreach (var kind in Enum.GetValues<CustomerKeyKind>())
            {
                if (Normal(kind, request.Draft.Other, country) is { } key && await db.FindCustomer(request.Center, kind, key) is { } found)
                    return await db.CustomerFile(request.Center, found);
            }
            return null;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/customers/{id:long}/merges", async (
        HttpContext http, IMediator mediator, Cards cards, CurrentAgent me, CustomerId id, [FromForm] Draft? draft) =>
    {
        if (await cards.Of(id) is not { File: { } file } card) return new NoSuchCustomer().ToHttp();
        var other = draft ?? new();
        var merged = await mediator.Send(new Command(me.Center, file.Customer.Id, other), CancellationToken.None);
        return merged.Error is { } refusal
            ? ShowCustomer.Page(card, SaveCustomer.Draft.Of(card), other: other, mergeRefusal: refusal)
            : http.Response.GoTo($"/customers/{merged.Value}?done=merged");
    });
}
