using System.Collections.Concurrent;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

public sealed record MissedModel(int Count, string Customer, DateTimeOffset At);

/// <summary>
/// Calls that rang at the agent and were not answered, until they were seen: a note and a count beside the History tab. product.md §3 and
/// §4.
/// </summary>
internal static class MissedCalls
{
    /// <summary>What was missed before is no news.</summary>
    private static readonly TimeSpan News = TimeSpan.FromHours(24);

    /// <summary>More are counted as so many.</summary>
    private const int AtMost = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/missed", async (CurrentAgent me, Writer writer, TcccDb db, Centers centers, TimeProvider time) =>
        {
            // the offer's end is told before its row is committed
            await writer.CatchUp();
            return new RazorComponentResult<MissedNote>(new { Model = await Read(db, me, centers, time.GetUtcNow()) });
        });

        routes.MapPut("/missed/seen", async (CurrentAgent me, IMediator mediator, TcccDb db, Centers centers, TimeProvider time) =>
        {
            await mediator.Send(new See(me.Agent, me.Center));
            return new RazorComponentResult<MissedNote>(new { Model = await Read(db, me, centers, time.GetUtcNow()) });
        });
    }

    /// <summary>The agent has seen what was missed up to now.</summary>
    public sealed record See(AgentId Agent, CenterId Center) : IRequest<Result>;

    internal sealed class Handler(Writer writer, TimeProvider time) : IRequestHandler<See, Result>
    {
        public async Task<Result> Handle(See request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            await writer.Write(async db =>
            {
                if (await db.Set<MissedSeen>().SingleOrDefaultAsync(s => s.Agent == request.Agent, CancellationToken.None) is { } seen)
                    seen.At = now;
                else db.Add(new MissedSeen { Agent = request.Agent, Center = request.Center, At = now });
            });
            return Result.Done;
        }
    }

    /// <summary>Attempts that the agent missed, as against declined ones and those that a caller or a colleague ended.</summary>
    public static IQueryable<CallAttempt> MissedBy(this IQueryable<CallAttempt> attempts, AgentId agent) =>
        attempts.Where(a => a.Agent == agent && (a.Outcome == AttemptOutcome.TimedOut || a.Outcome == AttemptOutcome.Unreachable));

    /// <summary>
    /// Since when what was missed has not been seen. It is missed when it ends: what rang while somebody looked was not seen by that.
    /// </summary>
    public static async Task<DateTimeOffset> SeenUntil(TcccDb db, CurrentAgent me, DateTimeOffset now)
    {
        var agent = me.Agent;
        var seen = await db.Of<MissedSeen>(me.Center).Where(s => s.Agent == agent).Select(s => (DateTimeOffset?)s.At)
            .SingleOrDefaultAsync();
        return seen is { } at && at > now - News ? at : now - News;
    }

    private static async Task<MissedModel> Read(TcccDb db, CurrentAgent me, Centers centers, DateTimeOffset now)
    {
        var since = await SeenUntil(db, me, now);
        var missed = await db.Of<CallAttempt>(me.Center).MissedBy(me.Agent).Where(a => a.EndedAt > since)
            .OrderByDescending(a => a.EndedAt)
            .Take(AtMost)
            .Join(db.Of<CallRecord>(me.Center), a => a.Call, c => c.Id, (a, c) => new { c.Customer, c.Direction, c.Agent, a.EndedAt })
            .ToListAsync();
        return missed.Count == 0 ? new(0, "", now) : new(
            missed.Count, missed[0].Direction is CallDirection.Internal ? centers.AgentName(missed[0].Agent) : missed[0].Customer,
            missed[0].EndedAt);
    }
}

/// <summary>How often something was missed since the server was started: another number is the sign by which the page asks what.</summary>
internal sealed class MissedFragment(MissedMarks marks) : IFragment
{
    public const string Id = "missed";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope) =>
        new(FragmentView.Of<MissedMark>((nameof(MissedMark.Model), marks.Of(scope.Agent))));
}

internal sealed class MissedMarks
{
    private readonly ConcurrentDictionary<AgentId, int> marks = new();

    public int Of(AgentId agent) => marks.GetValueOrDefault(agent);

    public void Note(AgentId agent) => marks.AddOrUpdate(agent, 1, static (_, count) => count + 1);
}
