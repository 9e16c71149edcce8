using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class SaveGroupTests(Site site)
{
    [Fact]
    public async Task A_loop_of_overflow_groups_is_refused_and_the_chain_is_named()
    {
        using var ada = await Administrator.Of(site, "loop@test.example");
        var a = await ada.NewGroup(101, "Loop A");
        var b = await ada.NewGroup(102, "Loop B", ("WhenWaitedTooLong", "AnnounceAndHangUp"));
        var c = await ada.NewGroup(103, "Loop C");
        await ada.Save($"/admin/groups/{a.Id}", $"/admin/groups/{a.Id}", Administrator.Group(101, "Loop A", "OtherGroup", b.Id.ToString()));
        await ada.Save($"/admin/groups/{b.Id}", $"/admin/groups/{b.Id}", Administrator.Group(102, "Loop B", "OtherGroup", c.Id.ToString()));
        var refused =
            await ada.Save(
                $"/admin/groups/{c.Id}", $"/admin/groups/{c.Id}", Administrator.Group(103, "Loop C", "OtherGroup", a.Id.ToString()));
        Assert.Contains("Loop C → Loop A → Loop B → Loop C", refused.At("OverflowGroup"), StringComparison.Ordinal);
        Assert.Null(ada.Center.Groups[c.Id].Group.OverflowGroup);
        var self =
            await ada.Save(
                $"/admin/groups/{c.Id}", $"/admin/groups/{c.Id}", Administrator.Group(103, "Loop C", "OtherGroup", c.Id.ToString()));
        Assert.Contains("Loop C → Loop C", self.At("OverflowGroup"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RingSeconds", "4", "Enter 5 to 60 seconds.")]
    [InlineData("RingSeconds", "61", "Enter 5 to 60 seconds.")]
    [InlineData("RingSeconds", "abc", "Enter 5 to 60 seconds.")]
    [InlineData("LongestWaitSeconds", "-1", "Enter 10 to 7200 seconds.")]
    [InlineData("Number", "0", "Enter a whole number from 1 to 999999.")]
    [InlineData("Name", "  ", "Enter a name of at most 50 characters.")]
    [InlineData("Strategy", "Whoever", "Choose one from the list.")]
    public async Task A_wrong_field_of_a_group_says_so_at_the_field(string field, string typed, string sentence)
    {
        using var ada = await Administrator.Of(site, $"field-{field}-{typed.Trim()}@test.example");
        var refused =
            await ada.Save(
                "/admin/groups/new", "/admin/groups", [.. Administrator.Group(150, "Field").Where(f => f.Item1 != field), (field, typed)]);
        Assert.Equal(sentence, refused.At(field));
        Assert.DoesNotContain(ada.Center.Groups.Values, g => g.Group.Number == 150);
    }

    [Fact, Trait("Case", "F-C12")]
    public async Task One_member_who_stands_there_twice_counts_once()
    {
        using var ada = await Administrator.Of(site, "member-twice@test.example");
        var group = await ada.NewGroup(1230, "Member twice", ($"Levels[{ada.Me.Id}]", "1"), ($"Levels[0{ada.Me.Id}]", "2"));
        Assert.Equal(ada.Me.Id, Assert.Single(group.Members).Agent);
    }

    [Fact]
    [Trait("Case", "F-D12")]
    public async Task Somebody_who_left_meanwhile_is_said_above_the_form_once_for_no_field_is_theirs()
    {
        using var ada = await Administrator.Of(site, "left-meanwhile@test.example");
        var group = await ada.NewGroup(123, "Left meanwhile");
        var refused = await ada.Save(
            $"/admin/groups/{group.Id}", $"/admin/groups/{group.Id}",
            [.. Administrator.Group(123, "Left meanwhile"), ("Levels[4711]", "3"), ("Levels[4712]", "3")]);
        Assert.Equal(
            ["Somebody in the list is not in this center any more. Reload the page."],
            refused.Page.QuerySelectorAll("form.sheet > .field-error").Select(e => e.TextContent.Trim()));
    }

    [Fact]
    public async Task What_the_form_does_not_show_stays_as_it_is()
    {
        using var ada = await Administrator.Of(site, "not-shown@test.example");
        var group = await ada.NewGroup(124, "Not shown");
        await site.Services.GetRequiredService<Writer>().Write(db => db.Set<SkillGroup>().Where(g => g.Id == group.Id)
            .ExecuteUpdateAsync(g => g.SetProperty(r => r.Channels, Channels.Phone | Channels.Video)));
        await ada.Save($"/admin/groups/{group.Id}", $"/admin/groups/{group.Id}", Administrator.Group(124, "Not shown, saved"));
        Assert.Equal(
            ("Not shown, saved", Channels.Phone | Channels.Video),
            (ada.Center.Groups[group.Id].Name, ada.Center.Groups[group.Id].Group.Channels));
    }
}
