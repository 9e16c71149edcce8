using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

/// <summary>The outbox page; nothing is configured on this server, so all of it «would have been sent».</summary>
[Collection(AdminSite.Name)]
public sealed class ReplacePasswordTests(Site site)
{
    [Fact]
    public async Task A_person_of_two_centers_gets_a_new_password_from_who_administers_both_and_from_nobody_else()
    {
        using var ada = await Administrator.Of(site, "of-one@test.example");
        using var bea = await Administrator.Of(site, "of-both@test.example");
        var both = new Agent { Nickname = "Both" };
        await site.Person("in-both@test.example", (site.North, both), (site.South, new Agent { LastVisitAt = DateTimeOffset.UnixEpoch }));
        var page = $"/admin/people/{both.Id}";
        var refused = await ada.Save(page, page + "/password");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("an administrator of all their centers", refused.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await bea.Save(page, page + "/password")).Status);
        await site.Services.GetRequiredService<Writer>().Write(db =>
        {
            db.Add(new Agent
            {
                Id = site.Services.GetRequiredService<IdSource>().Next<AgentId>(), Center = site.South.Id, Person = bea.Me.Person,
                Nickname = "Bea", Role = Role.Administrator,
            });
            return Task.CompletedTask;
        });
        await site.Services.GetRequiredService<Centers>().Reload(site.South.Id);
        Assert.NotNull((await bea.SaveAndFollow(page, page + "/password")).Page.QuerySelector("#secret"));
    }

    [Fact]
    public async Task Who_has_an_account_already_is_told_and_a_replaced_password_is_shown_once()
    {
        using var ada = await Administrator.Of(site, "teller@test.example");
        await ada.Save("/admin/people/new", "/admin/people", ("Email", "loser@test.example"), ("Role", "Agent"));
        var agent = ada.Center.Agents.Values.Single(a => a.Email == "loser@test.example");
        var replaced = await ada.SaveAndFollow($"/admin/people/{agent.Id}", $"/admin/people/{agent.Id}/password");
        var password = replaced.Page.QuerySelector("#secret")!.TextContent;
        using var loser = site.Visit();
        Assert.Equal("/centers", (await loser.SignIn("loser@test.example", password)).Location);
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        Assert.Equal(
            ["Invitation", "PasswordReplaced"],
            await db.Set<NoticeRow>().Where(n => n.To == "loser@test.example").OrderBy(n => n.Id).Select(n => n.Text).ToListAsync());
        Assert.All(await db.Set<NoticeRow>().ToListAsync(), row => Assert.Null(row.ProtectedSecret));
    }
}
