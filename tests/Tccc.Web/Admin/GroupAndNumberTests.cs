using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Web.Tests.Admin;

[Collection(AdminSite.Name)]
public sealed class GroupAndNumberTests(Site site)
{
    private static (string, string)[] Number(string digits, GroupId group, params (string, string)[] more) =>
        [("Digits", digits), ("Entry", "Group"), ("Group", group.ToString()), .. more];

    [Fact]
    public async Task A_loop_of_overflow_groups_is_refused_and_the_chain_is_named()
    {
        using var ada = await Administrator.Of(site, "loop@test.example");
        var a = await ada.NewGroup(101, "Loop A");
        var b = await ada.NewGroup(102, "Loop B", ("WhenWaitedTooLong", "AnnounceAndHangUp"));
        var c = await ada.NewGroup(103, "Loop C");
        await ada.Save($"/admin/groups/{a.Id}", $"/admin/groups/{a.Id}", Administrator.Group(101, "Loop A", "OtherGroup", b.Id.ToString()));
        await ada.Save($"/admin/groups/{b.Id}", $"/admin/groups/{b.Id}", Administrator.Group(102, "Loop B", "OtherGroup", c.Id.ToString()));
        var refused = await ada.Save($"/admin/groups/{c.Id}", $"/admin/groups/{c.Id}", Administrator.Group(103, "Loop C", "OtherGroup", a.Id.ToString()));
        Assert.Contains("Loop C → Loop A → Loop B → Loop C", refused.At("OverflowGroup"), StringComparison.Ordinal);
        Assert.Null(ada.Center.Groups[c.Id].Group.OverflowGroup);
        var self = await ada.Save($"/admin/groups/{c.Id}", $"/admin/groups/{c.Id}", Administrator.Group(103, "Loop C", "OtherGroup", c.Id.ToString()));
        Assert.Contains("Loop C → Loop C", self.At("OverflowGroup"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RingSeconds", "4", "Enter 5 to 60 seconds.")]
    [InlineData("RingSeconds", "61", "Enter 5 to 60 seconds.")]
    [InlineData("RingSeconds", "abc", "Enter 5 to 60 seconds.")]
    [InlineData("LongestWaitSeconds", "-1", "Enter 10 to 7200 seconds.")]
    [InlineData("Number", "0", "Enter a whole number from 1 to 999999.")]
    [InlineData("Name", "  ", "Enter a name of at most 50 characters.")]
    [InlineData("Strategy", "Whoever", "Choose one of the list.")]
    public async Task A_wrong_field_of_a_group_says_so_at_the_field(string field, string typed, string sentence)
    {
        using var ada = await Administrator.Of(site, $"field-{field}-{typed.Trim()}@test.example");
        var refused = await ada.Save("/admin/groups/new", "/admin/groups", [.. Administrator.Group(150, "Field").Where(f => f.Item1 != field), (field, typed)]);
        Assert.Equal(sentence, refused.At(field));
        Assert.DoesNotContain(ada.Center.Groups.Values, g => g.Group.Number == 150);
    }

    [Fact]
    public async Task A_group_that_a_number_leads_to_can_not_be_deleted_and_says_which()
    {
        using var ada = await Administrator.Of(site, "needed@test.example");
        var group = await ada.NewGroup(111, "Needed");
        await ada.Save("/admin/numbers/new", "/admin/numbers", Number("95511100", group.Id));
        var refused = await ada.Visitor.Delete($"/admin/groups/{group.Id}");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("95511100", refused.Alert, StringComparison.Ordinal);
        var number = ada.Center.Numbers["95511100"];
        await ada.Visitor.Delete($"/admin/numbers/{number.Id}");
        await ada.Visitor.Delete($"/admin/groups/{group.Id}");
        Assert.False(ada.Center.Groups.ContainsKey(group.Id));
    }

    [Fact]
    public async Task A_group_that_another_overflows_to_can_not_be_deleted_and_says_which()
    {
        using var ada = await Administrator.Of(site, "overflown@test.example");
        var target = await ada.NewGroup(116, "Target");
        var source = await ada.NewGroup(117, "Source that leads on");
        await ada.Save($"/admin/groups/{source.Id}", $"/admin/groups/{source.Id}", Administrator.Group(117, "Source that leads on", "OtherGroup", target.Id.ToString()));
        var refused = await ada.Visitor.Delete($"/admin/groups/{target.Id}");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Source that leads on", refused.Alert, StringComparison.Ordinal);
        Assert.True(ada.Center.Groups.ContainsKey(target.Id));
    }

    [Fact]
    public async Task A_group_in_which_somebody_waits_can_not_be_deleted_until_they_are_gone()
    {
        using var ada = await Administrator.Of(site, "waits@test.example");
        var group = await ada.NewGroup(118, "Waited for");
        var dispatch = site.Services.GetRequiredService<Dispatch>();
        var caller = new Contact(new(118_118), site.North.Id, ContactKind.Call, "13800138000", "95511800", TimeProvider.System.GetUtcNow());
        await Eventually(() => dispatch.See(group.Id) is not null);
        dispatch.Enqueue(caller, group.Id, atHead: true);
        await Eventually(() => dispatch.See(group.Id)!.Waiting == 1);
        var refused = await ada.Visitor.Delete($"/admin/groups/{group.Id}");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("1 callers wait in this group", refused.Alert, StringComparison.Ordinal);
        dispatch.Withdraw(caller.Id, site.North.Id);
        await Eventually(() => dispatch.See(group.Id)!.Waiting == 0);
        await ada.Visitor.Delete($"/admin/groups/{group.Id}");
        Assert.False(ada.Center.Groups.ContainsKey(group.Id));
    }

    [Theory]
    [InlineData("en", "Nobody: callers wait in vain")]
    [InlineData("zh-CN", "无成员：来电无人接听")]
    public async Task A_group_with_no_members_is_marked_in_the_list(string language, string warning)
    {
        using var ada = await Administrator.Of(site, $"empty-{language}@test.example");
        var group = await ada.NewGroup(language == "en" ? 119 : 120, $"Empty {language}");
        string RowOf(Answer list) => list.Page.QuerySelectorAll("#rows tbody tr").Single(r => r.TextContent.Contains($"Empty {language}", StringComparison.Ordinal)).TextContent;
        Assert.Contains(warning, RowOf(await ada.Visitor.Get($"/admin/groups?lang={language}")), StringComparison.Ordinal);
        await ada.Save($"/admin/groups/{group.Id}", $"/admin/groups/{group.Id}", [.. Administrator.Group(group.Group.Number, $"Empty {language}"), ($"Levels[{ada.Me.Id}]", "3")]);
        Assert.DoesNotContain(warning, RowOf(await ada.Visitor.Get($"/admin/groups?lang={language}")), StringComparison.Ordinal);
    }

    private static async Task Eventually(Func<bool> holds)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!holds()) await timer.WaitForNextTickAsync(late.Token);
    }

    [Fact]
    public async Task An_entry_to_a_deleted_group_is_refused()
    {
        using var ada = await Administrator.Of(site, "gone@test.example");
        var group = await ada.NewGroup(112, "Gone");
        await ada.Visitor.Delete($"/admin/groups/{group.Id}");
        var refused = await ada.Save("/admin/numbers/new", "/admin/numbers", Number("95511200", group.Id));
        Assert.Equal("This group does not exist any more. Choose another.", refused.At("Group"));
    }

    [Fact]
    public async Task A_number_is_normalised_and_refused_twice_with_or_without_its_plus()
    {
        using var ada = await Administrator.Of(site, "twice@test.example");
        var group = await ada.NewGroup(113, "Twice");
        Assert.Equal("/admin/numbers?done=saved", (await ada.Save("/admin/numbers/new", "/admin/numbers", Number("+86 (10) 5511-3000", group.Id))).Location);
        Assert.Contains("+861055113000", ada.Center.Numbers.Keys);
        foreach (var again in (string[])["+861055113000", "8610 5511 3000"])
            Assert.Equal("This number exists already.", (await ada.Save("/admin/numbers/new", "/admin/numbers", Number(again, group.Id))).At("Digits"));
        Assert.Contains("Enter 2 to 20 digits", (await ada.Save("/admin/numbers/new", "/admin/numbers", Number("12a4", group.Id))).At("Digits"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-C2")]
    public async Task A_number_of_another_center_is_refused_in_every_spelling_and_the_other_is_not_named()
    {
        using var ada = await Administrator.Of(site, "foreign@test.example");
        var group = await ada.NewGroup(1161, "Foreign");
        await site.Services.GetRequiredService<Writer>().Write(db =>
        {
            db.Add(new Number { Id = site.Services.GetRequiredService<IdSource>().Next<NumberId>(), Center = site.South.Id, Digits = "01055116100", Entry = NumberEntry.Group });
            return Task.CompletedTask;
        });
        foreach (var typed in (string[])["01055116100", "+01055116100", "+861055116100", "86 10 5511 6100"])
        {
            var refused = await ada.Save("/admin/numbers/new", "/admin/numbers", Number(typed, group.Id));
            Assert.StartsWith("This number is in use on this server already", refused.At("Digits"), StringComparison.Ordinal);
            Assert.DoesNotContain("South", refused.Page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_number_is_the_default_caller_id_and_the_one_before_is_still_offered()
    {
        using var ada = await Administrator.Of(site, "outbound@test.example");
        var group = await ada.NewGroup(121, "Outbound");
        await ada.Save("/admin/numbers/new", "/admin/numbers", Number("95512101", group.Id, ("Outbound", "Default")));
        await ada.Save("/admin/numbers/new", "/admin/numbers", Number("95512102", group.Id, ("Outbound", "Default")));
        Assert.Equal("95512102", ada.Center.OutboundNumberOf()?.Digits);
        Assert.Equal(OutboundUse.Offered, ada.Center.Numbers["95512101"].Outbound);
        var first = ada.Center.Numbers["95512101"];
        await ada.Save($"/admin/groups/{group.Id}", $"/admin/groups/{group.Id}", [.. Administrator.Group(121, "Outbound"), ("OutboundNumber", first.Id.ToString())]);
        Assert.Equal("95512101", ada.Center.OutboundNumberOf(group.Id)?.Digits);
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Visitor.Delete($"/admin/numbers/{first.Id}")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Visitor.Delete($"/admin/numbers/{ada.Center.Numbers["95512102"].Id}")).Status);
    }

    [Fact]
    public async Task A_group_has_its_channels_and_at_least_one()
    {
        using var ada = await Administrator.Of(site, "channels@test.example");
        var group = await ada.NewGroup(122, "Channels");
        Assert.Equal(Channels.Phone, group.Group.Channels);
        var refused = await ada.Save(
            $"/admin/groups/{group.Id}", $"/admin/groups/{group.Id}", [.. Administrator.Group(122, "Channels").Where(f => f.Item1 != "Phone")]);
        Assert.Equal("Choose at least one.", refused.At("Phone"));
        await ada.Save($"/admin/groups/{group.Id}", $"/admin/groups/{group.Id}", [.. Administrator.Group(122, "Channels"), ("Chat", "true"), ("Video", "true")]);
        Assert.Equal(Channels.Phone | Channels.Chat | Channels.Video, ada.Center.Groups[group.Id].Group.Channels);
    }
}
