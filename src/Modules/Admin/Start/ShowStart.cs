using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Admin;

/// <summary>From an empty center to the first call that is answered, step by step; each step is read from what is there.</summary>
public static class ShowStart
{
    public sealed record Step(string Key, bool Done, string Address, string? Now = null);

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/admin", async (Centers centers, Dispatch dispatch, SipStatus sip, TcccDb db, CurrentAgent me) =>
        {
            var view = centers.Of(me.Center)!;
            var staffed = view.Groups.Values.Where(g => view.Serving(g).Any()).ToList();
            var led = view.Numbers.Values.Where(n => IsAnswered(view, n)).OrderBy(n => n.Entry)
                .ThenBy(n => n.Digits, StringComparer.Ordinal).Select(n => n.Digits).ToList();
            var served = await db.Of<CallRecord>(me.Center).AnyAsync(c => c.EndedAt != null && c.Result == CallResult.Served);
            List<Step> steps =
            [
                new("trunk", view.Trunks.Count > 0, "/admin/trunks", view.Trunks.Count > 0 ? view.Trunks[0].Name : null),
                new("group", view.Groups.Count > 0, "/admin/groups",
                    Names(view.Groups.Values.OrderBy(g => g.Group.Number).Select(g => g.Name))),
                new("person", staffed.Count > 0, "/admin/people",
                    Names(staffed.SelectMany(view.Serving).Select(a => a.Name).Distinct())),
                new("number", led.Count > 0, "/admin/numbers", Names(led)),
                new("call", served, "/workbench"),
            ];
            var online = view.Agents.Keys.Any(agent => dispatch.See(agent) is { State: not AgentState.Offline });
            var down = view.Trunks.Where(trunk => IsDown(sip.Of(trunk).Condition)).Select(static trunk => trunk.Name).ToList();
            return Reading.Page<StartPage>(null,
                ("Steps", steps), ("Number", led.FirstOrDefault()), ("Online", online), ("Down", Names(down)),
                    ("AllDown", down.Count > 0 && down.Count == view.Trunks.Count));
        });

    /// <summary>It leads to somebody: a person who may sign in, or a group that has such members.</summary>
    private static bool IsAnswered(CenterView view, Number number) =>
        ListNumbers.LeadsTo(view, number) is not null && (number.Group is not { } group || view.Serving(view.Groups[group]).Any());

    private static bool IsDown(TrunkCondition condition) =>
        condition is TrunkCondition.Refusing or TrunkCondition.Silent or TrunkCondition.Failed;

    private static string? Names(IEnumerable<string> all) => all.ToList() switch
    {
        [] => null,
        { Count: > 4 } many => string.Join(", ", many.Take(4)) + ", …",
        var few => string.Join(", ", few),
    };
}
