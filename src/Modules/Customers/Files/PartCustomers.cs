using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Customers;

/// <summary>
/// Undoes a merging: the other file is by itself again, with what it had. For supervisors; product.md §3 «customer card».
/// </summary>
internal static class PartCustomers
{
    public sealed record Command(CenterId Center, CustomerId From, CustomerId Merged, long? Version) : IRequest<Result<CustomerId>>;

    internal sealed class Handler(Desk desk) : IRequestHandler<Command, Result<CustomerId>>
    {
        public Task<Result<CustomerId>> Handle(Command request, CancellationToken cancellationToken) => desk.Store<CustomerId>(async db =>
        {
            if (await db.CustomerFile(request.Center, request.From) is not { } file) return new NoSuchCustomer();
            if (desk.Changed(file.Customer, request.Version) is { } changed) return changed;
            if (file.Merged.FirstOrDefault(c => c.Id == request.Merged) is not { } merged) return new NoSuchCustomer();
            await db.PartCustomer(merged);
            desk.Note(db, AuditWhat.CustomersParted, file.Named(), detail: file.Named(merged));
            return file.Customer.Id;
        });
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/customers/{id:long}/merges/{merged:long}", async (
        HttpContext http, IMediator mediator, CurrentAgent me, CustomerId id, CustomerId merged, long? version) =>
        (await mediator.Send(new Command(me.Center, id, merged, version), CancellationToken.None))
            .Match(from => http.Response.GoTo($"/customers/{from}?done=parted")));
}
