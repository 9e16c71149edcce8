using Tccc.Acd;
using Tccc.Modules.Tests;

namespace Tccc.Presence.Tests;

/// <summary>The state menu in every state and both languages.</summary>
public class StateMenuPictures
{
    public static TheoryData<string, AgentState> All()
    {
        var all = new TheoryData<string, AgentState>();
        foreach (var language in (string[])["en", "zh-CN"])
            foreach (var state in Enum.GetValues<AgentState>()) all.Add(language, state);
        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_drawn_as_it_was(string language, AgentState state) =>
        Pictures.Match((await StateMenuTests.Draw(language, StateMenuTests.Agent(state))).Html, $"StateMenu.{state}.{language}");
}
