using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;
using static Tccc.Directory.Customers;

namespace Tccc.Customers;

/// <summary>
/// The customers of the center, the newest first; found by name, company, tag, number in any form, e-mail, or id of an app or a visitor.
/// For supervisors; product.md §3 «customer card».
/// </summary>
public static class ListCustomers
{
    public const string Address = "/customers";
    internal const int PageSize = 15;
    internal const int LongestQuery = 100;

    /// <summary>So many digits of a number find it; fewer stand in too many.</summary>
    internal const int LeastDigits = 4;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Address, async (TcccDb db, Centers centers, CurrentAgent me, Desk desk, string? q, long? before) =>
        {
            var country = centers.Of(me.Center)!.Center.Country;
            var query = PlainText.Of(q) is { Length: <= LongestQuery } text ? text : null;
            var found = db.Of<Customer>(me.Center).Where(c => c.MergedInto == null);
            if (query is not null) found = Found(db, found, me.Center, query, country);
            if (before is { } last)
            {
                var oldest = new CustomerId(last);
                found = found.Where(c => c.Id < oldest);
            }
            var ids = await found.OrderByDescending(c => c.Id).Take(PageSize + 1).Select(c => c.Id).ToListAsync();
            desk.Saw(AuditWhat.CustomersSeen, query ?? "");
            return new RazorComponentResult<CustomersPage>(new Dictionary<string, object?>
            {
                [nameof(CustomersPage.Files)] = await db.CustomerFiles(me.Center, [.. ids.Take(PageSize)]),
                [nameof(CustomersPage.Older)] = ids.Count > PageSize ? ids[PageSize - 1].Value : (long?)null,
                [nameof(CustomersPage.Later)] = before is not null,
                [nameof(CustomersPage.Query)] = query,
                [nameof(CustomersPage.Country)] = country,
            });
        });

    private static IQueryable<Customer> Found(TcccDb db, IQueryable<Customer> all, CenterId center, string query, string country)
    {
        var keys = Enum.GetValues<CustomerKeyKind>().Select(kind => Normal(kind, query, country)).OfType<string>().Distinct().ToList();
        var digits = new string([.. query.Where(char.IsAsciiDigit)]);
        var byKey = db.Of<CustomerKey>(center)
            .Where(k => keys.Contains(k.Value) || (digits.Length >= LeastDigits && k.Value.Contains(digits))).Select(k => k.Customer);
        // SQLite knows the lower case of ASCII only
        var lower = query.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // the database does it, which knows no cultures
        var rows = db.Of<Customer>(center).Where(c => byKey.Contains(c.Id)
            || c.Name.Contains(query) || c.Company.Contains(query) || c.Tags.Contains(query)
            || c.Name.ToLower().Contains(lower) || c.Company.ToLower().Contains(lower) || c.Tags.ToLower().Contains(lower));
#pragma warning restore CA1304, CA1311, CA1862
        // what fits may stand in a row that was merged into another
        return all.Where(c => rows.Select(r => r.Root).Contains(c.Id));
    }
}
