using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Customers;

/// <summary>
/// Who calls: the card beside a call, and the files of a center's customers; product.md §3. The room's services, and its routes by name.
/// </summary>
public static class CustomersServices
{
    /// <summary>The room's Carter module.</summary>
    public static Type Routes => typeof(CustomersModule);

    public static IServiceCollection AddCustomers(this IServiceCollection services) => services
        .AddUseCases(typeof(CustomersModule).Assembly)
        .AddScoped<Cards>();
}

/// <summary>The room's table of contents.</summary>
internal sealed class CustomersModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var agents = app.MapGroup("").RequireAuthorization(Right.SeeCustomers).LimitBody(SaveCustomer.RequestAtMost);
        ShowCard.Map(agents);
        EditCustomer.Map(agents);
        SaveCustomer.Map(agents);
        AddNote.Map(agents);

        var supervisors = app.MapGroup("").RequireAuthorization(Right.ManageCustomers).LimitBody();
        ListCustomers.Map(supervisors);
        ShowCustomer.Map(supervisors);
        MergeCustomers.Map(supervisors);
        PartCustomers.Map(supervisors);
    }
}
