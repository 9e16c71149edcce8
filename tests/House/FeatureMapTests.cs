using System.Text.RegularExpressions;

namespace Tccc.House.Tests;

/// <summary>
/// docs/features.md leads from a feature to its folders, a room's README from there to its use cases; neither may lead astray.
/// </summary>
public partial class FeatureMapTests
{
    private const int Headings = 18;

    [Fact]
    public void Every_path_in_the_feature_map_exists_and_is_a_folder() =>
        Assert.Empty(
            Paths().Where(path => !Directory.Exists(Tree.Path(path)) && !path.StartsWith("tests/House/", StringComparison.Ordinal)));

    [Fact]
    public void Every_heading_of_the_product_is_in_the_feature_map()
    {
        var page = File.ReadAllText(Tree.Path("docs/features.md"));
        Assert.Equal(Enumerable.Range(1, Headings), Heading().Matches(page).Select(m => int.Parse(m.Groups[1].Value, null)));
    }

    [Fact]
    public void Every_room_of_the_modules_is_in_the_feature_map() =>
        Assert.Empty(Rooms().Where(room => !Paths().Any(path => path == room || path.StartsWith(room + "/", StringComparison.Ordinal))));

    [Fact, Trait("Case", "F-E4")]
    public void Every_use_case_is_listed_in_the_README_of_its_room_and_nowhere_twice() =>
        Assert.Empty(
            from room in Rooms()
            let words = Word().Matches(File.ReadAllText(Tree.Path(room + "/README.md"))).Select(m => m.Value).ToLookup(word => word)
            from file in Tree.Files(room, ".cs")
            where MapsRoutes(file)
            let name = Path.GetFileNameWithoutExtension(file)
            where words[name].Count() != 1
            select $"{file} is named {words[name].Count()} times in {room}/README.md");

    internal static bool MapsRoutes(string file) =>
        !file.EndsWith("Module.cs", StringComparison.Ordinal) && Maps().IsMatch(File.ReadAllText(Tree.Path(file)));

    internal static IEnumerable<string> Rooms() =>
        Tree.Files("src/Modules", ".csproj").Select(project => Path.GetDirectoryName(project)!.Replace('\\', '/'));

    private static IEnumerable<string> Paths() =>
        InBackticks().Matches(File.ReadAllText(Tree.Path("docs/features.md"))).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"`((?:src|tests|bench|docs|bin)/[^`\s]+)`")]
    private static partial Regex InBackticks();

    [GeneratedRegex(@"\.Map(Get|Post|Put|Delete)\(")]
    private static partial Regex Maps();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^## (\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
