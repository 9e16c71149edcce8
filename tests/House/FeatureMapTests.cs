using System.Text.RegularExpressions;

namespace Tccc.House.Tests;

/// <summary>docs/features.md leads from a feature to its code and tests; it must not lead astray.</summary>
public partial class FeatureMapTests
{
    private const int Headings = 18;

    [Fact]
    public void Every_path_in_the_feature_map_exists() =>
        Assert.Empty(Paths().Where(path => !File.Exists(Tree.Path(path)) && !Directory.Exists(Tree.Path(path))));

    [Fact]
    public void Every_heading_of_the_product_is_in_the_feature_map()
    {
        var page = File.ReadAllText(Tree.Path("docs/features.md"));
        Assert.Equal(Enumerable.Range(1, Headings), Heading().Matches(page).Select(m => int.Parse(m.Groups[1].Value, null)));
    }

    [Fact]
    public void Every_use_case_of_a_module_is_in_the_feature_map()
    {
        var mapped = Paths().ToHashSet();
        Assert.Empty(
            from file in Tree.Files("src/Modules", ".cs")
            where File.ReadAllText(Tree.Path(file)).Contains(".Map", StringComparison.Ordinal) && !file.EndsWith("Module.cs", StringComparison.Ordinal)
            where !mapped.Contains(file)
            select file);
    }

    private static IEnumerable<string> Paths() =>
        InBackticks().Matches(File.ReadAllText(Tree.Path("docs/features.md"))).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"`((?:src|tests|bench|docs|bin)/[^`\s]+)`")]
    private static partial Regex InBackticks();

    [GeneratedRegex(@"^## (\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
