using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tccc.Web.Tests;

/// <summary>What the sources promise to readers of Chinese and to eyes that look for an icon.</summary>
public sealed partial class WordsTests
{
    [Fact]
    public void Every_word_of_the_pages_has_a_Chinese_text()
    {
        var missing = new List<string>();
        foreach (var project in Projects())
        {
            var translated = Resources(project).SelectMany(Keys).ToHashSet(StringComparer.Ordinal);
            missing.AddRange(
                Sources(project)
                    .SelectMany(
                        file => Words(file).Where(word => !translated.Contains(word))
                            .Select(word => $"{Path.GetRelativePath(Root, file)}: {word}")));
        }
        Assert.Empty(missing);
    }

    // an error is looked up in its own room, then in all others; what Sip and Media refuse reaches peers and logs, not pages
    [Fact]
    public void Every_refusal_has_a_Chinese_text()
    {
        var translated = Projects().SelectMany(Resources).SelectMany(Keys).ToHashSet(StringComparer.Ordinal);
        var missing = Projects().Where(p => Path.GetFileName(p) is not ("Sip" or "Media")).SelectMany(Sources)
            .SelectMany(file => Refusal().Matches(File.ReadAllText(file)).Select(m => Regex.Unescape(m.Groups[1].Value)))
            .Where(text => !translated.Contains(text));
        Assert.Empty(missing);
    }

    [Fact]
    public void No_translation_is_empty_or_loses_a_placeholder()
    {
        foreach (var (key, value) in Projects().SelectMany(Resources).SelectMany(Entries))
            Assert.True(
                value.Length > 0
                    && Placeholder().Matches(key).Select(m => m.Value).Order()
                        .SequenceEqual(Placeholder().Matches(value).Select(m => m.Value).Order()), $"{key} = {value}");
    }

    [Fact]
    public void Every_icon_is_in_the_sprite()
    {
        var named = File.ReadAllLines(Path.Combine(Root, "src/Tccc.Web/icons.txt")).ToHashSet(StringComparer.Ordinal);
        var used = Projects().SelectMany(p => System.IO.Directory.EnumerateFiles(p, "*.razor", SearchOption.AllDirectories))
            .SelectMany(file => IconName().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value));
        Assert.Empty(used.Where(name => !named.Contains(name)).Distinct());
    }

    [Fact]
    public void No_page_holds_inline_style_or_script()
    {
        var inline = Projects().SelectMany(p => System.IO.Directory.EnumerateFiles(p, "*.razor", SearchOption.AllDirectories))
            .Where(file => Inline().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Root, file));
        Assert.Empty(inline);
    }

    private static string Root { get; } = FindRoot();

    private static IEnumerable<string> Projects() =>
        System.IO.Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(p => Path.GetDirectoryName(p)!);

    private static IEnumerable<string> Sources(string project) =>
        System.IO.Directory.EnumerateFiles(project, "*.*", SearchOption.AllDirectories)
        .Where(f =>
            Path.GetExtension(f) is ".razor" or ".cs" && !f.Contains("/obj/", StringComparison.Ordinal)
                && !f.Contains("/node_modules/", StringComparison.Ordinal));

    private static IEnumerable<string> Resources(string project) =>
        System.IO.Directory.EnumerateFiles(project, "*.zh-CN.resx", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    private static IEnumerable<(string Key, string Value)> Entries(string resource) =>
        XDocument.Load(resource).Root!.Elements("data").Select(d => (d.Attribute("name")!.Value, d.Element("value")!.Value));

    private static IEnumerable<string> Keys(string resource) => Entries(resource).Select(e => e.Key);

    private static IEnumerable<string> Words(string file) =>
        Localised().Matches(File.ReadAllText(file)).Select(m => Regex.Unescape(m.Groups[1].Value));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tccc.sln"))) folder = folder.Parent;
        return folder!.FullName;
    }

    [GeneratedRegex("""\b[Tt](?:exts)?\["((?:[^"\\]|\\.)+)"[\],]""")]
    private static partial Regex Localised();

    [GeneratedRegex("""Error\(ErrorKind\.\w+,\s*"((?:[^"\\]|\\.)+)"[),]""")]
    private static partial Regex Refusal();

    [GeneratedRegex("""\{\d\}""")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""(?:\bIcons\[|<Empty\s[^>]*?Icon=)"([a-z0-9-]+)\b""")]
    private static partial Regex IconName();

    [GeneratedRegex("""<[a-z][^>]*\s(?:style|on[a-z]+)="|<style|<script>""")]
    private static partial Regex Inline();
}
