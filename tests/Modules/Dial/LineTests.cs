using AngleSharp.Dom;
using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>The line's words as they are drawn; product.md §4.</summary>
public class LineTests
{
    [Theory]
    [Trait("Case", "F-A1")]
    [InlineData(true, false, null, "true", "Line connecting")]
    [InlineData(true, true, null, "true", "Line ready")]
    [InlineData(false, false, null, "false", "")]
    [InlineData(true, true, "8001", "false", "Desk phone 8001")]
    [InlineData(true, false, "8001", "false", "Desk phone 8001 not registered")]
    public async Task The_page_keeps_a_line_while_the_agent_is_online_and_has_no_desk_phone(
        bool online, bool up, string? deskPhone, string wanted, string words)
    {
        var line = await Drawing.Of<Line>("en", new LineModel(online, up, deskPhone));
        Assert.Equal(wanted, line.Root.GetAttribute("data-wanted"));
        Assert.Equal(words, line.Document.QuerySelector(".line-state")?.TextContent.Trim() ?? "");
        if (deskPhone is not null) Assert.Equal(up ? "good" : "lost",
            line.Document.QuerySelector(".line-state")!.GetAttribute("data-quality"));
        foreach (var name in new[] { "line-lost", "microphone-refused", "microphone-none", "microphone-busy", "microphone-silent",
            "insecure-page" }) Assert.True(line.Has($"template[data-text={name}]"));
    }

    [Fact]
    public async Task A_line_on_which_nothing_comes_is_named_to_the_page()
    {
        var line = await Drawing.Of<Line>("en", new LineModel(true, true, null, new(77)));
        Assert.Equal("77", line.Root.GetAttribute("data-renew"));
        Assert.False((await Drawing.Of<Line>("en", new LineModel(true, true, null))).Root.HasAttribute("data-renew"));
    }
}
