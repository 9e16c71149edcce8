using AngleSharp.Dom;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>«Why not me?»; product.md §4.</summary>
public sealed class WhyNotMeTests : DialCenter
{
    [Theory]
    [InlineData("en", "You were Not ready.")]
    [InlineData("zh-CN", "您处于示忙。")]
    public async Task Why_not_me_tells_the_agents_own_rule_and_nothing_of_others(string language, string sentence)
    {
        await center.Online(TestCenter.Amy);
        await center.Online(TestCenter.Bob);
        await Dispatch.Choose(TestCenter.Bob, Choice.NotReady, ChangedBy.Agent);
        var caller = center.Caller();
        await center.Rings(TestCenter.Amy);
        using var reader = await center.As(TestCenter.Bob, language);
        foreach (var path in new[] { $"/waiting/{caller.Id}/why-not-me", "/why-not-me" })
        {
            var words = (await Page(reader, path)).Body!.TextContent;
            Assert.Contains(sentence, words, StringComparison.Ordinal);
            Assert.DoesNotContain("Amy", words, StringComparison.Ordinal);
            Assert.DoesNotContain("13800138000", words, StringComparison.Ordinal);
        }
        await Refused(await nora.GetAsync(At($"/waiting/{caller.Id}/why-not-me")), "This customer is no longer waiting");
        Assert.DoesNotContain(
            "You", (await Page(nora, "/why-not-me")).QuerySelector(".why-lines")?.TextContent ?? "", StringComparison.Ordinal);
    }
}
