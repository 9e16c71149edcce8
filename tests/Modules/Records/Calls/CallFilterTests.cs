using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Records.Tests;

/// <summary>What the list is narrowed to: each filter, all together, and what can't be one; product.md §12.</summary>
public sealed class CallFilterTests : RecordsCenter
{
    private const string List = "/records/calls";

    [Theory]
    [InlineData("?from=2026-03-03", "333", "222")]
    [InlineData("?to=2026-03-02", "111")]
    [InlineData("?from=2026-03-03&to=2026-03-03", "222")]
    [InlineData("?from=2026-03-05")]
    [InlineData("?from=&to=", "333", "222", "111")]
    public async Task Days_are_those_of_the_centers_clock(string query, params string[] found)
    {
        // the center is in Shanghai, eight hours before UTC: these are the 2nd's last second, the 3rd's first and the 4th's
        var midnight = new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero);
        await Store(
            Call(null, "111", at: midnight.AddSeconds(-1)), Call(null, "222", at: midnight), Call(null, "333", at: midnight.AddDays(1)));
        Assert.Equal(found, Numbers(await Page(lee, List + query)));
    }

    [Theory]
    [InlineData("?direction=Outbound", "out")]
    [InlineData("?direction=Internal", "lost in")]
    [InlineData("?direction=Inbound", "up", "other", "in")]
    [InlineData("?ending=Served", "other", "out", "in")]
    [InlineData("?ending=Abandoned", "lost in")]
    [InlineData("?ending=Failed")]
    [InlineData("?ending=InProgress", "up")]
    [InlineData("?ending=GaveUpInQueue", "lost in")]
    [InlineData("?ending=HungUp", "other", "out", "in")]
    [InlineData("?direction=Outbound&ending=Served", "out")]
    [InlineData("?direction=Outbound&ending=HungUp", "out")]
    [InlineData("?direction=Outbound&ending=Abandoned")]
    [InlineData("?direction=Inbound&ending=InProgress", "up")]
    [InlineData("?group=1", "up", "lost in", "out", "in")]
    [InlineData("?group=1&ending=GaveUpInQueue", "lost in")]
    [InlineData("?group=1&ending=Served&direction=Inbound", "in")]
    [InlineData("?agent=1", "up", "in")]
    [InlineData("?agent=1&direction=Outbound")]
    [InlineData("?agent=2&direction=Outbound", "out")]
    [InlineData("?agent=1&group=1&ending=HungUp", "in")]
    [InlineData("?agent=1&ending=InProgress", "up")]
    [InlineData("?from=2026-03-02&to=2026-03-02&agent=2&group=1&direction=Outbound&ending=Served", "out")]
    [InlineData("?from=2026-03-03&agent=2&group=1&direction=Outbound&ending=Served")]
    public async Task Each_filter_finds_what_it_says_and_all_hold_together(string query, params string[] found)
    {
        var (inbound, outbound, lost) = (Call(TestCenter.Amy, "in"), Call(TestCenter.Bob, "out"), Call(null, "lost in"));
        var (other, up) = (Call(TestCenter.Bob, "other"), Call(TestCenter.Amy, "up"));
        outbound.Direction = CallDirection.Outbound;
        (lost.Direction, lost.Result, lost.Reason) = (CallDirection.Internal, CallResult.Abandoned, CallEndReason.GaveUpInQueue);
        other.Group = null;
        (up.EndedAt, up.Result, up.Reason, up.EndedBy) = (null, null, null, null);
        await Store(inbound, Accepted(inbound, TestCenter.Amy), outbound, lost, other, up, Accepted(up, TestCenter.Amy),
            Call(TestCenter.Nora, "theirs", of: TestCenter.Other));
        query = query.Replace("group=1", $"group={TestCenter.Sales}", StringComparison.Ordinal)
            .Replace("agent=1", $"agent={TestCenter.Amy}", StringComparison.Ordinal)
            .Replace("agent=2", $"agent={TestCenter.Bob}", StringComparison.Ordinal);
        var page = await Page(lee, List + query);
        Assert.Equal(found, Numbers(page));
        Assert.Equal(found.Length > 0 ? found.Length == 1 ? "1 call" : $"{found.Length} calls" : null, page.QuerySelector("#total")?.TextContent);
    }

    [Theory]
    [InlineData("13800138000", "8613800138000", "+8613800138000", "13800138000")]
    [InlineData("%2B86 138-0013-8000", "8613800138000", "+8613800138000", "13800138000")]
    [InlineData("0086 13800138000", "8613800138000", "+8613800138000", "13800138000")]
    [InlineData("00138000", "+4400138000", "8613800138000", "+8613800138000", "13800138000")]
    [InlineData("138000", "+4400138000", "8613800138000", "+8613800138000", "13800138000")]
    [InlineData("8000", "+4400138000", "8613800138000", "+8613800138000", "13800138000", "8000")]
    [InlineData("9999", "10019999")]
    [InlineData("1999", "1999")]
    [InlineData("0013", "40013")]
    [InlineData("40013", "40013")]
    [InlineData("8000 ext 12", "+4400138000", "8613800138000", "+8613800138000", "13800138000", "8000")]
    [InlineData("%2B86 5551234", "05551234", "5551234", "+865551234")]
    [InlineData("13800138001")]
    public async Task A_number_is_found_whole_in_any_form_or_by_its_last_digits(string typed, params string[] found)
    {
        string[] numbers =
        [
            "1999", "10019999", "8000", "13800138000", "+8613800138000", "8613800138000", "+4400138000", "", "80001", "40013",
            "+865551234", "5551234", "05551234",
        ];
        await Store([.. numbers.Select(number => Call(null, number))]);
        Assert.Equal(found, Numbers(await Page(lee, $"{List}?number={typed}")));
    }

    [Theory]
    [InlineData("from=2026-02-30", "from", "Enter a day")]
    [InlineData("from=yesterday", "from", "Enter a day")]
    [InlineData("to=0001-01-01", "to", "Enter a day")]
    [InlineData("to=9999-12-31", "to", "Enter a day")]
    [InlineData("from=2026-03-02&to=2026-03-01", "to", "before the first")]
    [InlineData("direction=Sideways", "direction", "Choose a direction")]
    [InlineData("direction=1", "direction", "Choose a direction")]
    [InlineData("agent=21", "agent", "Choose an agent")]
    [InlineData("agent=99999999999999999999", "agent", "Choose an agent")]
    [InlineData("group=nobody", "group", "Choose a group")]
    [InlineData("ending=0", "ending", "Choose an ending")]
    [InlineData("ending=Served,Failed", "ending", "Choose an ending")]
    [InlineData("number=123", "number", "at least 4 digits")]
    [InlineData("number=Amy", "number", "telephone number")]
    [InlineData("number=%F0%9F%93%9E", "number", "telephone number")]
    [InlineData("number=%27%20OR%201%3D1%20--", "number", "4 digits")]
    public async Task What_can_not_be_looked_for_is_told_at_its_field_and_kept_there(string query, string field, string told)
    {
        await Store(Call(TestCenter.Amy, "13800138000"), Call(TestCenter.Nora, "13800138001", of: TestCenter.Other));
        var page = await Page(lee, $"{List}?{query}", HttpStatusCode.UnprocessableEntity);
        Assert.Contains(told, page.QuerySelector($"#field-{field}-error")!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll(".field-error"));
        Assert.Empty(Numbers(page));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lee.GetAsync(At($"{List}.csv?{query}"))).StatusCode);
    }

    [Fact]
    public async Task An_agent_can_not_ask_for_others_calls_nor_anybody_for_those_of_another_center()
    {
        await Store(Call(TestCenter.Amy, "111"), Call(TestCenter.Bob, "222"), Call(TestCenter.Nora, "333", of: TestCenter.Other));
        Assert.Null((await Page(amy, List)).QuerySelector("[name=agent]"));
        Assert.Empty(Numbers(await Page(amy, $"{List}?agent={TestCenter.Bob}", HttpStatusCode.UnprocessableEntity)));
        Assert.Empty(Numbers(await Page(lee, $"{List}?agent={TestCenter.Nora}", HttpStatusCode.UnprocessableEntity)));
        Assert.Empty(Numbers(await Page(nora, $"{List}?group={TestCenter.Sales}", HttpStatusCode.UnprocessableEntity)));
        foreach (var query in (string[])["?direction=Inbound", "?ending=Served", "?ending=HungUp", "?from=2026-03-01", ""])
        {
            Assert.Equal(["111"], Numbers(await Page(amy, List + query)));
            Assert.Equal(["333"], Numbers(await Page(nora, List + query)));
        }
        Assert.Empty(Numbers(await Page(amy, List + "?ending=InProgress")));
    }

    [Fact]
    public async Task The_filter_stands_in_the_address_of_every_page_and_in_the_form()
    {
        await Store([.. Enumerable.Range(0, 40).Select(i => Call(i % 2 == 0 ? TestCenter.Amy : TestCenter.Bob, $"1380000{i:0000}"))]);
        var page = await Page(lee, $"{List}?agent={TestCenter.Amy}&from=2026-03-02&number=");
        var first = Numbers(page);
        Assert.Equal("20 calls", page.QuerySelector("#total")!.TextContent);
        Assert.Equal("2026-03-02", page.QuerySelector("[name=from]")!.GetAttribute("value"));
        Assert.Equal(TestCenter.Amy.ToString(), page.QuerySelector("[name=agent] [selected]")!.GetAttribute("value"));
        page = await Page(lee, page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(5, Numbers(page).Length);
        Assert.Equal("20 calls", page.QuerySelector("#total")!.TextContent);
        page = await Page(lee, page.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(first, Numbers(page));
    }

    [Fact]
    public async Task Totals_are_exact_to_ten_thousand_and_said_to_be_more_above()
    {
        await Store([.. Enumerable.Range(0, ListCalls.CountAtMost).Select(i => Call(TestCenter.Amy, $"1380000{i:0000}"))]);
        Assert.Equal("10,000 calls", (await Page(lee, List)).QuerySelector("#total")!.TextContent);
        await Store(Call(TestCenter.Amy, "222"));
        foreach (var query in (string[])["", "?ending=Served", $"?agent={TestCenter.Amy}", $"?group={TestCenter.Sales}"])
            Assert.Equal("10,000+ calls", (await Page(lee, List + query)).QuerySelector("#total")!.TextContent);
    }

    [Fact]
    public async Task A_call_that_came_back_to_an_agent_again_and_again_counts_once_also_where_counting_stops()
    {
        var calls = Enumerable.Range(0, ListCalls.CountAtMost).Select(i => Call(TestCenter.Amy, $"1380000{i:0000}")).ToArray();
        await Store([.. calls, .. calls.SelectMany(c => new[] { Accepted(c, TestCenter.Bob), Accepted(c, TestCenter.Bob) })]);
        Assert.Equal("10,000 calls", (await Page(lee, $"{List}?agent={TestCenter.Bob}")).QuerySelector("#total")!.TextContent);
    }

    [Theory]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")]
    [InlineData("America/Havana", "2026-11-02", "2026-11-02T05:00:00Z")]
    [InlineData("America/Havana", "2026-03-08", "2026-03-08T05:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z")]
    public void A_day_begins_with_its_first_moment_also_where_midnight_comes_twice_or_not_at_all(string zone, string day, string moment)
    {
        var begun = CallFilter.Begin(DateOnly.Parse(day, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), begun);
    }
}
