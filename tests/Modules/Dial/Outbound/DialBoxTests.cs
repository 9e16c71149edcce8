using AngleSharp.Dom;
using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>The dial box as it is drawn; product.md §3 and §5.</summary>
public class DialBoxTests
{
    [Theory]
    [InlineData("en", "Number to call", "Call, Internal call")]
    [InlineData("zh-CN", "外呼号码", "呼叫, 内线呼叫")]
    public async Task It_is_a_field_and_a_button_with_the_contract_s_names(string language, string field, string buttons)
    {
        var box = await Drawing.Of<DialBox>(language, new DialBoxModel(["4000000001"]));
        Assert.Equal(field, Drawing.NameOf(box.One("input")));
        Assert.Equal(buttons.Split(", "), box.Buttons);
        Assert.False(box.Has("select"));
        Assert.False(box.Has("[role=alert]"));
    }

    [Theory]
    [InlineData("en", "Caller ID")]
    [InlineData("zh-CN", "主叫号码")]
    public async Task Of_several_numbers_the_agent_chooses_the_one_to_show(string language, string name)
    {
        var box = await Drawing.Of<DialBox>(language, new DialBoxModel(["4000000001", "4000000002"], CallerId: "4000000002"));
        Assert.Equal(name, Drawing.NameOf(box.One("select")));
        Assert.Equal(["4000000001", "4000000002"], box.Document.QuerySelectorAll("option").Select(o => o.TextContent));
        Assert.Equal("4000000002", box.One("option[selected]").TextContent);
    }
}
