using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

/// <summary>The outbox page; nothing is configured on this server, so all of it «would have been sent».</summary>
[Collection(AdminSite.Name)]
public sealed class ListNoticesTests(Site site)
{
    [Fact]
    public async Task An_invitation_stands_in_the_outbox_without_its_password_which_was_shown_once()
    {
        using var ada = await Administrator.Of(site, "inviter@test.example");
        var made = await ada.SaveAndFollow("/admin/people/new", "/admin/people", ("Email", "guest&lt@test.example"), ("Role", "Agent"));
        var password = made.Page.QuerySelector("#secret")!.TextContent;
        var page = await ada.Visitor.Get("/admin/outbox");
        var row = page.Page.QuerySelectorAll("#rows tbody tr")[0];
        Assert.Contains("guest&lt@test.example", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Your account in North", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Would have been sent", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("this password: ••••••", row.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(password, page.Text, StringComparison.Ordinal);
        Assert.Contains("Neither mail nor SMS is set up", page.Words, StringComparison.Ordinal);
        Assert.Contains("未配置邮件和短信", (await ada.Visitor.Get("/admin/outbox?lang=zh-CN")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_another_center_and_of_its_people_are_not_seen_here()
    {
        using var ada = await Administrator.Of(site, "watcher@test.example");
        var mine = await Queue((site.North.Id, null, "in-north"), (null, ada.Me.Person, "about-ada"), (null, null, "watcher@test.example"));
        var theirs =
            await Queue(
                (site.South.Id, null, "in-south"), (null, site.Sol.Person, "about-sol"), (null, null, "sol@test.example"),
                (site.South.Id, ada.Me.Person, "ada-in-south"), (null, null, "nobody-known"));
        var shown = (await ada.Visitor.Get("/admin/outbox")).Page.QuerySelectorAll("#rows tbody tr").Select(r => r.Id!["notice-".Length..])
            .ToList();
        Assert.All(mine, id => Assert.Contains(id.ToString(CultureInfo.InvariantCulture), shown));
        Assert.All(theirs, id => Assert.DoesNotContain(id.ToString(CultureInfo.InvariantCulture), shown));
        foreach (var id in theirs)
            Assert.Equal(
                HttpStatusCode.NotFound, (await ada.Visitor.Htmx(HttpMethod.Post, $"/admin/outbox/{id}/tries", "/admin/outbox")).Status);
        Assert.Equal(
            HttpStatusCode.Conflict, (await ada.Visitor.Htmx(HttpMethod.Post, $"/admin/outbox/{mine[0]}/tries", "/admin/outbox")).Status);
    }

    [Fact]
    public async Task Fifteen_stand_on_a_page_and_the_older_ones_behind_it()
    {
        using var ada = await Administrator.Of(site, "pager@test.example");
        var all = await Queue([.. Enumerable.Range(0, 20).Select(i => ((CenterId?)site.North.Id, (PersonId?)null, $"page-{i}"))]);
        var first = await ada.Visitor.Get("/admin/outbox");
        var ids = first.Page.QuerySelectorAll("#rows tbody tr").Select(r => r.Id).ToList();
        Assert.Equal(all.Reverse().Take(15).Select(id => $"notice-{id}"), ids);
        var older = await ada.Visitor.Get(first.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal($"notice-{all[4]}", older.Page.QuerySelector("#rows tbody tr")!.Id);
        Assert.NotNull(older.Page.QuerySelector("nav a[href='/admin/outbox'].btn"));
    }

    private async Task<IReadOnlyList<long>> Queue(params (CenterId? Center, PersonId? Person, string To)[] messages)
    {
        var notices = site.Services.GetRequiredService<Notices>();
        return await site.Services.GetRequiredService<Writer>().Write(db =>
        {
            foreach (var (center, person, to) in messages)
                notices.Sms(db, center, to, "en", new SmsText.SignInCode("123456", TimeSpan.FromMinutes(5)), person);
            return Task.FromResult<IReadOnlyList<long>>([.. db.ChangeTracker.Entries<NoticeRow>().Select(e => e.Entity.Id).Order()]);
        });
    }
}
