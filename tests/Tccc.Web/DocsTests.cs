using System.Text.RegularExpressions;

namespace Tccc.Web.Tests;

/// <summary>Routes that pages and comments name are routes of the running server.</summary>
[Collection(OneSite.Name)]
public sealed partial class DocsTests(Site site)
{
    [Fact, Trait("Case", "F-E4")]
    public void Every_route_that_a_page_or_a_comment_names_is_answered()
    {
        var routes = Routes.Of(site).Select(r => (r.Method, Parts: r.Pattern.Split('/'))).ToList();
        Assert.Empty(
            from file in Files()
            from Match named in Named().Matches(File.ReadAllText(file))
            let method = named.Groups["method"].Value.ToUpperInvariant()
            let parts = named.Groups["path"].Value.Split('?')[0].TrimEnd('/').Split('/')
            where !parts.Contains("demo") && !routes.Any(r => r.Method == method && Fits(r.Parts, parts))
            select $"{Path.GetFileName(file)}: {named.Value}");
    }

    // a place may have any name, or a value where an example stands
    private static bool Fits(string[] pattern, string[] parts) =>
        pattern.Length == parts.Length && pattern.Zip(parts).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));

    private static IEnumerable<string> Files()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Tccc.sln"))) root = root.Parent;
        return from folder in (string[])["docs", "src"]
               from file in System.IO.Directory.EnumerateFiles(Path.Combine(root.FullName, folder), "*", SearchOption.AllDirectories)
               where Path.GetExtension(file) is ".md" or ".cs"
               where !file.Split('/').Any(part => part is "obj" or "bin" or "node_modules" or "Migrations")
               select file;
    }

    [GeneratedRegex(
        """(?:\b(?<method>GET|POST|PUT|DELETE) (?<path>/[\w\-/{}]+))|hx-(?<method>get|post|put|delete)=.(?<path>/[\w\-/{}]+)""")]
    private static partial Regex Named();
}
