using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tccc.Media;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>
/// How sound passed on the legs of one call, as <see cref="LegQuality.Of"/> reads it; product.md §12. Written with the call's last row,
/// and only where anything was measured.
/// </summary>
public sealed class QualityRecord : ICenterRow
{
    /// <summary>So many legs are kept of one call, the first that ended.</summary>
    public const int MostLegs = 20;

    /// <summary>Characters; what <see cref="MostLegs"/> take at most.</summary>
    public const int LongestLegs = 80_000;

    public CallId Call { get; set; }
    public CenterId Center { get; set; }

    [MaxLength(LongestLegs)]
    public required string Legs { get; set; }
}

/// <summary>How sound passed on one leg of a call; of an agent's line, while it was the call's.</summary>
/// <param name="Agent">Whose leg it was; none of the customer's.</param>
/// <param name="Spans">Oldest first, at least one, each about 5 s or as much as its call was long for.</param>
public sealed record LegQuality(CallSide Side, AgentId? Agent, AgentDevice? Device, IReadOnlyList<QualitySpan> Spans)
{
    /// <summary>Of the spans of which it is known, 1 to 4.5; null when of none.</summary>
    public double? WorstMos => Spans.Min(span => span.Mos);

    /// <summary>Over the time of which it is known.</summary>
    public double? MeanMos => Mean(span => span.Mos);

    /// <summary>Share of packets lost, 0 to 1, of both directions the worse, over the time of which it is known.</summary>
    public double? Loss => Mean(span => Worse(span.Received.Loss, span.Sent.Loss));

    /// <summary>Milliseconds, likewise.</summary>
    public double? JitterMs => Mean(span => Worse(span.Received.JitterMs, span.Sent.JitterMs));

    /// <summary>Milliseconds there and back, over the time of which it is known.</summary>
    public double? RoundTripMs => Mean(span => span.RoundTripMs);

    /// <summary>Of a call on record, the customer's first, then in the order in which they began; none when nothing was measured.</summary>
    public static IReadOnlyList<LegQuality> Of(QualityRecord? row, DateTimeOffset arrived) => row is null
        ? []
        :
        [
            .. (JsonSerializer.Deserialize(row.Legs, KeptLegs.Default.KeptLegArray) ?? []).OrderBy(leg => leg.Side).ThenBy(leg => leg.From)
                .Select(leg => leg.Read(arrived)),
        ];

    private double? Mean(Func<QualitySpan, double?> of)
    {
        var (sum, time) = (0.0, TimeSpan.Zero);
        foreach (var span in Spans)
        {
            if (of(span) is not { } value) continue;
            sum += value * span.Length.TotalMilliseconds;
            time += span.Length;
        }

        return time > TimeSpan.Zero ? sum / time.TotalMilliseconds : null;
    }

    private static double? Worse(double? one, double? other) => one > other ? one : other ?? one;
}

/// <summary>Some seconds of a leg. What is not known is null.</summary>
/// <param name="Received">From the party to us.</param>
/// <param name="Sent">From us to the party, by their reports.</param>
/// <param name="RoundTripMs">Milliseconds there and back.</param>
public sealed record QualitySpan(DateTimeOffset From, TimeSpan Length, SoundFigures Received, SoundFigures Sent, double? RoundTripMs)
{
    /// <summary>Of both directions the worse.</summary>
    public double? Mos => Received.Mos < Sent.Mos ? Received.Mos : Sent.Mos ?? Received.Mos;
}

/// <summary>One direction.</summary>
/// <param name="Loss">Share of packets lost, 0 to 1.</param>
/// <param name="JitterMs">Milliseconds, RFC 3550 §6.4.1.</param>
/// <param name="Mos">Mean opinion score, 1 to 4.5 (ITU-T G.107).</param>
public readonly record struct SoundFigures(double? Loss, double? JitterMs, double? Mos);

/// <summary>
/// A leg in its row: milliseconds since the call's arrival, then a line of figures for each span. Each span begins where the one before
/// ended.
/// </summary>
internal sealed record KeptLeg(CallSide Side, long From, double?[][] Spans, long? Agent = null, AgentDevice? Device = null)
{
    // length, loss, jitter and MOS of what came, the same of what left, round trip
    private const int Figures = 8;

    /// <summary>Null when nothing is known of the leg.</summary>
    /// <param name="until">When it was measured, since the call's arrival.</param>
    public static KeptLeg? Of(IReadOnlyList<QualityInterval> intervals, TimeSpan until, AgentPart? part)
    {
        if (!intervals.Any(IsKnown)) return null;
        var length = TimeSpan.Zero;
        var spans = new double?[intervals.Count][];
        for (var i = 0; i < spans.Length; i++)
        {
            length += intervals[i].Length;
            spans[i] = Line(intervals[i]);
        }

        var from = Math.Max(0, (long)(until - length).TotalMilliseconds);
        return new(part is null ? CallSide.Customer : CallSide.Agent, from, spans, part?.Id.Value, part?.Device);
    }

    public LegQuality Read(DateTimeOffset arrived)
    {
        var spans = new List<QualitySpan>(Spans.Length);
        var from = arrived.AddMilliseconds(From);
        foreach (var line in Spans)
        {
            if (line is not [{ } ms, var loss, var jitter, var mos, var lossThere, var jitterThere, var mosThere, var roundTrip]) continue;
            spans.Add(new(from, TimeSpan.FromMilliseconds(ms), new(loss, jitter, mos), new(lossThere, jitterThere, mosThere), roundTrip));
            from = from.AddMilliseconds(ms);
        }

        return new(Side, Agent is { } agent ? new AgentId(agent) : null, Device, spans);
    }

    public static string Write(IReadOnlyList<KeptLeg> legs) => JsonSerializer.Serialize([.. legs], KeptLegs.Default.KeptLegArray);

    private static bool IsKnown(QualityInterval span) =>
        (span.Received.Loss ?? span.Received.JitterMs ?? span.Remote.Loss ?? span.Remote.JitterMs ?? span.RoundTripMs) is not null;

    private static double?[] Line(QualityInterval span)
    {
        var (received, sent) = (span.Received, span.Remote);
        return new double?[Figures]
        {
            Math.Round(span.Length.TotalMilliseconds),
            Rounded(received.Loss, 4), Rounded(received.JitterMs, 1), Rounded(received.Mos, 2),
            Rounded(sent.Loss, 4), Rounded(sent.JitterMs, 1), Rounded(sent.Mos, 2),
            Rounded(span.RoundTripMs, 0),
        };
    }

    private static double? Rounded(double? figure, int digits) => figure is { } known ? Math.Round(known, digits) : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptLeg[]))]
internal sealed partial class KeptLegs : JsonSerializerContext;
