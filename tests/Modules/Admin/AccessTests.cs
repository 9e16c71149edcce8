using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

/// <summary>Who may see the admin pages, and whose rows they show.</summary>
[Collection(AdminSite.Name)]
public sealed class AccessTests(Site site)
{
    private static readonly string[] Pages =
        ["/admin", "/admin/people", "/admin/groups", "/admin/numbers", "/admin/trunks", "/admin/phones", "/admin/sounds", "/admin/settings",
            "/admin/groups/new", "/admin/outbox", "/admin/audit"];

    [Fact]
    public async Task Every_page_is_for_administrators_only()
    {
        using var boss = await Administrator.Of(site, "boss@test.example");
        using var lead = await Administrator.Of(site, "lead@test.example", Role.Supervisor);
        using var stranger = site.Visit();
        foreach (var path in Pages)
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await boss.Visitor.Get(path)).Status));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await lead.Visitor.Get(path)).Status));
            Assert.StartsWith("/login", (await stranger.Get(path)).Response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_an_administrator_sees_the_switch_in_the_workbench()
    {
        using var boss = await Administrator.Of(site, "switch@test.example");
        Assert.NotNull((await boss.Visitor.Get("/workbench")).Page.QuerySelector("a[href='/admin']"));
        using var agent = await Administrator.Of(site, "no-switch@test.example", Role.Agent);
        Assert.Null((await agent.Visitor.Get("/workbench")).Page.QuerySelector("a[href='/admin']"));
    }

    [Fact]
    public async Task Rows_of_another_center_are_not_there()
    {
        var ids = site.Services.GetRequiredService<IdSource>();
        var center = site.South.Id;
        var group = new SkillGroup { Id = ids.Next<GroupId>(), Center = center, Number = 1, Name = "South" };
        var number =
            new Number { Id = ids.Next<NumberId>(), Center = center, Digits = "95599900", Entry = NumberEntry.Group, Group = group.Id };
        var trunk = new Trunk { Id = ids.Next<TrunkId>(), Center = center, Name = "South", Host = "192.0.2.1" };
        var phone = new DeskPhone { Id = ids.Next<PhoneId>(), Center = center, Extension = "7001", SipUser = "7001-south" };
        var sound = new Sound { Id = ids.Next<SoundId>(), Center = center, Name = "South" };
        await site.Services.GetRequiredService<Writer>().Write(db =>
        {
            db.AddRange(group, number, trunk, phone, sound);
            return Task.CompletedTask;
        });
        await site.Services.GetRequiredService<Centers>().Reload(center);

        using var ada = await Administrator.Of(site, "north@test.example");
        foreach (var path in (
            string[])[$"people/{site.Sol.Id}", $"groups/{group.Id}", $"numbers/{number.Id}", $"trunks/{trunk.Id}", $"phones/{phone.Id}",
            $"sounds/{sound.Id}", $"sounds/{sound.Id}/audio"])
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await ada.Visitor.Get("/admin/" + path)).Status));
        foreach (var path in (
            string[])[$"groups/{group.Id}", $"numbers/{number.Id}", $"trunks/{trunk.Id}", $"phones/{phone.Id}", $"people/{site.Sol.Id}",
            $"sounds/{sound.Id}"])
            Assert.Equal(
                (path, HttpStatusCode.NotFound), (path, (await ada.Visitor.Htmx(HttpMethod.Delete, "/admin/" + path, "/admin")).Status));
        Assert.Equal(
            HttpStatusCode.NotFound, (await ada.Visitor.Htmx(HttpMethod.Put, $"/admin/people/{site.Sol.Id}/disabled", "/admin")).Status);

        // nor can something of ours be tied to something of theirs
        Assert.Equal(
            "This group does not exist any more. Choose another.",
            (await ada.Save(
                "/admin/numbers/new", "/admin/numbers", ("Digits", "95599901"), ("Entry", "Group"), ("Group", group.Id.ToString()),
                ("Open", "always"))).At("Group"));
        Assert.Contains(
            "not in the center",
            (await ada.Save("/admin/phones/new", "/admin/phones", ("Extension", "7009"), ("Agent", site.Sol.Id.ToString()))).At("Agent"),
            StringComparison.Ordinal);
        var list = await ada.Visitor.Get("/admin/groups");
        Assert.DoesNotContain("South", list.Words, StringComparison.Ordinal);
    }
}
