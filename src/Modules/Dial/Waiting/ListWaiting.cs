using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Dial;

/// <param name="HasGroups">Whether the agent is in any: else nobody can wait for them.</param>
public sealed record WaitingModel(
    ImmutableArray<WaitingView> Callers, int More, bool HasGroups, Func<GroupId?, string?> GroupName, Instant Now);

/// <summary>
/// Who waits in the agent's groups, oldest first; product.md §3 «Waiting». Fetched by the tab when it is opened, and each time
/// <see cref="WaitingCountFragment"/> comes while it is open (js/looks.js): a tab that is closed costs nothing.
/// </summary>
internal static class ListWaiting
{
    /// <summary>Nobody picks from more.</summary>
    private const int AtMost = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/waiting", async (CurrentAgent me, Dispatch dispatch, Centers centers, TimeProvider time) =>
        {
            GroupId[] groups = [.. centers.GroupIdsOf(me.Agent)];
            var waiting = await dispatch.Waiting(me.Center, groups, AtMost);
            var callers = waiting.Where(w => w.Contact.Kind == ContactKind.Call).OrderBy(w => w.Since).Take(AtMost).ToImmutableArray();
            var more = Math.Max(0, dispatch.WaitingIn(groups) - callers.Length);
            var model = new WaitingModel(callers, more, groups.Length > 0, centers.NameOf, time.Instant());
            return new RazorComponentResult<WaitingList>(new { Model = model });
        });
}
