using System.Collections.Immutable;

namespace Tccc.Telephony;

/// <summary>
/// A flow as a picture: where each step stands and which lines lead where, in places of a grid; how large a place is, is the page's affair.
/// The same plan gives the same picture. Lines downwards go from one row to the next and cross no step; every other one has a column of
/// its own beside the steps. product.md §7
/// </summary>
/// <param name="Boxes">In the order of the list, so that who reads them one after the other hears the list.</param>
/// <param name="Columns">Of the widest row.</param>
public sealed record FlowPicture(ImmutableArray<FlowBox> Boxes, ImmutableArray<FlowLine> Lines, int Rows, int Columns)
{
    /// <summary>A draft that may have any faults. A way that leads nowhere has no line.</summary>
    public static FlowPicture Of(FlowPlan plan)
    {
        // of two with one number, that which ways lead to
        var steps = plan.Steps.Where(step => ReferenceEquals(plan.Find(step.Id), step)).ToList();
        var rows = RowsOf(plan, steps);
        var columns = ColumnsOf(steps, rows);
        var boxes = steps.Select(step => new FlowBox(step.Id, rows[step.Id], columns[step.Id])).ToImmutableArray();
        var lines = ImmutableArray.CreateBuilder<FlowLine>();
        var beside = 0;
        foreach (var step in steps)
            foreach (var exit in step.Exits)
                if (plan.Find(exit.To) is { } to)
                    lines.Add(new(step.Id, to.Id, exit.Kind, exit.Keys, rows[to.Id] == rows[step.Id] + 1 ? null : beside++));
        return new(boxes, lines.ToImmutable(), rows.Values.DefaultIfEmpty(-1).Max() + 1, columns.Values.DefaultIfEmpty(-1).Max() + 1);
    }

    /// <summary>
    /// By the fewest steps from the first. What no way leads to stands below all others, the first of the list on top.
    /// </summary>
    private static Dictionary<int, int> RowsOf(FlowPlan plan, List<FlowStep> steps)
    {
        var rows = new Dictionary<int, int>();
        var next = 0;
        foreach (var start in steps)
        {
            if (rows.ContainsKey(start.Id)) continue;
            var open = new Queue<FlowStep>([start]);
            rows[start.Id] = next;
            while (open.TryDequeue(out var step))
            {
                next = Math.Max(next, rows[step.Id] + 1);
                foreach (var exit in step.Exits)
                    if (plan.Find(exit.To) is { } to && rows.TryAdd(to.Id, rows[step.Id] + 1)) open.Enqueue(to);
            }
        }
        return rows;
    }

    /// <summary>Row by row: under those that lead to it, in their order; where they stand alike, in the order of their ways.</summary>
    private static Dictionary<int, int> ColumnsOf(List<FlowStep> steps, Dictionary<int, int> rows)
    {
        var columns = new Dictionary<int, int>();
        foreach (var row in steps.GroupBy(step => rows[step.Id]).OrderBy(row => row.Key))
        {
            var above = steps.Where(step => rows[step.Id] == row.Key - 1).OrderBy(step => columns[step.Id]).SelectMany(step => step.Exits)
                .Select(exit => exit.To).ToList();
            var placed = 0;
            foreach (var step in row.OrderBy(step => above.IndexOf(step.Id))) columns[step.Id] = placed++;
        }
        return columns;
    }
}

/// <summary>Where a step stands.</summary>
/// <param name="Step">Its number.</param>
/// <param name="Row">0 = on top.</param>
/// <param name="Column">0 = at the beginning of its row.</param>
public sealed record FlowBox(int Step, int Row, int Column);

/// <summary>A way from one step to another.</summary>
/// <param name="Keys">Set when <paramref name="Kind"/> is Key.</param>
/// <param name="Beside">In which column beside all steps it goes up, to its own row or over rows; null = straight to the next row.</param>
public sealed record FlowLine(int From, int To, FlowExitKind Kind, string Keys, int? Beside);
