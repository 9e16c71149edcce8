using Tccc.Acd;
using Tccc.Modules.Tests;

namespace Tccc.Presence.Tests;

/// <summary>The state menu in every state and both languages.</summary>
public class StateMenuPictures
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, AgentState> All()
    {
        var all = new TheoryData<string, AgentState>();
        foreach (var language in (string[])["en", "zh-CN"])
            foreach (var state in Enum.GetValues<AgentState>()) all.Add(language, state);
        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_drawn_as_it_was(string language, AgentState state)
    {
        var agent = new StateModel("Amy", state, Now.AddSeconds(-75), StateReason.Chosen, null, null, null, default, 3, Now);
        var choices = await Drawing.Of<Choices>(language, ChoicesModel.Of(["Meeting", "Training", "Lunch Break"], agent.State, agent.BreakReason, agent.Next));
        Pictures.Match((await Drawing.Of<StateMenu>(language, agent with { Choices = new(choices.Html) })).Html, $"StateMenu.{state}.{language}");
    }
}
