namespace Tccc.Sip;

/// <summary>
/// Calls that came and are not answered yet, or whose answer was not acknowledged, by who made them: each costs a port and, once answered,
/// sound, before its caller has shown that it can hear us.
/// </summary>
internal sealed class UnfinishedCalls
{
    /// <summary>Seconds, for a 503.</summary>
    public const int RetryAfter = 5;

    private readonly Dictionary<string, int> counts = [];

    /// <summary>An account, or the address of somebody who is trusted by it.</summary>
    public static string KeyOf(Hop source, string? username) => username is null ? source.Remote.Address.ToString() : "user " + username;

    public bool TryBegin(string who, int most)
    {
        var count = counts.GetValueOrDefault(who);
        if (count >= most) return false;
        counts[who] = count + 1;
        return true;
    }

    public void End(string who)
    {
        if (counts[who] > 1) counts[who]--;
        else counts.Remove(who);
    }
}
