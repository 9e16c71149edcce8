using Microsoft.EntityFrameworkCore;
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
            "Enter 2 to 19 digits", (await ada.Save("/admin/numbers/new", "/admin/numbers", Number("12a4", group.Id))).At("Digits"),
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
    public async Task A_number_that_is_a_caller_id_stays_one_when_it_is_saved_and_can_be_deleted()
    {
        using var ada = await Administrator.Of(site, "outbound@test.example");
        var group = await ada.NewGroup(121, "Outbound");
        await ada.Save("/admin/numbers/new", "/admin/numbers", Number("95512101", group.Id));
        var number = ada.Center.Numbers["95512101"];
        await site.Services.GetRequiredService<Writer>().Write(db => db.Set<Number>().Where(n => n.Id == number.Id)
            .ExecuteUpdateAsync(n => n.SetProperty(r => r.Outbound, OutboundUse.Default)));
        await ada.Save($"/admin/numbers/{number.Id}", $"/admin/numbers/{number.Id}", Number("95512102", group.Id));
        Assert.Equal("95512102", ada.Center.OutboundNumberOf()?.Digits);
        await ada.Visitor.Delete($"/admin/numbers/{number.Id}");
        Assert.DoesNotContain("95512102", ada.Center.Numbers.Keys);
    }
}
