using System.Net;
using Microsoft.Extensions.Logging;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// Who was turned away at SIP, one line each, for people and for fail2ban (operations.md «Strangers»). Bounded whatever comes: an address
/// that is merely unknown gets a line a minute, all together <see cref="LinesASecond"/>; what had to be left out is counted in the next
/// line. Used on the SIP loop only.
/// </summary>
internal sealed partial class IntruderLog(TimeProvider time, ILogger log)
{
    public const int LinesASecond = 20;

    /// <summary>Addresses whose last line is remembered; past it all are forgotten.</summary>
    private const int MaxAddresses = 1000;
    private const int LongestName = 32;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly Dictionary<IPAddress, long> logged = [];
    private long second;
    private int lines, leftOut;

    public void Note(Suspicion suspicion)
    {
        if (suspicion.Kind is SuspicionKind.UnknownSource && WasLogged(suspicion.Source)) return;
        if (time.GetElapsedTime(second).TotalSeconds >= 1) (second, lines) = (time.GetTimestamp(), 0);
        if (++lines > LinesASecond)
        {
            leftOut++;
            return;
        }

        if (leftOut > 0) LogLeftOut(log, leftOut);
        leftOut = 0;
        var method = suspicion.Method.ToString().ToUpperInvariant();
        if (suspicion.Kind is SuspicionKind.WrongCredentials)
            LogWrong(log, suspicion.Source, Name(suspicion.Name), method, suspicion.Failures, (int)suspicion.Wait.TotalSeconds);
        else LogUnknown(log, suspicion.Source, method, Name(suspicion.Name));
    }

    private bool WasLogged(IPAddress source)
    {
        if (logged.TryGetValue(source, out var last) && time.GetElapsedTime(last) < Again) return true;
        if (logged.Count >= MaxAddresses) logged.Clear();
        logged[source] = time.GetTimestamp();
        return false;
    }

    /// <summary>No blank and no quote, so that no name looks like the rest of such a line.</summary>
    private static string Name(string given) => string.Create(Math.Min(given.Length, LongestName), given, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++) to[i] = char.IsAsciiLetterOrDigit(from[i])
            || "+*#._@-".Contains(from[i], StringComparison.Ordinal) ? from[i] : '?';
    });

    [LoggerMessage(LogLevel.Warning,
        "SIP authentication failed: {Address} gave wrong credentials for {Name} ({Method}); failure {Failures}, not heard for {Seconds} s")]
    private static partial void LogWrong(ILogger log, IPAddress address, string name, string method, int failures, int seconds);

    [LoggerMessage(LogLevel.Warning, "SIP request refused: {Address} is no carrier and no phone ({Method} to {Name})")]
    private static partial void LogUnknown(ILogger log, IPAddress address, string method, string name);

    [LoggerMessage(LogLevel.Warning, "{Count} more SIP requests were turned away, too many for a line each")]
    private static partial void LogLeftOut(ILogger log, int count);
}
