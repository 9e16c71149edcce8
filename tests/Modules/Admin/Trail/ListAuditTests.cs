using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class ListAuditTests(Site site)
{
    [Fact]
    public async Task A_change_names_who_made_it_what_it_was_and_from_where()
    {
        using var ada = await Administrator.Of(site, "auditor@test.example");
        var group = await ada.NewGroup(61, "Audited <b>group</b>");
        await ada.Visitor.Delete($"/admin/groups/{group.Id}");
        var page = await ada.Visitor.Get($"/admin/audit?person={ada.Me.Person}");
        var rows = Rows(page);
        Assert.Equal(["Skill group deleted", "Skill group saved"], rows.Take(2).Select(r => Cell(r, 2)));
        Assert.All(rows.Take(2), row => Assert.Equal(("auditor@test.example", "Audited <b>group</b>"), (Cell(row, 1), Cell(row, 3))));
        Assert.All(rows.Take(2), row => Assert.True(IPAddress.IsLoopback(IPAddress.Parse(Cell(row, 4)))));
        Assert.Equal("删除技能组", Cell(Rows(await ada.Visitor.Get($"/admin/audit?person={ada.Me.Person}&lang=zh-CN"))[0], 2));
    }

    [Fact]
    public async Task A_change_that_was_refused_leaves_nothing()
    {
        using var ada = await Administrator.Of(site, "refused@test.example");
        await ada.NewGroup(62, "Taken name");
        await ada.Save("/admin/groups/new", "/admin/groups", Administrator.Group(63, "Taken name"));
        Assert.Single(Rows(await ada.Visitor.Get($"/admin/audit?person={ada.Me.Person}&what=GroupSaved")));
    }

    [Fact]
    public async Task What_happened_in_another_center_or_to_its_people_is_not_seen_here()
    {
        using var ada = await Administrator.Of(site, "looker@test.example");
        var audit = site.Services.GetRequiredService<Audit>();
        audit.Enqueue(new(AuditWhat.SettingsSaved, Center: site.South.Id, Target: "south-secret"));
        audit.Enqueue(new(AuditWhat.SignedIn, site.Sol.Person, Target: "sol-secret"));
        audit.Enqueue(new(AuditWhat.SignInFailed, Target: "unknown-secret"));
        audit.Enqueue(new(AuditWhat.GroupSaved, ada.Me.Person, site.South.Id, ada.Me.Person, Target: "ada-elsewhere"));
        audit.Enqueue(
            new(AuditWhat.SignedIn, ada.Me.Person, Actor: ada.Me.Person, From: IPAddress.Parse("::ffff:192.0.2.7"), Target: "ada-own"));
        await site.Services.GetRequiredService<Writer>().Flush();
        var seen = await ada.Visitor.Get("/admin/audit");
        Assert.Contains("ada-own", seen.Words, StringComparison.Ordinal);
        Assert.Contains("192.0.2.7", seen.Words, StringComparison.Ordinal);
        foreach (var path in (string[])[
            "/admin/audit", $"/admin/audit?person={site.Sol.Person}", "/admin/audit?what=SettingsSaved", "/admin/audit?what=SignInFailed"])
        {
            var page = await ada.Visitor.Get(path);
            Assert.All(
                (string[])["south-secret", "sol-secret", "unknown-secret", "ada-elsewhere"],
                secret => Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_list_is_narrowed_by_day_and_kind_and_goes_on_page_by_page()
    {
        using var ada = await Administrator.Of(site, "narrower@test.example");
        var (ids, old) = (site.Services.GetRequiredService<IdSource>(), new DateTimeOffset(2020, 5, 17, 23, 30, 0, TimeSpan.Zero));
        await site.Services.GetRequiredService<Writer>().Write(db =>
        {
            for (var i = 0; i < 17; i++)
                db.Add(new AuditRow { Id = ids.Next(), Center = site.North.Id, What = AuditWhat.TrunkSaved, At = old,
                    Target = $"old-{i}" });
            return Task.CompletedTask;
        });
        // half past eleven in UTC is the next day in the center's zone
        Assert.Contains(
            "Nothing found", (await ada.Visitor.Get("/admin/audit?from=2020-05-17&to=2020-05-17")).Words, StringComparison.Ordinal);
        var first = await ada.Visitor.Get("/admin/audit?from=2020-05-18&to=2020-05-18&what=TrunkSaved");
        Assert.Equal(15, Rows(first).Count);
        var second = await ada.Visitor.Get(first.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(["old-1", "old-0"], Rows(second).Select(r => Cell(r, 3)));
        Assert.Null(second.Page.QuerySelector("a[rel=next]"));
        // what can't be read narrows nothing
        Assert.Equal(
            HttpStatusCode.OK, (await ada.Visitor.Get("/admin/audit?from=yesterday&what=Everything&person=me&to=2020-13-99")).Status);
    }

    [Theory, Trait("Case", "F-C12")]
    [InlineData("to=9999-12-31")]
    [InlineData("from=0001-01-01")]
    [InlineData("from=9999-12-31&to=0001-01-01")]
    public async Task The_ends_of_the_calendar_narrow_nothing(string query)
    {
        using var ada = await Administrator.Of(site, $"ends-{query.Length}-{query[^1]}-{query[0]}@test.example");
        await site.Services.GetRequiredService<Writer>().Flush();
        var page = await ada.Visitor.Get($"/admin/audit?{query}&person={ada.Me.Person}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotEmpty(Rows(page));
    }

    [Fact, Trait("Case", "F-C2")]
    public async Task Of_a_person_of_another_center_nothing_is_seen_before_they_have_come_here_and_nothing_from_before_they_were_added()
    {
        using var ada = await Administrator.Of(site, "adder@test.example");
        await site.Person("gil@test.example", (site.South, new Agent { Nickname = "Gil" }));
        var (audit, writer) = (site.Services.GetRequiredService<Audit>(), site.Services.GetRequiredService<Writer>());
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        var gil = await db.Set<Person>().Where(p => p.Email == "gil@test.example").SingleAsync();
        async Task Happens(string what)
        {
            audit.Enqueue(new(AuditWhat.SignedIn, gil.Id, Target: $"gil-{what}"));
            await writer.Write(db =>
            {
                site.Services.GetRequiredService<Notices>().Sms(
                    db, null, gil.Mobile!, "en", new SmsText.BindCode($"{what}-777", TimeSpan.FromMinutes(5)), gil.Id);
                return Task.CompletedTask;
            });
        }
        async Task<(int, int)> Seen(string what) => (
            Rows(await ada.Visitor.Get("/admin/audit")).Count(r => r.TextContent.Contains($"gil-{what}", StringComparison.Ordinal)),
            (await ada.Visitor.Get("/admin/outbox")).Page.QuerySelectorAll("#rows tbody tr")
                .Count(r => r.TextContent.Contains(gil.Mobile!, StringComparison.Ordinal)));

        await Happens("before");
        var added = await ada.Save("/admin/people/new", "/admin/people", ("Email", gil.Email), ("Nickname", "Gil"), ("Role", "Agent"));
        Assert.Equal(HttpStatusCode.SeeOther, added.Status);
        await Happens("added");
        Assert.Equal((0, 0), await Seen("added"));

        using var visitor = await site.SignedIn(gil.Email);
        await visitor.Enter(site.North.Id, online: false);
        await Happens("here");
        Assert.Equal((1, 2), await Seen("here"));
        Assert.Equal((0, 2), await Seen("before"));
    }

    [Fact]
    public async Task Rows_older_than_their_time_are_deleted()
    {
        var (ids, now) = (site.Services.GetRequiredService<IdSource>(), TimeProvider.System.GetUtcNow());
        var (young, old) = (ids.Next(), ids.Next());
        await site.Services.GetRequiredService<Writer>().Write(db =>
        {
            db.Add(new AuditRow { Id = young, What = AuditWhat.SignedIn, At = now - Audit.Keep + TimeSpan.FromHours(1) });
            db.Add(new AuditRow { Id = old, What = AuditWhat.SignedIn, At = now - Audit.Keep - TimeSpan.FromHours(1) });
            return Task.CompletedTask;
        });
        await site.Services.GetRequiredService<Audit>().Tidy();
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        Assert.Equal([young], await db.Set<AuditRow>().Where(r => r.Id == young || r.Id == old).Select(r => r.Id).ToListAsync());
    }

    private static List<IElement> Rows(Answer page) => [.. page.Page.QuerySelectorAll("#rows tbody tr")];

    private static string Cell(IElement row, int index) => row.QuerySelectorAll("td")[index].TextContent.Trim();
}
