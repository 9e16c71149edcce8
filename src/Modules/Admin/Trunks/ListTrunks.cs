using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Admin;

/// <summary>The carriers of the center and how each is connected now; product.md §4.</summary>
public static class ListTrunks
{
    public sealed record Row(Trunk Trunk, TrunkStatus Status);

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/admin/trunks", (Centers centers, SipStatus sip, CurrentAgent me, string? q) =>
        {
            var trunks = centers.Of(me.Center)!.Trunks;
            var rows = trunks.OrderBy(t => t.Name, StringComparer.CurrentCulture).Where(t => Reading.Fits(q, t.Name, t.Host))
                .Select(t => new Row(t, sip.Of(t)));
            return Reading.Page<TrunksPage>(null, ("Rows", rows.ToList()), ("Total", trunks.Count), ("Query", q));
        });
}
