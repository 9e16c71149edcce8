using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>The keypad as it is drawn; product.md §5.</summary>
public class KeypadTests
{
    private static async Task<Drawing> Draw(string language, CallPhase phase = CallPhase.Talking) => await Drawing.Of<CurrentCall>(
        language, new CurrentCallModel(CurrentCallTests.Talking with { Phase = phase }, "Sales", null, [], CurrentCallTests.Now));

    [Theory]
    [InlineData("en", "Keypad", "Extension", "Send")]
    [InlineData("zh-CN", "输入号码", "分机号", "发送")]
    public async Task Its_button_opens_a_dialog_of_its_name_with_all_keys_and_a_box_for_an_extension(
        string language, string name, string extension, string send)
    {
        var panel = await Draw(language);
        var dialog = panel.One("[role=dialog]");
        Assert.Equal(name, Drawing.NameOf(dialog));
        Assert.Equal(dialog.Id, panel.Button(name).GetAttribute("popovertarget"));
        Assert.Equal("123456789*0#", string.Concat(dialog.QuerySelectorAll(".keypad-key").Select(Drawing.NameOf)));
        Assert.All(dialog.QuerySelectorAll(".keypad-key"), key => Assert.Equal(Drawing.NameOf(key), key.GetAttribute("value")));
        Assert.All(dialog.QuerySelectorAll("[hx-post]"), sends => Assert.Equal("/calls/42/digits", sends.GetAttribute("hx-post")));
        var box = panel.One("[role=dialog] input");
        Assert.Equal(extension, panel.One($"label[for={box.Id}]").TextContent);
        Assert.Equal("32", box.GetAttribute("maxlength"));
        Assert.Equal(send, Drawing.NameOf(panel.One("[role=dialog] button[type=submit]")));
    }

    [Fact]
    public async Task What_is_typed_leaves_a_second_after_the_last_key_or_on_Enter() =>
        Assert.Equal("input delay:1s, submit", (await Draw("en")).One("[role=dialog] form").GetAttribute("hx-trigger"));

    [Theory]
    [InlineData(CallPhase.Talking, true)]
    [InlineData(CallPhase.Held, true)]
    [InlineData(CallPhase.Connecting, false)]
    [InlineData(CallPhase.Interrupted, false)]
    public async Task It_opens_in_a_call_that_is_up(CallPhase phase, bool opens) =>
        Assert.Equal(opens, !(await Draw("en", phase)).Button("Keypad").HasAttribute("disabled"));
}
