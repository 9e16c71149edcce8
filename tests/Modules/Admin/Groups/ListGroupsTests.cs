using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class ListGroupsTests(Site site)
{
    [Theory]
    [InlineData("en", "No members: nobody answers")]
    [InlineData("zh-CN", "无成员：来电无人接听")]
    public async Task A_group_with_no_members_is_marked_in_the_list(string language, string warning)
    {
        using var ada = await Administrator.Of(site, $"empty-{language}@test.example");
        var group = await ada.NewGroup(language == "en" ? 119 : 120, $"Empty {language}");
        string RowOf(Answer list) =>
            list.Page.QuerySelectorAll("#rows tbody tr")
                .Single(r => r.TextContent.Contains($"Empty {language}", StringComparison.Ordinal)).TextContent;
        Assert.Contains(warning, RowOf(await ada.Visitor.Get($"/admin/groups?lang={language}")), StringComparison.Ordinal);
        await ada.Save(
            $"/admin/groups/{group.Id}", $"/admin/groups/{group.Id}",
            [.. Administrator.Group(group.Group.Number, $"Empty {language}"), ($"Levels[{ada.Me.Id}]", "3")]);
        Assert.DoesNotContain(warning, RowOf(await ada.Visitor.Get($"/admin/groups?lang={language}")), StringComparison.Ordinal);
    }
}
