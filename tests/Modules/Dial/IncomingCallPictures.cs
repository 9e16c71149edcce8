using Tccc.Acd;
using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>The ring bar in both languages: a known caller, a withheld number, a call for a desk phone.</summary>
public class IncomingCallPictures
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en", "known", "13800138000", "Sales", null)]
    [InlineData("zh-CN", "known", "13800138000", "Sales", null)]
    [InlineData("en", "withheld", "", "Sales", null)]
    [InlineData("zh-CN", "withheld", "", "Sales", null)]
    [InlineData("en", "desk-phone", "<b>1</b>", null, "8001")]
    [InlineData("zh-CN", "desk-phone", "<b>1</b>", null, "8001")]
    public async Task It_is_drawn_as_it_was(string language, string what, string customer, string? group, string? deskPhone)
    {
        var model = new IncomingCallModel(
            new OfferView(new(77), new Contact(new(5), new(1), ContactKind.Call, customer, "4000000001", Now.AddSeconds(-4)), new(3), new(2), Now.AddSeconds(-4), Now.AddSeconds(16)),
            group, deskPhone, Now);
        Pictures.Match((await Drawing.Of<IncomingCall>(language, model)).Html, $"IncomingCall.{what}.{language}");
    }
}
