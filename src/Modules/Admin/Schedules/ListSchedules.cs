using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>The opening hours of the center, who keeps to each, and whether it is open now; product.md §4.</summary>
public static class ListSchedules
{
    /// <param name="UsedBy">Numbers and groups.</param>
    public sealed record Row(ScheduleView Schedule, IReadOnlyList<string> UsedBy, bool Open);

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/admin/schedules", (Centers centers, TimeProvider time, CurrentAgent me, string? q) =>
        {
            var view = centers.Of(me.Center)!;
            var now = time.GetUtcNow();
            var rows = view.Schedules.Values.OrderBy(s => s.Name, StringComparer.CurrentCulture)
                .Select(s => new Row(s, UsersOf(view, s.Id), s.IsOpen(now))).Where(r => Reading.Fits(q, [r.Schedule.Name, .. r.UsedBy]));
            return Reading.Page<SchedulesPage>(null, ("Rows", rows.ToList()), ("Total", view.Schedules.Count), ("Query", q));
        });

    /// <summary>What keeps to these hours, by the names people know.</summary>
    internal static IReadOnlyList<string> UsersOf(CenterView view, ScheduleId schedule) =>
    [
        .. view.Numbers.Values.Where(n => n.Schedule == schedule).Select(n => n.Digits).Order(StringComparer.Ordinal),
        .. view.Groups.Values.Where(g => g.Group.Schedule == schedule).OrderBy(g => g.Group.Number).Select(g => g.Name),
    ];
}
