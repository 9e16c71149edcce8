namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class ChangePersonTests(Site site)
{
    [Fact]
    [Trait("Case", "F-D12")]
    public async Task A_level_in_a_group_that_is_gone_is_refused_in_words()
    {
        using var ada = await Administrator.Of(site, "gone-group@test.example");
        var agent = await site.NewAgent("leveled@test.example");
        var refused = await ada.Save(
            $"/admin/people/{agent.Id}", $"/admin/people/{agent.Id}", ("Role", "Agent"), ("Nickname", "Leveled"), ("Levels[4711]", "3"));
        Assert.Equal(
            ["One of the groups does not exist any more. Reload the page."],
            refused.Page.QuerySelectorAll("form.sheet > .field-error").Select(e => e.TextContent.Trim()));
    }
}
