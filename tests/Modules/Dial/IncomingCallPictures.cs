using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>The ring bar in both languages: a known caller, a withheld number, a call for a desk phone.</summary>
public class IncomingCallPictures
{
    [Theory]
    [InlineData("en", "known", "13800138000", "Sales", null)]
    [InlineData("zh-CN", "known", "13800138000", "Sales", null)]
    [InlineData("en", "withheld", "", "Sales", null)]
    [InlineData("zh-CN", "withheld", "", "Sales", null)]
    [InlineData("en", "desk-phone", "<b>1</b>", null, "8001")]
    [InlineData("zh-CN", "desk-phone", "<b>1</b>", null, "8001")]
    public async Task It_is_drawn_as_it_was(string language, string what, string customer, string? group, string? deskPhone) =>
        Pictures.Match(
            (await Drawing.Of<IncomingCall>(language, IncomingCallTests.Offer(customer, group, deskPhone))).Html,
            $"IncomingCall.{what}.{language}");
}
