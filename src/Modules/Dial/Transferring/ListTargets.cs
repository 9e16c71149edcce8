using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>Which kind of target is shown.</summary>
public enum TargetKind
{
    Groups,
    Agents,
    Phones,
    Outside,
}

/// <param name="Field">Its name in the form; <paramref name="Id"/> the value.</param>
/// <param name="State">A key of the texts, with <paramref name="Args"/>.</param>
/// <param name="CanTake">A click now would not be refused.</param>
public sealed record TargetRow(
    string Field, long Id, string Name, string? Detail, string State, object[] Args, string Colour, bool CanTake);

/// <param name="More">How many more there are.</param>
/// <param name="Groups">By which colleagues can be told apart.</param>
/// <param name="Call">The call that is sent on; none: a call inside is to be made.</param>
public sealed record TargetsModel(
    CallId? Call, TargetKind Kind, string Search, IReadOnlyList<TargetRow> Rows, int More, string Center, IReadOnlyList<GroupInfo> Groups)
{
    /// <summary>Where its addresses begin.</summary>
    public string Base => Call is { } call ? $"/calls/{call}/transfer" : CallInside.Address;
}

/// <summary>To whom a customer can be sent, with how they are at this moment; product.md §6.</summary>
internal static class ListTargets
{
    /// <summary>Nobody picks from more: who is not among them is searched for.</summary>
    private const int AtMost = 50;

    /// <summary>Characters.</summary>
    public const int LongestSearch = 100;

    /// <summary>Tells the page to ask no more (htmx).</summary>
    private const int StopAsking = 286;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/calls/{call:long}/transfer",
            (CallId call, TargetKind? to, CurrentAgent me, Calls calls, Dispatch dispatch, Centers centers, SipStatus sip) =>
            {
                if (calls.CallOf(me.Agent)?.Id != call) return new NoSuchCall().ToHttp();
                var model = Look(call, to ?? TargetKind.Groups, null, null, me, dispatch, centers, sip);
                return (IResult)new RazorComponentResult<TransferPage>(new { Model = model });
            });
        routes.MapGet(
            "/calls/{call:long}/transfer/targets",
            (CallId call, TargetKind to, string? search, string? within, CurrentAgent me, Calls calls, Dispatch dispatch, Centers centers,
                SipStatus sip) =>
            {
                var isOver = calls.CallOf(me.Agent)?.Id != call;
                var model = isOver ? null : Look(call, to, search, within, me, dispatch, centers, sip);
                return new RazorComponentResult<TargetRows>(new { Model = model }) { StatusCode = isOver ? StopAsking : null };
            });
    }

    internal static TargetsModel Look(
        CallId? call, TargetKind kind, string? search, string? within, CurrentAgent me, Dispatch dispatch, Centers centers, SipStatus sip)
    {
        var center = centers.Of(me.Center)!;
        var wanted = (search ?? "").Trim();
        if (wanted.Length > LongestSearch) wanted = wanted[..LongestSearch];
        var members = GroupId.TryParse(within, null, out var of) && center.Groups.TryGetValue(of, out var chosen)
            ? chosen.Members.Select(m => m.Agent).ToHashSet()
            : null;
        List<TargetRow> rows =
        [
            .. (kind switch
            {
                TargetKind.Groups => center.Groups.Values.Select(g => RowOf(g, dispatch)),
                TargetKind.Agents => center.Agents.Values
                    .Where(a => a.Id != me.Agent && !a.Disabled && members?.Contains(a.Id) is not false).Select(a => RowOf(a, dispatch)),
                TargetKind.Phones => center.Phones.Values.Select(p => RowOf(p, center, dispatch, sip)),
                _ => [],
            })
            .Where(row => Holds(row.Name, wanted) || Holds(row.Detail, wanted))
            .OrderByDescending(static row => row.CanTake).ThenBy(static row => row.Name, StringComparer.CurrentCultureIgnoreCase),
        ];
        return new(
            call, kind, wanted, rows.Count > AtMost ? rows[..AtMost] : rows, Math.Max(0, rows.Count - AtMost), center.Center.Name,
            [.. center.Groups.Values.OrderBy(static g => g.Name, StringComparer.CurrentCultureIgnoreCase)]);
    }

    private static bool Holds(string? text, string wanted) => text?.Contains(wanted, StringComparison.CurrentCultureIgnoreCase) is true;

    private static TargetRow RowOf(GroupInfo group, Dispatch dispatch)
    {
        var seen = dispatch.See(group.Id);
        var (free, there) = (seen?.Free ?? 0, seen?.SignedIn ?? 0);
        return there is 0
            ? new("group", group.Id.Value, group.Name, null, "Nobody signed in", [], "offline", false)
            : new("group", group.Id.Value, group.Name, null, "{0} available", [free], free > 0 ? "available" : "busy", true);
    }

    private static TargetRow RowOf(AgentInfo agent, Dispatch dispatch)
    {
        var (state, colour, canTake) = StateOf(dispatch.See(agent.Id));
        return new("agent", agent.Id.Value, agent.Name, agent.Email, state, [], colour, canTake);
    }

    private static TargetRow RowOf(DeskPhone phone, CenterView center, Dispatch dispatch, SipStatus sip)
    {
        var isThere = sip.Of(phone) is not null;
        var (state, colour, canTake) = phone.BoundAgent is { } agent && isThere ? StateOf(dispatch.See(agent))
            : isThere ? ("Connected", "available", true)
            : ("Not connected", "offline", false);
        var owner = phone.BoundAgent is { } bound ? center.Agents.GetValueOrDefault(bound)?.Name : null;
        return new("phone", phone.Id.Value, phone.Extension, owner, state, [], colour, canTake);
    }

    private static (string Word, string Colour, bool CanTake) StateOf(AgentView? agent) => agent switch
    {
        null or { State: AgentState.Offline } => ("Offline", "offline", false),
        { Offer: not null } => ("Ringing", "busy", false),
        { State: AgentState.Idle, DeviceReachable: true } => ("Available", "available", true),
        { State: AgentState.NotReady, DeviceReachable: true } => ("Not ready", "not-ready", true),
        { State: AgentState.Idle or AgentState.NotReady } => ("Not connected", "offline", false),
        { State: AgentState.Break } => ("Break", "break", false),
        { State: AgentState.WrapUp } => ("Wrap-up", "wrap-up", false),
        _ => ("Busy now", "busy", false),
    };
}
