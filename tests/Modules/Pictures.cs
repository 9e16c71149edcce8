using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Snapshooter;
using Snapshooter.Xunit;

namespace Tccc.Modules.Tests;

/// <summary>
/// What is drawn, held beside the test in __snapshots__; how a new picture is accepted stands in docs/style.md. What differs from run to
/// run (tokens, fingerprints of files, ids that a server made) is painted over.
/// </summary>
internal static partial class Pictures
{
    /// <summary>The markup is that of the picture <paramref name="name"/>.</summary>
    public static void Match(string html, string name, [CallerFilePath] string test = "") =>
        Snapshot.Match(Scrub(html), new SnapshotFullName(name + ".snap", Path.GetDirectoryName(test)!));

    private static string Scrub(string html)
    {
        html = Token().Replace(html, "$1TOKEN$2");
        html = Fingerprint().Replace(html, ".HASH.$1");
        html = Id().Replace(html, "ID");
        return string.Join('\n', html.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));
    }

    [GeneratedRegex("""(name="(?:csrf|__RequestVerificationToken)"[^>]*(?:content|value)=")[^"]+(")""")]
    private static partial Regex Token();

    [GeneratedRegex(@"\.[a-z0-9]{10}\.(css|js|svg|png|ico|woff2)")]
    private static partial Regex Fingerprint();

    [GeneratedRegex(@"\b\d{15,19}\b")]
    private static partial Regex Id();
}
