namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class ListSchedulesTests(Site site)
{
    [Fact]
    public async Task The_lists_that_say_open_or_closed_follow_the_hours_while_they_are_looked_at()
    {
        using var ada = await Administrator.Of(site, "turns@test.example");
        await ada.Save(
            "/admin/schedules/new", "/admin/schedules", ("Name", "Turns"), ("TimeZone", "Asia/Shanghai"), ("Hours[Monday]", "09:00-18:00"));
        var schedule = ada.Center.Schedules.Values.Single(s => s.Name == "Turns");
        var group = await ada.NewGroup(931, "Turning");
        await ada.Save(
            "/admin/numbers/new", "/admin/numbers", ("Digits", "4009990001"), ("Entry", "Group"), ("Group", $"{group.Id}"),
            ("Schedule", $"{schedule.Id}"));
        foreach (var list in (string[])["/admin/schedules", "/admin/numbers"])
        {
            var rows = (await ada.Visitor.Get(list)).Page.QuerySelector("#rows")!;
            Assert.Equal((list, "every 5s"), (rows.GetAttribute("hx-get"), rows.GetAttribute("hx-trigger")));
        }
    }
}
