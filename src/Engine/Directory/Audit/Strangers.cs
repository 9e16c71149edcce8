namespace Tccc.Directory;

/// <summary>
/// Which rows of the audit trail tell of sign-ins of nobody whom we know. Anybody can cause those, as many as they like, so a network has
/// one row a minute, and all networks beyond <see cref="Networks"/> share one: a week of an attack is 212,000 rows, whatever comes.
/// </summary>
internal sealed class Strangers
{
    /// <summary>That have a row of their own in a minute.</summary>
    internal const int Networks = 20;

    private const string Others = "others";

    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Row, int Count)> rows = [];
    private long minute;

    /// <summary>One more from this network: in which row it is counted, and which one of its row it is. The first is the new row.</summary>
    public (long Row, int Count) Count(long row, string network, DateTimeOffset at)
    {
        lock (gate)
        {
            var now = at.Ticks / TimeSpan.TicksPerMinute;
            if (now != minute) rows.Clear();
            minute = now;
            var key = rows.Count >= Networks && !rows.ContainsKey(network) ? Others : network;
            var (first, count) = rows.GetValueOrDefault(key, (row, 0));
            return rows[key] = (first, count + 1);
        }
    }
}
