using System.Text.RegularExpressions;

namespace Tccc.House.Tests;

/// <summary>
/// What a comment or a page cites can be looked up. Routes that pages name: tests/Tccc.Web/DocsTests.cs, which asks the running server.
/// </summary>
public partial class DocsTests
{
    [Fact, Trait("Case", "F-E4")]
    public void Every_heading_that_is_cited_stands_where_it_is_said_to() =>
        Assert.Empty(
            from file in Sources()
            // a comment may break anywhere
            from Match cited in Citation().Matches(CommentBreak().Replace(File.ReadAllText(Tree.Path(file)), " "))
            where !Stands(cited.Groups["page"].Value, cited.Groups["number"].Value, cited.Groups["words"].Value)
            select $"{file}: {cited.Value}");

    [Theory, Trait("Case", "F-E4")]
    [InlineData("nowhere.md", "", "Settings")]
    [InlineData("operations.md", "", "Ports and settings")]
    [InlineData("product.md", "2", "Sign-in ways")]
    public void A_planted_citation_of_nothing_is_found(string page, string number, string words) =>
        Assert.False(Stands(page, number, words));

    [Fact, Trait("Case", "F-E4")]
    public void Every_path_of_ours_that_a_page_names_is_there() =>
        Assert.Empty(
            from file in Tree.Files(".", ".md")
            from Match path in OurPath().Matches(File.ReadAllText(Tree.Path(file)))
            let named = Tree.Path(path.Groups[1].Value)
            where !File.Exists(named) && !Directory.Exists(named)
            select $"{file}: {path.Value}");

    [Fact, Trait("Case", "F-E4")]
    public void Everything_in_the_data_folder_is_told_to_who_makes_a_copy_of_it()
    {
        var told = Regex.Match(File.ReadAllText(Tree.Path("docs/operations.md")), "^## Data folder$.*?(?=^## )",
            RegexOptions.Multiline | RegexOptions.Singleline).Value;
        var kept = Tree.Files("src", ".cs").SelectMany(file => Kept().Matches(File.ReadAllText(Tree.Path(file))))
            .Select(m => m.Groups[1].Value);
        Assert.Empty(
            kept.Where(
                name => !told.Contains($"`{name}`", StringComparison.Ordinal) && !told.Contains($"`{name}/`", StringComparison.Ordinal)));
    }

    [Fact, Trait("Case", "F-E4")]
    public void Every_link_of_a_page_leads_to_a_file() =>
        Assert.Empty(
            from file in Tree.Files(".", ".md")
            from Match link in Link().Matches(File.ReadAllText(Tree.Path(file)))
            let target = Path.Combine(Path.GetDirectoryName(Tree.Path(file))!, link.Groups[1].Value)
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{file}: {link.Value}");

    private static IEnumerable<string> Sources() =>
        from folder in (string[])["src", "tests", "bench", "docs", "bin"]
        from file in Tree.Files(folder, ".cs", ".razor", ".js", ".css", ".md", ".sh")
        select file;

    // the product's own description is told by its headings in features.md
    private static bool Stands(string page, string number, string words)
    {
        var path = page switch { "README.md" => page, "product.md" => "docs/features.md", _ => "docs/" + page };
        if (!File.Exists(Tree.Path(path))) return false;
        var text = File.ReadAllText(Tree.Path(path));
        if (number.Length > 0)
            text = Regex.Match(text, $@"^## {number}\. .*?(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline).Value;
        var named = Regex.Escape(words).Replace(@"\ ", @"\s+");
        return Regex.IsMatch(text, $@"^#+ (\d+\. )?{named}$|\*\*{named}[.:]?\*\*", RegexOptions.Multiline | RegexOptions.IgnoreCase);
    }

    [GeneratedRegex(@"(?<page>[\w-]+\.md)( §(?<number>\d+))?,? «(?<words>[^»]+)»")]
    private static partial Regex Citation();

    // a name in capitals stands for any
    [GeneratedRegex(@"`((?:src|tests|bench|docs|bin|\.ci)/(?![^`]*[A-Z]{4})[^`\s*…<>{]+)`")]
    private static partial Regex OurPath();

    [GeneratedRegex("""(?:data|folder|DataFolder>\(\))\["([^"]+)"[\],]""")]
    private static partial Regex Kept();

    [GeneratedRegex(@"\n\s*//+ ")]
    private static partial Regex CommentBreak();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
