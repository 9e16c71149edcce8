using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Tccc.Platform;

/// <summary>
/// Everything that <see cref="System.Diagnostics.Metrics"/> instruments of our own meters and of .NET count, as Prometheus text (exposition
/// format 0.0.4).
/// </summary>
internal sealed class Metrics : IDisposable
{
    private static readonly string[] Meters =
        ["Tccc.", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];
    private static readonly double[] Buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly MeterListener listener = new();
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Family> families = new(StringComparer.Ordinal);

    public Metrics()
    {
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Any(instrument.Meter.Name.StartsWith)) listener.EnableMeasurementEvents(instrument, FamilyOf(instrument));
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, family) => ((Family)family!).Add(value, tags));
        listener.SetMeasurementEventCallback<int>((_, value, tags, family) => ((Family)family!).Add(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, family) => ((Family)family!).Add(value, tags));
        listener.Start();
    }

    /// <summary>The whole page.</summary>
    public string Text()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (gate)
        {
            foreach (var family in families.Values) family.Write(text);
        }
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private Family FamilyOf(Instrument instrument)
    {
        var name = NameOf(instrument);
        lock (gate)
        {
            if (!families.TryGetValue(name, out var family)) families[name] = family = new(name, instrument);
            return family;
        }
    }

    // Prometheus' custom: one prefix for what is ours, and _total behind what only rises
    private static string NameOf(Instrument instrument)
    {
        var name = Name(instrument.Name);
        if (instrument.Meter.Name.StartsWith("Tccc.", StringComparison.Ordinal) && !name.StartsWith("tccc_", StringComparison.Ordinal))
            name = "tccc_" + name;
        return instrument.GetType().Name.Split('`')[0] is "Counter" or "ObservableCounter" ? name + "_total" : name;
    }

    private static string Name(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    /// <summary>One instrument's name with its series, a series per set of tags.</summary>
    private sealed class Family(string name, Instrument instrument)
    {
        private readonly Dictionary<string, Series> all = new(StringComparer.Ordinal);
        // what engines count has one tag of few values: found without writing its labels each time
        private readonly Dictionary<(string Key, object? Value), Series> byTag = [];
        private readonly string kind = instrument.GetType().Name.Split('`')[0];

        private bool IsReading => kind == "Gauge" || kind.StartsWith("Observable", StringComparison.Ordinal);

        private bool IsHistogram => kind == "Histogram";

        private bool IsCounter => kind is "Counter" or "ObservableCounter";

        public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (all) SeriesOf(tags).Add(value, replace: IsReading);
        }

        public void Write(StringBuilder text)
        {
            lock (all)
            {
                if (all.Count == 0) return;
                if (instrument.Description is { } description)
                    text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {description.ReplaceLineEndings(" ")}\n");
                text.Append(
                    CultureInfo.InvariantCulture, $"# TYPE {name} {(IsHistogram ? "histogram" : IsCounter ? "counter" : "gauge")}\n");
                foreach (var (labels, series) in all) series.Write(text, name, labels);
            }
        }

        private Series SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length > 1) return SeriesOf(Labels(tags));
            var tag = tags.Length == 0 ? default : (tags[0].Key, tags[0].Value);
            if (!byTag.TryGetValue(tag, out var series)) byTag[tag] = series = SeriesOf(Labels(tags));
            return series;
        }

        private Series SeriesOf(string labels) => all.TryGetValue(labels, out var known) ? known : all[labels] = new(IsHistogram);

        private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length == 0) return "";
            var text = new StringBuilder();
            foreach (var (key, value) in tags)
            {
                var escaped = Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", @"\\", StringComparison.Ordinal)
                    .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
                text.Append(text.Length == 0 ? "" : ",").Append(Name(key)).Append("=\"").Append(escaped).Append('"');
            }
            return text.ToString();
        }
    }

    private sealed class Series(bool histogram)
    {
        private readonly long[] buckets = histogram ? new long[Buckets.Length] : [];
        private double value;
        private long count;

        public void Add(double measured, bool replace)
        {
            value = replace ? measured : value + measured;
            count++;
            for (var i = 0; i < buckets.Length; i++)
                if (measured <= Buckets[i]) buckets[i]++;
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            var set = labels.Length == 0 ? "" : $"{{{labels}}}";
            if (!histogram)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{set} {value}\n");
                return;
            }
            var comma = labels.Length == 0 ? "" : ",";
            for (var i = 0; i < buckets.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"{Buckets[i]}\"}} {buckets[i]}\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {count}\n{name}_sum{set} {value}\n{name}_count{set} {count}\n");
        }
    }
}
