using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Dial;

/// <param name="Rule">Null when the group is so large that the agent's place in the decision was not kept.</param>
public sealed record WhyNotMeLine(DateTimeOffset At, string? Group, ExclusionRule? Rule);

/// <summary>
/// The rule by which this agent was not asked, of a caller who waits or of those who lately called their groups; nothing about anybody
/// else, not even who called. product.md §4 «why not me».
/// </summary>
internal static class WhyNotMe
{
    private const int Lately = 200;
    private const int AtMost = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/waiting/{contact:long}/why-not-me", async (ContactId contact, CurrentAgent me, Dispatch dispatch, Centers centers) =>
        {
            var groups = centers.GroupIdsOf(me.Agent).ToHashSet();
            var decisions = (await dispatch.Why(me.Center, contact)).Decisions.Where(d => d.Group is { } group && groups.Contains(group))
                .ToList();
            return decisions.Count == 0
                ? (IResult)new ContactGone().ToHttp()
                : Answer(centers, me, decisions.Select(d => Line(d, me.Agent, centers)));
        });

        routes.MapGet("/why-not-me", async (CurrentAgent me, Dispatch dispatch, Centers centers) =>
            Answer(centers, me, (await dispatch.WhyNot(me.Agent, Lately)).DistinctBy(static d => d.Contact).Take(AtMost)
                .Select(d => Line(d, me.Agent, centers))));
    }

    private static RazorComponentResult<WhyNotMePage> Answer(Centers centers, CurrentAgent me, IEnumerable<WhyNotMeLine> lines) =>
        new(new { Model = lines.ToList(), Center = centers.Of(me.Center)?.Center.Name ?? "" });

    private static WhyNotMeLine Line(Decision decision, AgentId me, Centers centers) =>
        new(decision.At, centers.NameOf(decision.Group), decision.Candidates.Where(c => c.Agent == me)
            .Select(static c => (ExclusionRule?)c.Rule).FirstOrDefault());
}
