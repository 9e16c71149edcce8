using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tccc.House.Tests;

/// <summary>What is declared for pages is used by them; that what they use is declared, the host's tests see to.</summary>
public partial class UnusedTests
{
    private static readonly string Sources =
        string.Join('\n', Tree.Files("src", ".cs", ".razor", ".js").Select(file => File.ReadAllText(Tree.Path(file))));

    /// <summary>A class that htmx itself sets.</summary>
    private const string OfHtmx = "htmx-request";

    [Fact]
    public void Every_icon_of_the_sprite_is_drawn() =>
        Assert.Empty(
            File.ReadLines(Tree.Path("src/Tccc.Web/icons.txt"))
                .Where(name => name.Length > 0 && !Sources.Contains($"\"{name}\"", StringComparison.Ordinal)));

    [Fact]
    public void Every_class_of_the_stylesheets_stands_in_a_page()
    {
        var words = Word().Matches(Sources).Select(word => word.Value).Append(OfHtmx).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(
            from file in Tree.Files("src/Tccc.Web/styles", ".css")
            from selector in Selector().Matches(Comment().Replace(File.ReadAllText(Tree.Path(file)), ""))
            from name in Class().Matches(selector.Value)
            where !words.Contains(name.Groups[1].Value)
            select $"{file}: {name.Value}");
    }

    [Fact]
    public void Every_Chinese_text_is_of_a_sentence_that_is_said() =>
        Assert.Empty(
            from file in Tree.Files("src", ".zh-CN.resx")
            from key in XDocument.Load(Tree.Path(file)).Root!.Elements("data").Select(text => text.Attribute("name")!.Value)
            // a limit in a sentence comes from its constant
            where !key.Any(char.IsAsciiDigit) || key.Contains('{', StringComparison.Ordinal)
            where !Sources.Contains($"\"{key.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", StringComparison.Ordinal)
            select $"{file}: {key}");

    [Fact]
    public void No_sentence_is_translated_twice_in_one_room() =>
        Assert.Empty(
            from file in Tree.Files("src", ".zh-CN.resx")
            from twice in XDocument.Load(Tree.Path(file)).Root!.Elements("data").GroupBy(text => text.Attribute("name")!.Value)
            where twice.Count() > 1
            select $"{file}: {twice.Key}");

    [GeneratedRegex("[a-z][a-z0-9-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[^{}]+(?=\{)")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\.([a-z][a-z0-9-]*)")]
    private static partial Regex Class();
}
