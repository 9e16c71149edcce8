using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>The skill groups of the center, with what goes on in each; product.md §4.</summary>
public static class ListGroups
{
    public const string Address = "/admin/groups";

    public sealed record Row(GroupInfo Group, int Members, QueueView? Now);

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(Address, (Centers centers, Dispatch dispatch, CurrentAgent me, string? q) =>
        {
            var view = centers.Of(me.Center)!;
            var rows = view.Groups.Values.OrderBy(g => g.Group.Number)
                .Where(g => Reading.Fits(q, g.Name, Reading.Of(g.Group.Number)))
                .Select(g =>
                    new Row(g, view.Serving(g).Count(), dispatch.See(g.Id)));
            return Reading.Page<GroupsPage>(null, ("Rows", rows.ToList()), ("Total", view.Groups.Count), ("Query", q));
        });

    /// <summary>The members of a group who may sign in.</summary>
    internal static IEnumerable<AgentInfo> Serving(this CenterView view, GroupInfo group) =>
        group.Members.Select(m => view.Agents.GetValueOrDefault(m.Agent)).Where(a => a is { Disabled: false }).Select(a => a!);
}
