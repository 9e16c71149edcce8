using System.Globalization;
using System.Text.RegularExpressions;

namespace Tccc.Web.Tests;

/// <summary>The stylesheet's parts: one file a part of the page, and colours that can be read; WCAG 2.2 §1.4.3.</summary>
public sealed partial class StyleTests
{
    /// <summary>Of text against its ground; a little more than WCAG's 4.5, because screens differ.</summary>
    private const double Least = 4.6;

    private const int LinesAtMost = 200;

    private static readonly string Styles = Path.Combine(FindRoot(), "src/Tccc.Web/styles");

    [Theory]
    [Trait("Case", "F-D14")]
    [InlineData("light")]
    [InlineData("dark")]
    public void Every_state_colour_can_be_read_on_every_ground_it_stands_on(string theme)
    {
        var tokens = Tokens(theme);
        string[] states = ["available", "not-ready", "break", "busy", "wrap-up", "offline"];
        string[] grounds = ["surface", "surface-2", "raised", "canvas"];
        var faint = states.SelectMany(state => grounds.Append(state + "-soft").Select(ground => (state, ground)))
            .Concat(from ink in (string[])["ink", "ink-2", "ink-3", "accent-ink"] from ground in grounds select (ink, ground))
            .Select(pair => (Pair: pair, Contrast: Contrast(tokens[pair.Item1], tokens[pair.Item2])))
                .Where(found => found.Contrast < Least);
        Assert.Empty(faint);
    }

    [Fact]
    [Trait("Case", "F-E9")]
    public void Every_part_of_the_stylesheet_is_short_enough_to_know()
    {
        var parts = System.IO.Directory.GetFiles(Styles, "*.css");
        Assert.InRange(parts.Length, 10, 40);
        Assert.All(parts, part => Assert.InRange(File.ReadAllLines(part).Length, 1, LinesAtMost));
    }

    private static Dictionary<string, string> Tokens(string theme)
    {
        var text = File.ReadAllText(Path.Combine(Styles, "tokens.css"));
        var dark = text.IndexOf("[data-bs-theme=\"dark\"]", StringComparison.Ordinal);
        return Token().Matches(theme == "light" ? text[..dark] : text[dark..])
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            var part = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return part <= 0.03928 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Part(0)) + (0.7152 * Part(2)) + (0.0722 * Part(4));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tccc.sln"))) folder = folder.Parent;
        return folder!.FullName;
    }

    [GeneratedRegex("--([a-z0-9-]+): #([0-9a-f]{6});")]
    private static partial Regex Token();
}
