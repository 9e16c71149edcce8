using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>Whether the database can be written by now: asked by admin pages that show that it can't.</summary>
public static class ShowStorage
{
    public const string Address = "/admin/storage";

    internal static void Map(IEndpointRouteBuilder app) => app.MapGet(Address, (Writer writer) =>
        new RazorComponentResult<StorageAlert>(new { writer.Trouble, Asks = true }));
}
