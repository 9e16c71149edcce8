using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class DeleteGroupTests(Site site)
{
    private static (string, string)[] Number(string digits, GroupId group, params (string, string)[] more) =>
        [("Digits", digits), ("Entry", "Group"), ("Group", group.ToString()), .. more.Length == 0 ? [("Open", "always")] : more];

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
        await ada.Save(
            $"/admin/groups/{source.Id}", $"/admin/groups/{source.Id}",
            Administrator.Group(117, "Source that leads on", "OtherGroup", target.Id.ToString()));
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
        var caller = new Contact(new(118_118), site.North.Id, ContactKind.Call, "13800138000", "95511800", TimeProvider.System.Now());
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

    private static async Task Eventually(Func<bool> holds)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!holds()) await timer.WaitForNextTickAsync(late.Token);
    }
}
