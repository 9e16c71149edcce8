using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>The people of the center; product.md §1.</summary>
public static class ListPeople
{
    public sealed record Row(AgentInfo Person, IReadOnlyList<GroupInfo> Groups, AgentState? State);

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/admin/people", (Centers centers, Dispatch dispatch, CurrentAgent me, string? q) =>
        {
            var view = centers.Of(me.Center)!;
            var rows = view.Agents.Values.OrderBy(a => a.Disabled).ThenBy(a => a.Name, StringComparer.CurrentCulture)
                .Where(a => Reading.Fits(q, a.Nickname, a.Email, a.StaffNumber))
                .Select(a => new Row(a, view.GroupsOf(a.Id), a.Disabled ? null : dispatch.See(a.Id)?.State));
            return Reading.Page<PeoplePage>(null, ("Rows", rows.ToList()), ("Total", view.Agents.Count), ("Query", q));
        });
}
