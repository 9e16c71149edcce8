using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Admin;

/// <summary>The desk phones of the center, and which of them are registered now; product.md §4.</summary>
public static class ListPhones
{
    public sealed record Row(DeskPhone Phone, AgentInfo? Agent, PhoneRegistration? Registration);

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/admin/phones", (Centers centers, SipStatus sip, CurrentAgent me, string? q) =>
        {
            var view = centers.Of(me.Center)!;
            var rows = view.Phones.Values.OrderBy(p => p.Extension, StringComparer.Ordinal)
                .Select(p => new Row(p, p.BoundAgent is { } agent ? view.Agents.GetValueOrDefault(agent) : null, sip.Of(p)))
                .Where(r => Reading.Fits(q, r.Phone.Extension, r.Phone.SipUser, r.Agent?.Name));
            return Reading.Page<PhonesPage>(null, ("Rows", rows.ToList()), ("Total", view.Phones.Count), ("Query", q));
        });
}
