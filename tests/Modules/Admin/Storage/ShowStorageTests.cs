using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

/// <summary>While the database can't be written, administrators are told on every page, and in an open workbench at once.</summary>
[Collection(AdminSite.Name)]
public sealed class ShowStorageTests(Site site)
{
    private static readonly string[] Pages =
        ["/admin", "/admin/people", "/admin/groups/new", "/admin/settings", "/admin/outbox", "/admin/audit", "/workbench"];

    [Theory, Trait("Case", "F-A2")]
    [InlineData("en", "The database can't be written.")]
    [InlineData("zh-CN", "\u6570\u636E\u5E93\u6682\u65F6\u65E0\u6CD5\u5199\u5165\u3002")]
    public async Task Administrators_see_an_alert_on_every_page_as_long_as_it_lasts_and_nobody_else_does(string language, string words)
    {
        using var ada = await Administrator.Of(site, $"storage-{language}@test.example");
        using var lee = await Administrator.Of(site, $"storage-{language}-2@test.example", Role.Supervisor);
        Assert.Null(Alert(await ada.Visitor.Get("/admin")));
        using (Held())
        {
            await Trouble(true);
            foreach (var page in Pages)
            {
                var alert = Alert(await ada.Visitor.Get($"{page}?lang={language}"));
                Assert.True(alert is not null, page);
                Assert.Equal("alert", alert.GetAttribute("role"));
                Assert.Contains(words, alert.TextContent, StringComparison.Ordinal);
                Assert.Contains("locked", alert.TextContent, StringComparison.Ordinal);
                // a page without a stream asks until it is over
                Assert.Equal(page == "/workbench" ? null : ShowStorage.Address, alert.GetAttribute("hx-get"));
            }
            Assert.NotNull(Alert(await ada.Visitor.Get(ShowStorage.Address)));
            Assert.Null(Alert(await lee.Visitor.Get("/workbench")));
        }
        await Trouble(false);
        foreach (var page in (string[])["/admin", "/workbench", ShowStorage.Address]) Assert.Null(Alert(await ada.Visitor.Get(page)));
    }

    [Fact, Trait("Case", "F-A2")]
    public async Task An_open_workbench_is_told_when_it_begins_and_when_it_is_over()
    {
        using var ada = await Administrator.Of(site, "storage-live@test.example");
        await using var stream = await ada.Visitor.Stream("/workbench/stream?workbench=storage");
        Assert.Null(Alert(await stream.Next("storage-alert")));
        using (Held())
        {
            // a write is needed for anybody to notice
            site.Services.GetRequiredService<Writer>().Enqueue(_ => { });
            Assert.NotNull(Alert(await stream.Next("storage-alert")));
        }
        Assert.Null(Alert(await stream.Next("storage-alert")));
    }

    private static IElement? Alert(Answer answer) => answer.Page.QuerySelector("#storage-alert:not([hidden]) > .alert");

    private static IElement? Alert(string html) =>
        new HtmlParser().ParseDocument(html).QuerySelector("#storage-alert:not([hidden]) > .alert");

    private async Task Trouble(bool isThere)
    {
        var writer = site.Services.GetRequiredService<Writer>();
        writer.Enqueue(_ => { });
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (writer.Trouble is not null != isThere) await tick.WaitForNextTickAsync(limit.Token);
    }

    /// <summary>Another process holds the database for writing.</summary>
    private SqliteConnection Held()
    {
        var other = new SqliteConnection($"Data Source={site.Services.GetRequiredService<DataFolder>()["tccc.db"]};Pooling=False");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return other;
    }
}
