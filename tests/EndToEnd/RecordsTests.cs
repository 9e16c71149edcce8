using System.Text;
using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>A supervisor narrows the list of calls, sends the address on, and takes what is shown along; product.md §12.</summary>
public sealed class RecordsTests : Scene
{
    [Fact]
    public async Task The_list_is_narrowed_by_its_form_stays_so_when_it_is_loaded_again_and_is_downloaded_as_a_table()
    {
        await server.Stop();
        server.Change("""
            insert into Calls (Id, Center, Direction, Customer, CustomerTail, Called, "Group", ArrivedAt, EndedAt, RingMs, TalkMs, HoldMs, Result, Reason, EndedBy)
              select 1001, Center, 'Inbound', '+8613800138000', '00083100', '4000000001', Id, 1772413200000000, 1772413265000000, 0, 0, 0, 'Abandoned', 'GaveUpInQueue', 'Customer'
              from SkillGroups where Name = 'Sales' order by Id limit 1;
            insert into Calls (Id, Center, Direction, Customer, CustomerTail, Called, "Group", ArrivedAt, EndedAt, RingMs, TalkMs, HoldMs, Result, Reason, EndedBy)
              select 1002, Center, 'Inbound', '13911112222', '22221111', '4000000001', Id, 1772413300000000, 1772413365000000, 0, 0, 0, 'Refused', 'Closed', 'System'
              from SkillGroups where Name = 'Sales' order by Id limit 1;
            """);
        await server.Again();
        var page = await chromium.Visit(server.Address);
        await Workbench.SignIn(page, "lead");
        await new Workbench(page).Enter(goOnline: false);
        await page.GotoAsync("/records/calls");
        Assert.Equal(2, await Rows(page).CountAsync());

        await page.GetByLabel("Number", new() { Exact = true }).FillAsync("138 0013 8000");
        await page.GetByLabel("Ending").SelectOptionAsync("Abandoned");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).PressAsync("Enter");
        await page.GetByText("1 call", new() { Exact = true }).WaitForAsync();
        await page.ReloadAsync();
        Assert.Contains("+8613800138000", await Rows(page).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("138 0013 8000", await page.GetByLabel("Number", new() { Exact = true }).InputValueAsync());

        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "Download CSV" }).ClickAsync());
        Assert.Matches(@"^calls-\d{4}-\d\d-\d\d\.csv$", download.SuggestedFilename);
        var file = Path.Combine(folder, "calls.csv");
        await download.SaveAsAsync(file);
        var table = await File.ReadAllBytesAsync(file);
        Assert.Equal(Encoding.UTF8.GetPreamble(), table[..3]);
        var lines = Encoding.UTF8.GetString(table).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Inbound,'+8613800138000,4000000001,Sales,,2026-03-02 09:00:00,", lines[1], StringComparison.Ordinal);
        await Until.Holds("the link can be pressed again", async () =>
            await page.GetByRole(AriaRole.Link, new() { Name = "Download CSV" }).GetAttributeAsync("aria-busy") is null);

        await page.GetByLabel("Number", new() { Exact = true }).FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await page.GetByText("Enter at least 4 digits").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await page.GetByText("2 calls", new() { Exact = true }).WaitForAsync();
    }

    private static ILocator Rows(IPage page) => page.Locator("#rows tbody tr");
}
