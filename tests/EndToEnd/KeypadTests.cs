using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>An agent in a real browser presses keys, and a real telephone at the other end gets them; product.md §5.</summary>
public sealed class KeypadTests : Scene
{
    [Fact]
    public async Task Keys_by_mouse_and_keyboard_and_a_whole_extension_reach_the_telephone_and_the_keypad_stays_through_pushes()
    {
        var amy = await Online("amy");
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
        await amy.Page.SetViewportSizeAsync(390, 844);

        await amy.Press("Keypad");
        var keypad = amy.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keypad", Exact = true });
        var extension = keypad.GetByRole(AriaRole.Textbox, new() { Name = "Extension" });
        await keypad.GetByRole(AriaRole.Button, new() { Name = "5", Exact = true }).ClickAsync();
        await keypad.GetByRole(AriaRole.Button, new() { Name = "#", Exact = true }).ClickAsync();
        await Got(caller, "5#");
        await amy.Page.Keyboard.TypeAsync("20*");
        await Got(caller, "5#20*");
        Assert.Equal("5#20*", await keypad.GetByRole(AriaRole.Status).TextContentAsync());

        // by Enter, by the button, and by themselves a second after the last
        await extension.FillAsync("1,2");
        await extension.PressAsync("Enter");
        await Got(caller, "5#20*12");
        await extension.FillAsync("33");
        await keypad.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Got(caller, "5#20*1233");
        await extension.PressSequentiallyAsync("44");
        await Got(caller, "5#20*123344");
        Assert.Equal("", await extension.InputValueAsync());

        // the panel is drawn anew while it is open, and what was refused stays typed
        await amy.Page.Keyboard.PressAsync("Alt+KeyO");
        await caller.HearsMusic();
        await extension.FillAsync("7");
        await extension.PressAsync("Enter");
        await amy.Page.GetByText("The customer is on hold. Resume the call, then send the keys.").WaitForAsync();
        await keypad.GetByRole(AriaRole.Button, new() { Name = "9", Exact = true }).FocusAsync();
        await amy.Page.Keyboard.PressAsync("Alt+KeyO");
        await caller.Hears(AgentsTone);
        Assert.True(await keypad.IsVisibleAsync());
        Assert.Equal("7", await extension.InputValueAsync());
        await extension.PressAsync("Enter");
        await Got(caller, "5#20*1233447");

        await amy.Page.Keyboard.PressAsync("Escape");
        await keypad.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.Equal("call-keypad", await amy.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        await amy.Page.Keyboard.PressAsync("Enter");
        await keypad.WaitForAsync();
        await amy.Page.Keyboard.PressAsync("8");
        await Got(caller, "5#20*12334478");
        await caller.HangUp();
        await keypad.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await amy.Is("Wrap-up");
    }

    private async Task<Workbench> Online(string account)
    {
        var agent = await Workbench.Open(chromium, server, account);
        await agent.LineIsUp();
        return agent;
    }

    private static Task Got(Baresip phone, string keys) => Until.Holds(
        $"the phone got {keys}", () => phone.Keys == keys, seen: () => $"It got {phone.Keys}\n{phone.Printed}");
}
