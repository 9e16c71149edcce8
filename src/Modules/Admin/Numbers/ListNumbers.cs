using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>The numbers of the center and where each leads; product.md §4.</summary>
public static class ListNumbers
{
    /// <param name="LeadsTo">Null when it leads to nothing that is there.</param>
    /// <param name="Hours">Null when it is always open.</param>
    public sealed record Row(Number Number, string? LeadsTo, string? Hours, bool Open);

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/admin/numbers", (Centers centers, TimeProvider time, CurrentAgent me, string? q) =>
        {
            var view = centers.Of(me.Center)!;
            var rows = view.Numbers.Values.OrderBy(n => n.Digits, StringComparer.Ordinal)
                .Select(n =>
                    new Row(n, LeadsTo(view, n), n.Schedule is { } hours
                        ? view.Schedules.GetValueOrDefault(hours)?.Name
                        : null, view.IsOpen(n, time.GetUtcNow())))
                .Where(r => Reading.Fits(q, r.Number.Digits, r.LeadsTo, r.Hours));
            return Reading.Page<NumbersPage>(null, ("Rows", rows.ToList()), ("Total", view.Numbers.Count), ("Query", q));
        });

    /// <summary>The name of what a number leads to; null when it leads to nothing that is there.</summary>
    internal static string? LeadsTo(CenterView view, Number number) => number.Entry switch
    {
        NumberEntry.Group => number.Group is { } group ? view.Groups.GetValueOrDefault(group)?.Name : null,
        NumberEntry.Agent =>
            number.Agent is { } agent && view.Agents.GetValueOrDefault(agent) is { Disabled: false } info ? info.Name : null,
        // there are no flows yet
        _ => null,
    };
}
