using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

/// <summary>The checklist counts as done what a caller finds done; it looks at a whole center, so it has a server of its own.</summary>
public sealed class ShowStartTests(Site site) : IClassFixture<Site>
{
    [Fact]
    [Trait("Case", "F-D10")]
    public async Task A_number_counts_when_somebody_may_answer_it()
    {
        using var ada = await Administrator.Of(site, "starter@test.example");
        var empty = await ada.NewGroup(1, "Empty");
        var number = new Number
        {
            Id = site.Services.GetRequiredService<IdSource>().Next<NumberId>(), Center = site.North.Id, Digits = "95510001",
            Entry = NumberEntry.Flow,
        };
        await Change(db => db.Add(number));
        Assert.False(await NumberIsDone(ada));

        await ada.NewGroup(2, "Staffed", ($"Levels[{ada.Me.Id}]", "3"));
        await Lead(NumberEntry.Group, empty.Id, null);
        Assert.False(await NumberIsDone(ada));

        var disabled = await site.NewAgent("disabled@test.example");
        await Lead(NumberEntry.Agent, null, disabled.Id);
        Assert.True(await NumberIsDone(ada));
        await ada.Visitor.Htmx(HttpMethod.Put, $"/admin/people/{disabled.Id}/disabled", "/admin/people");
        Assert.False(await NumberIsDone(ada));

        await Lead(NumberEntry.Group, ada.Center.Groups.Values.Single(g => g.Name == "Staffed").Id, null);
        Assert.True(await NumberIsDone(ada));

        Task Lead(NumberEntry entry, GroupId? group, AgentId? agent) => Change(db =>
        {
            (number.Entry, number.Group, number.Agent) = (entry, group, agent);
            db.Update(number);
        });
    }

    private async Task Change(Action<TcccDb> change)
    {
        await site.Services.GetRequiredService<Writer>().Write(db => { change(db); return Task.CompletedTask; });
        await site.Services.GetRequiredService<Centers>().Reload(site.North.Id);
    }

    private static async Task<bool> NumberIsDone(Administrator ada) =>
        (await ada.Visitor.Get("/admin")).Page.QuerySelector("[data-step=number]")!.ClassList.Contains("is-done");
}
