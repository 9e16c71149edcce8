using System.Text.RegularExpressions;

namespace Tccc.House.Tests;

/// <summary>What docs/style.md holds to and the compiler does not see.</summary>
public partial class SourceTests
{
    private const int CodeCeiling = 450;

    /// <summary>.editorconfig's max_line_length.</summary>
    private const int Columns = 140;

    [Fact]
    public void Chinese_stands_in_resources_only() =>
        Assert.Empty(
            Tree.Files("src", ".cs", ".razor", ".js").Where(f => Chinese().IsMatch(File.ReadAllText(Tree.Path(f))))
                .Where(f => !f.Contains("/Demo/")));

    [Fact]
    public void No_file_of_code_is_over_its_ceiling() =>
        Assert.Empty(
            from file in Tree.Files("src", ".cs", ".razor", ".js")
            where !file.Contains("/Migrations/")
            let lines = File.ReadLines(Tree.Path(file)).Count()
            where lines > CodeCeiling
            select $"{file}: {lines}");

    [Fact]
    [Trait("Case", "F-E9")]
    public void No_line_of_code_is_wider_than_the_page_but_for_a_text_that_can_not_be_broken() =>
        Assert.Empty(
            from file in Tree.Files(".", ".cs")
            where !file.Contains("/Migrations/")
            // of a text in three quotes every line is as long as it is
            from line in RawText().Replace(File.ReadAllText(Tree.Path(file)), "").Split('\n')
            where line.Length > Columns && Text().Replace(line, "").Length > Columns
            select $"{file}: {line.Trim()}");

    [Fact]
    public void A_form_names_its_address_which_a_pushed_fragment_can_not_find_out() =>
        Assert.Empty(
            from file in Tree.Files("src", ".razor")
            from line in File.ReadLines(Tree.Path(file))
            where line.Contains("<form", StringComparison.Ordinal) && !line.Contains(" action=", StringComparison.Ordinal)
            select $"{file}: {line.Trim()}");

    [Fact]
    public void No_test_is_skipped() =>
        Assert.Empty(Tree.Files("tests", ".cs").Where(f => SkippedTest().IsMatch(File.ReadAllText(Tree.Path(f)))));

    [Fact]
    public void Every_room_has_a_short_readme() =>
        Assert.Empty(
            from project in Tree.Files("src", ".csproj")
            let readme = Path.Combine(Path.GetDirectoryName(project)!, "README.md")
            where !File.Exists(Tree.Path(readme)) || File.ReadLines(Tree.Path(readme)).Count() > 25
            select readme + " is missing or longer than 25 lines");

    [Fact]
    [Trait("Case", "F-E5")]
    public void Walks_draw_members_of_an_enum_from_all_there_are() =>
        Assert.Empty(
            from file in Tree.Files("tests", ".cs")
            from line in File.ReadLines(Tree.Path(file))
            where CountedDraw().IsMatch(line)
            select $"{file}: {line.Trim()}");

    [GeneratedRegex("""
        ("{3,})(?!").*?\1
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex RawText();

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Text();

    [GeneratedRegex(@"\([A-Z]\w*\)\s*\w+\.(Next|Below)\(")]
    private static partial Regex CountedDraw();

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\bSkip\s*=\s*""")]
    private static partial Regex SkippedTest();
}
