using Tccc.Platform;

namespace Tccc.Platform.Tests;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Amy")]
    [InlineData("  Amy  ")]
    [InlineData("\u5F20\u4F1F")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\uD83D\uDC68\u200D\uD83D\uDCBB")]
    [InlineData("")]
    [InlineData(null)]
    public void What_people_are_called_is_taken(string? typed) => Assert.Null(PlainText.Fault(typed, 50));

    [Theory]
    [Trait("Case", "F-C14")]
    [InlineData("a\u0001b")]
    [InlineData("a\nb")]
    [InlineData("\u202Eymа")]
    [InlineData("Amy\u2066")]
    [InlineData("A\u200Bmy")]
    [InlineData("\u00AD")]
    [InlineData("\uFEFFAmy")]
    [InlineData("\u200D\u200D")]
    [InlineData("\u3164")]
    [InlineData("\u2800\u2800")]
    [InlineData("\uE000")]
    public void What_can_not_be_seen_or_turns_the_text_is_refused(string typed) => Assert.NotNull(PlainText.Fault(typed, 50));

    [Fact]
    public void It_is_stored_trimmed_and_in_one_form()
    {
        Assert.Equal("\u00E9", PlainText.Of(" e\u0301 "));
        Assert.Null(PlainText.Of(" \u3000 "));
        Assert.Equal("Enter at most 3 characters.", PlainText.Fault("abcd", 3));
        Assert.Null(PlainText.Fault(" abc ", 3));
        // half a sign: xunit would not carry it into a theory
        Assert.NotNull(PlainText.Fault("a" + (char)0xD83D, 50));
        Assert.Null(PlainText.Fault("a\r\nb\tc", 50, lines: true));
    }
}
