using System.Collections.Immutable;
using System.Text.Json;
using Tccc.Acd.Core;
using Tccc.Platform;

namespace Tccc.Acd.Rows;

/// <summary>
/// What was decided about one contact until it left the dispatcher: one row, or one more each time it came back. product.md §4 «why-trace».
/// </summary>
public sealed class ContactTrace : ICenterRow
{
    /// <summary>Numbers before the candidates of a decision: when, group, how many candidates are not kept.</summary>
    private const int Head = 3;

    /// <summary>Numbers of a candidate: agent, level, rule.</summary>
    private const int Each = 3;

    public long Id { get; set; }

    public CenterId Center { get; set; }

    public ContactId Contact { get; set; }

    /// <summary>
    /// JSON, one array of numbers a decision: microseconds since 1970, group (0 = the agent in person), candidates not kept, then agent,
    /// level and rule of each candidate.
    /// </summary>
    public string Decisions { get; set; } = "";

    public int Forgotten { get; set; }

    internal static ContactTrace Of(long id, CenterId center, in KeptTrace trace)
    {
        var decisions = new long[trace.Decisions.Count][];
        for (var i = 0; i < decisions.Length; i++) decisions[i] = Numbers(trace.Decisions[i]);
        return new() { Id = id, Center = center, Contact = trace.Contact, Decisions = JsonSerializer.Serialize(decisions),
            Forgotten = trace.Forgotten };
    }

    public IEnumerable<Decision> Read() => JsonSerializer.Deserialize<long[][]>(Decisions)!.Select(Decided);

    private static long[] Numbers(Decision decision)
    {
        var numbers = new long[Head + (Each * decision.Candidates.Length)];
        (numbers[0], numbers[1], numbers[2]) =
            ((decision.At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond, decision.Group?.Value
                ?? 0, decision.More);
        for (var i = 0; i < decision.Candidates.Length; i++)
        {
            var (at, candidate) = (Head + (Each * i), decision.Candidates[i]);
            (numbers[at], numbers[at + 1], numbers[at + 2]) = (candidate.Agent.Value, candidate.Level, (long)candidate.Rule);
        }
        return numbers;
    }

    private Decision Decided(long[] numbers)
    {
        var candidates = ImmutableArray.CreateBuilder<Candidate>((numbers.Length - Head) / Each);
        for (var at = Head; at < numbers.Length; at += Each)
            candidates.Add(new(new(numbers[at]), (int)numbers[at + 1], (ExclusionRule)numbers[at + 2]));
        return new(
            Contact, numbers[1] == 0 ? null : new GroupId(numbers[1]), DateTimeOffset.UnixEpoch.AddMicroseconds(numbers[0]),
            candidates.MoveToImmutable(), (int)numbers[2]);
    }
}
