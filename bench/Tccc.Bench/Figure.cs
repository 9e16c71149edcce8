using System.Globalization;

namespace Bench;

/// <summary>One measured figure beside its reference, both from this run, and the limit that the product holds itself to.</summary>
/// <param name="Ours">The median of the rounds, in <paramref name="Unit"/>.</param>
/// <param name="Reference">The reference's median in the same unit; null where a figure stands alone.</param>
/// <param name="Limit">The most that ours may be; as a multiple of the reference where <paramref name="LimitIsRatio"/>; null where the
/// figure only explains another.</param>
internal sealed record Figure(
    string Name, double Ours, string Unit, double? Reference, string ReferenceName, double? Limit, bool LimitIsRatio = false)
{
    public bool Holds => Limit is null || (LimitIsRatio ? Ours / Reference : Ours) <= Limit;

    /// <summary>Prints figures as a table in Markdown, so that a run can be put into docs/benchmarks.md as it is.</summary>
    public static void Print(TextWriter to, IEnumerable<Figure> figures)
    {
        to.WriteLine("| figure | ours | reference | ratio | must reach | |");
        to.WriteLine("|---|---|---|---|---|---|");
        foreach (var f in figures)
        {
            var reference = f.Reference is { } r ? $"{Number(r)} {f.Unit} ({f.ReferenceName})" : f.ReferenceName;
            var ratio = f.Reference is > 0 and var b ? Number(f.Ours / b) + " ×" : "";
            var (limit, verdict) = f.Limit is { } most
                ? ("≤ " + Number(most) + (f.LimitIsRatio ? " ×" : " " + f.Unit), f.Holds ? "holds" : "**fails**")
                : ("", "");
            to.WriteLine($"| {f.Name} | {Number(f.Ours)} {f.Unit} | {reference} | {ratio} | {limit} | {verdict} |");
        }
    }

    public static double Median(IEnumerable<double> values) => Percentile(values, 50);

    public static double Percentile(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0
            ? double.NaN
            : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * percent / 100) - 1 is >= 0 and var i ? i : 0)];
    }

    private static string Number(double value) =>
        value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
