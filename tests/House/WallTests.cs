using System.Xml.Linq;

namespace Tccc.House.Tests;

/// <summary>Who may reference whom: docs/architecture.md.</summary>
public class WallTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Kernel"] = [],
        ["Platform"] = ["Kernel"],
        ["Sip"] = ["Kernel"],
        ["Media"] = ["Kernel"],
        ["Directory"] = ["Platform", "Kernel"],
        ["Acd"] = ["Directory", "Platform", "Kernel"],
        ["Conversations"] = ["Directory", "Acd", "Platform", "Kernel"],
        ["Telephony"] = ["Sip", "Media", "Directory", "Acd", "Platform", "Kernel"],
    };

    private static readonly string[] ForModules = ["Directory", "Acd", "Telephony", "Conversations", "Platform", "Kernel"];

    [Fact]
    public void References_run_downwards_only() => Assert.Empty(Violations(References()));

    [Theory]
    [InlineData("Modules/Dial", "Engine/Sip")]
    [InlineData("Modules/Dial", "Modules/Presence")]
    [InlineData("Engine/Media", "Engine/Sip")]
    [InlineData("Engine/Kernel", "Engine/Platform")]
    [InlineData("Engine/Acd", "Tccc.Web")]
    public void A_planted_reference_is_found(string from, string to) =>
        Assert.Contains(from + " -> " + to, Violations(References().Append((from, to))));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Tree.Path("Tccc.sln")).Replace('\\', '/');
        Assert.Empty(
            Tree.Files("src", ".csproj").Concat(Tree.Files("tests", ".csproj")).Concat(Tree.Files("bench", ".csproj"))
                .Where(p => !solution.Contains('"' + p + '"')));
    }

    private static IEnumerable<string> Violations(IEnumerable<(string From, string To)> references) =>
        from r in references where !IsAllowed(r.From, r.To) select r.From + " -> " + r.To;

    private static bool IsAllowed(string from, string to) => from.Split('/') switch
    {
        ["Tccc.Web"] => to.StartsWith("Modules/", StringComparison.Ordinal) || to.StartsWith("Engine/", StringComparison.Ordinal),
        ["Modules", _] => to.StartsWith("Engine/", StringComparison.Ordinal) && ForModules.Contains(to["Engine/".Length..]),
        ["Engine", var room] => to.StartsWith("Engine/", StringComparison.Ordinal) && Allowed[room].Contains(to["Engine/".Length..]),
        _ => false,
    };

    private static IEnumerable<(string From, string To)> References() =>
        from project in Tree.Files("src", ".csproj")
        from reference in XDocument.Load(Tree.Path(project)).Descendants("ProjectReference")
        let target =
            Path.GetFullPath(
                Path.Combine(Tree.Path(Path.GetDirectoryName(project)!), reference.Attribute("Include")!.Value.Replace('\\', '/')))
        select (Room(project), Room(Path.GetRelativePath(Tree.Root, target)));

    // src/Engine/Sip/Tccc.Sip.csproj -> Engine/Sip
    private static string Room(string project) => Path.GetDirectoryName(project)!.Replace('\\', '/')["src/".Length..];
}
