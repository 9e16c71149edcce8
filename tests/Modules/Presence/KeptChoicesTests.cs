using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;

namespace Tccc.Presence.Tests;

/// <summary>The state menu is kept for all who see the same, and for nobody else.</summary>
public sealed class KeptChoicesTests : IAsyncLifetime
{
    private TestCenter center = null!;

    public async Task InitializeAsync() =>
        center = await TestCenter.Start(builder => builder.Services.AddPresence(), app => new PresenceModule().AddRoutes(app), seed =>
        {
            seed.Rows.Add(new BreakReason { Id = 2, Center = TestCenter.Other, Name = "Training" });
            return Task.CompletedTask;
        });

    public async Task DisposeAsync() => await center.DisposeAsync();

    [Fact]
    public async Task Agents_who_see_the_same_share_one_menu_under_their_own_names()
    {
        var (amy, bob) = (await Menu(TestCenter.Amy), await Menu(TestCenter.Bob));
        Assert.Contains(">Amy</p>", amy, StringComparison.Ordinal);
        Assert.Contains(">Bob</p>", bob, StringComparison.Ordinal);
        Assert.Equal(1, center.Get<KeptChoices>().Count);
    }

    [Fact]
    public async Task Nobody_gets_the_menu_of_another_center_language_or_state()
    {
        await center.Online(TestCenter.Bob);
        for (var again = 0; again < 2; again++)
        {
            Shows(await Menu(TestCenter.Amy), "Meeting", "Online");
            Shows(await Menu(TestCenter.Nora), "Training", "Online");
            Shows(await Menu(TestCenter.Amy, "zh-CN"), "会议", "上线");
            Shows(await Menu(TestCenter.Nora, "zh-CN"), "培训", "上线");
            Shows(await Menu(TestCenter.Bob), "Meeting", "Offline");
        }
        Assert.Equal(5, center.Get<KeptChoices>().Count);
    }

    [Fact]
    public async Task The_mark_follows_what_is_chosen()
    {
        await center.Online(TestCenter.Amy);
        foreach (var (
            choice, id) in new[] { (Choice.NotReady, "state-not-ready"), (Choice.Break("Meeting"), "state-break-0"),
            (Choice.Available, "state-available"), (Choice.NotReady, "state-not-ready") })
        {
            Assert.True((await center.Get<Dispatch>().Choose(TestCenter.Amy, choice, ChangedBy.Agent)).Ok);
            var menu = await Menu(TestCenter.Amy);
            Assert.Equal(
                id, Assert.Single(
                    Choices,
                    c => menu[menu.IndexOf($"\"{c}\"", StringComparison.Ordinal)..].Split('>')[0]
                        .Contains("aria-pressed=\"true\"", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_reason_that_an_administrator_changed_shows_at_once()
    {
        Shows(await Menu(TestCenter.Amy), "Meeting", "Online");
        await center.Get<Writer>().Write(async db => (await db.FindAsync<BreakReason>(1L))!.Name = "Training");
        await center.Get<Centers>().Reload(TestCenter.Center);
        Shows(await Menu(TestCenter.Amy), "Training", "Online");
    }

    [Fact]
    public async Task Not_more_are_kept_than_there_is_room_for()
    {
        var kept = center.Get<KeptChoices>();
        for (var i = 0; i <= KeptChoices.AtMost; i++)
            Shows((await kept.Of(new([$"Reason {i}"], null, false), Languages.English)).Value, $"Reason {i}", "Offline");
        Assert.Equal(1, kept.Count);
    }

    private static readonly string[] Choices = ["state-available", "state-not-ready", "state-break-0", "state-offline"];

    private static readonly string[] Words = ["Meeting", "Training", "会议", "培训", "Online", "Offline", "上线", "下线"];

    // of all these words it shows the named and no other
    private static void Shows(string menu, params string[] words) =>
        Assert.Equal(
            words.Order(), Words.Union(words).Where(word => menu.Contains($"</span>{word}</button>", StringComparison.Ordinal)).Order());

    private async Task<string> Menu(AgentId agent, string language = "en") => WebUtility.HtmlDecode(await center.Get<Fragments>().Render(
        AgentStateFragment.Id,
        new(agent, center.Get<Centers>().Agent(agent)!.Center, language == "en" ? Languages.English : Languages.Chinese)));
}
