using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class SaveNumberTests(Site site)
{
    private static (string, string)[] Number(string digits, GroupId group, params (string, string)[] more) =>
        [("Digits", digits), ("Entry", "Group"), ("Group", group.ToString()), .. more.Length == 0 ? [("Open", "always")] : more];

    [Fact]
    public async Task An_entry_to_a_deleted_group_is_refused()
    {
        using var ada = await Administrator.Of(site, "gone@test.example");
        var group = await ada.NewGroup(112, "Gone");
        await ada.Visitor.Htmx(HttpMethod.Delete, $"/admin/groups/{group.Id}", "/admin/groups");
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
    public async Task Overlapping_hours_are_refused_at_their_day_also_over_midnight()
    {
        using var ada = await Administrator.Of(site, "hours@test.example");
        var group = await ada.NewGroup(114, "Hours");
        var refused = await ada.Save("/admin/numbers/new", "/admin/numbers", Number("95511400", group.Id, ("Open", "week"), ("Hours[Monday]", "09:00-12:00, 11:30-18:00")));
        Assert.Equal("09:00-12:00 and 11:30-18:00 overlap.", refused.At("Hours-Monday"));
        refused = await ada.Save("/admin/numbers/new", "/admin/numbers", Number("95511400", group.Id, ("Open", "week"), ("Hours[Monday]", "22:00-06:00"), ("Hours[Tuesday]", "05:00-10:00")));
        Assert.Equal("00:00-06:00 and 05:00-10:00 overlap.", refused.At("Hours-Tuesday"));
        refused = await ada.Save("/admin/numbers/new", "/admin/numbers", Number("95511400", group.Id, ("Open", "week"), ("Hours[Sunday]", "nine to five")));
        Assert.Contains("Write periods", refused.At("Hours-Sunday"), StringComparison.Ordinal);
        Assert.Equal("/admin/numbers?done=saved", (await ada.Save("/admin/numbers/new", "/admin/numbers", Number("95511400", group.Id, ("Open", "week"), ("Hours[Monday]", "22:00-06:00"))) ).Location);
        Assert.Equal(2, ada.Center.Hours[ada.Center.Numbers["95511400"].Id].Count);
    }

    [Fact]
    public async Task Hours_are_meant_in_the_time_zone_of_the_center()
    {
        using var ada = await Administrator.Of(site, "zone@test.example");
        var group = await ada.NewGroup(115, "Zone");
        await ada.Save("/admin/numbers/new", "/admin/numbers", Number("95511500", group.Id, ("Open", "week"), ("Hours[Monday]", "09:00-18:00")));
        var number = ada.Center.Numbers["95511500"];
        // Shanghai is eight hours ahead: 2026-11-23 is a Monday
        Assert.True(ada.Center.IsOpen(number, new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero)));
        Assert.False(ada.Center.IsOpen(number, new(2026, 11, 23, 0, 59, 0, TimeSpan.Zero)));
        Assert.False(ada.Center.IsOpen(number, new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero)));
    }
}
