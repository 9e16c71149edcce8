using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class SaveNumberTests(Site site)
{
    private static (string, string)[] Number(string digits, GroupId group, params (string, string)[] more) =>
        [("Digits", digits), ("Entry", "Group"), ("Group", group.ToString()), .. more];

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
        Assert.Equal(
            "/admin/numbers?done=saved",
            (await ada.Save("/admin/numbers/new", "/admin/numbers", Number("+86 (10) 5511-3000", group.Id))).Location);
        Assert.Contains("+861055113000", ada.Center.Numbers.Keys);
        foreach (var again in (string[])["+861055113000", "8610 5511 3000"])
            Assert.Equal(
                "This number exists already.",
                (await ada.Save("/admin/numbers/new", "/admin/numbers", Number(again, group.Id))).At("Digits"));
        Assert.Contains(
            "Enter 2 to 20 digits", (await ada.Save("/admin/numbers/new", "/admin/numbers", Number("12a4", group.Id))).At("Digits"),
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-C2")]
    public async Task A_number_of_another_center_is_refused_in_every_spelling_and_the_other_is_not_named()
    {
        using var ada = await Administrator.Of(site, "foreign@test.example");
        var group = await ada.NewGroup(1161, "Foreign");
        await site.Services.GetRequiredService<Writer>().Write(db =>
        {
            db.Add(new Number { Id = site.Services.GetRequiredService<IdSource>()
                .Next<NumberId>(), Center = site.South.Id, Digits = "01055116100", Entry = NumberEntry.Group });
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
        await ada.Save(
            $"/admin/groups/{group.Id}", $"/admin/groups/{group.Id}",
            [.. Administrator.Group(121, "Outbound"), ("OutboundNumber", first.Id.ToString())]);
        Assert.Equal("95512101", ada.Center.OutboundNumberOf(group.Id)?.Digits);
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Visitor.Delete($"/admin/numbers/{first.Id}")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Visitor.Delete($"/admin/numbers/{ada.Center.Numbers["95512102"].Id}")).Status);
    }
}
