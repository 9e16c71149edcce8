using AngleSharp.Html.Dom;
using System.Net;
using Tccc.Directory;

namespace Tccc.Admin.Tests;

/// <summary>Opening hours as schedules that numbers and groups name; product.md §4.</summary>
[Collection(AdminSite.Name)]
public sealed class SaveScheduleTests(Site site)
{
    private static (string, string)[] Hours(string name, params (string, string)[] more) =>
        [("Name", name), ("TimeZone", "Asia/Shanghai"), .. more];

    private static async Task<ScheduleView> New(Administrator ada, string name, params (string, string)[] more)
    {
        var answer = await ada.Save("/admin/schedules/new", "/admin/schedules", Hours(name, more));
        Assert.Equal("/admin/schedules?done=saved", answer.Location);
        return ada.Center.Schedules.Values.Single(s => s.Name == name);
    }

    // Shanghai is eight hours ahead: 2026-11-23 is a Monday
    private static DateTimeOffset At(int day, int hour, int minute = 0) => new(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(8));

    [Fact]
    [Trait("Case", "F-D13")]
    public async Task Every_wrong_day_is_told_at_its_own_field()
    {
        using var ada = await Administrator.Of(site, "wrong-days@test.example");
        var refused = await ada.Save("/admin/schedules/new", "/admin/schedules", Hours(
            "Wrong days", ("Hours[Monday]", "nine to five"), ("Hours[Wednesday]", "09:00-12:00, 11:30-18:00"),
            ("Hours[Friday]", "25:00-26:00")));
        Assert.StartsWith("Enter periods", refused.At("Hours-Monday"), StringComparison.Ordinal);
        Assert.Equal("09:00-12:00 and 11:30-18:00 overlap.", refused.At("Hours-Wednesday"));
        Assert.StartsWith("Enter periods", refused.At("Hours-Friday"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-D13")]
    public async Task Hours_typed_in_full_width_are_taken()
    {
        using var ada = await Administrator.Of(site, "full-width@test.example");
        var schedule =
            await New(ada, "Full width", ("Hours[Monday]", "\uFF10\uFF19\uFF1A00\u201418\uFF1A00\uFF0C19\uFF1A00\uFF5E20\uFF1A30"));
        Assert.Equal(["09:00-18:00", "19:00-20:30"], schedule.Week.Select(h => h.Period.ToString()).Order());
    }

    [Fact]
    public async Task Hours_over_midnight_may_not_overlap_with_the_next_day()
    {
        using var ada = await Administrator.Of(site, "midnight@test.example");
        var refused = await ada.Save(
            "/admin/schedules/new", "/admin/schedules",
            Hours("Midnight", ("Hours[Monday]", "22:00-06:00"), ("Hours[Tuesday]", "05:00-10:00")));
        Assert.Equal("00:00-06:00 and 05:00-10:00 overlap.", refused.At("Hours-Tuesday"));
        var schedule = await New(ada, "Midnight", ("Hours[Monday]", "22:00-06:00"));
        Assert.True(schedule.IsOpen(At(24, 5, 59)));
        Assert.False(schedule.IsOpen(At(24, 6)));
    }

    [Fact]
    public async Task A_schedule_that_would_never_be_open_is_refused()
    {
        using var ada = await Administrator.Of(site, "never@test.example");
        Assert.StartsWith(
            "These hours would never be open", (await ada.Save("/admin/schedules/new", "/admin/schedules", Hours("Never")))
                .At("Hours-Monday"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_differs_counts_alone_and_the_shorter_one_of_two()
    {
        using var ada = await Administrator.Of(site, "holiday@test.example");
        var schedule = await New(
            ada, "Holidays", ("Hours[Monday]", "09:00-18:00"), ("Hours[Tuesday]", "09:00-18:00"), ("Hours[Saturday]", "09:00-18:00"),
            ("Exceptions[0].First", "2026-11-23"), ("Exceptions[0].Last", "2026-11-29"), ("Exceptions[0].Name", "Fair"),
            ("Exceptions[0].Hours", ""),
            ("Exceptions[1].First", "2026-11-24"), ("Exceptions[1].Last", ""), ("Exceptions[1].Name", ""),
            ("Exceptions[1].Hours", "10:00-12:00"));
        Assert.False(schedule.IsOpen(At(23, 10)));
        Assert.True(schedule.IsOpen(At(24, 10)));
        Assert.False(schedule.IsOpen(At(24, 9)));
        Assert.False(schedule.IsOpen(At(28, 10)));
        Assert.True(schedule.IsOpen(At(30, 10)));
        var page = (await ada.Visitor.Get($"/admin/schedules/{schedule.Id}")).Page;
        Assert.Equal("Fair", page.QuerySelector("[name='Exceptions[0].Name']")!.GetAttribute("value"));
        Assert.Equal("10:00-12:00", page.QuerySelector("[name='Exceptions[1].Hours']")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("", "", "09:00-12:00", "First", "Enter a day.")]
    [InlineData("2026-02-30", "", "", "First", "Enter a day.")]
    [InlineData("2026-10-07", "2026-10-01", "", "Last", "The last day is before the first.")]
    [InlineData("2026-10-01", "", "22:00-06:00", "Hours", "A special day ends at midnight: enter the rest as a day of its own.")]
    [InlineData("2026-10-01", "", "whenever", "Hours", "Enter periods such as 09:00-12:00, 13:00-18:00; at most 6 a day.")]
    public async Task A_wrong_day_that_differs_says_so_at_its_field(string first, string last, string hours, string field, string sentence)
    {
        using var ada = await Administrator.Of(site, $"exception-{field}-{first}{hours.Length}@test.example");
        var refused = await ada.Save("/admin/schedules/new", "/admin/schedules", Hours(
            "Exception", ("Hours[Monday]", "9-18"), ("Exceptions[0].First", first), ("Exceptions[0].Last", last),
            ("Exceptions[0].Hours", hours)));
        Assert.Equal(sentence, refused.At($"Exceptions-0.{field}"));
    }

    [Fact]
    [Trait("Case", "F-D12")]
    public async Task Too_many_days_that_differ_are_refused_in_words()
    {
        using var ada = await Administrator.Of(site, "too-many-days@test.example");
        var days = Enumerable.Range(0, SaveSchedule.MostExceptions + 1).Select(at => ($"Exceptions[{at}].First", "2026-12-24"));
        var refused = await ada.Save("/admin/schedules/new", "/admin/schedules", Hours("Full", [("Hours[Monday]", "9-18"), .. days]));
        Assert.Equal(
            ["Enter at most 60 special days."],
            refused.Page.QuerySelectorAll("form.sheet > .field-error").Select(e => e.TextContent.Trim()));
    }

    [Fact]
    [Trait("Case", "F-D2")]
    public async Task Every_day_that_somebody_else_saved_meanwhile_is_shown_whatever_lines_were_left_empty()
    {
        using var ada = await Administrator.Of(site, "days-meanwhile@test.example");
        var schedule = await New(ada, "Days meanwhile", ("Hours[Monday]", "9-18"));
        var page = $"/admin/schedules/{schedule.Id}";
        var old = (await ada.Visitor.Get(page)).Page.QuerySelectorAll("form.sheet input[type=hidden]").OfType<IHtmlInputElement>()
            .Select(i => (i.Name!, i.Value)).ToList();
        var theirs = Enumerable.Range(0, 5).Select(at => ($"Exceptions[{at}].First", $"2026-12-2{at}")).ToArray();
        await ada.Save(page, page, Hours("Days meanwhile", [("Hours[Monday]", "9-18"), .. theirs]));
        var refused = await ada.Visitor.Post(
            page, [.. old.Concat(Hours("Days meanwhile", ("Hours[Monday]", "9-18"), ("Exceptions[0].First", "2026-10-01")))
                .Select(f => KeyValuePair.Create(f.Item1, f.Item2))]);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(
            [.. Enumerable.Range(0, 5).Select(at => $"Stored now: 2026-12-2{at}")],
            Enumerable.Range(0, 5)
                .Select(at => refused.Page.QuerySelector($"[id='field-Exceptions-{at}.First-stored']")?.TextContent.Trim()));
        Assert.NotNull(refused.Page.QuerySelector("input[value='2026-10-01']"));
    }

    [Fact]
    public async Task A_number_keeps_to_its_schedule_and_to_that_of_its_group()
    {
        using var ada = await Administrator.Of(site, "keeps@test.example");
        var office = await New(ada, "Office", ("Hours[Monday]", "09:00-18:00"));
        var morning = await New(ada, "Morning", ("Hours[Monday]", "06:00-12:00"));
        var group = await ada.NewGroup(131, "Kept", ("Schedule", morning.Id.ToString()));
        await ada.Save(
            "/admin/numbers/new", "/admin/numbers", ("Digits", "95513100"), ("Entry", "Group"), ("Group", group.Id.ToString()),
            ("Schedule", office.Id.ToString()));
        var number = ada.Center.Numbers["95513100"];
        Assert.False(ada.Center.IsOpen(number, At(23, 8)));
        Assert.True(ada.Center.IsOpen(number, At(23, 11)));
        Assert.False(ada.Center.IsOpen(number, At(23, 13)));
        foreach (var used in (ScheduleView[])[office, morning])
            Assert.Equal(HttpStatusCode.Conflict, (await ada.Visitor.Delete($"/admin/schedules/{used.Id}")).Status);
    }

    [Fact]
    public async Task A_schedule_is_meant_in_its_own_time_zone()
    {
        using var ada = await Administrator.Of(site, "zone@test.example");
        await ada.Save(
            "/admin/schedules/new", "/admin/schedules", ("Name", "Berlin"), ("TimeZone", "Europe/Berlin"),
            ("Hours[Monday]", "09:00-18:00"));
        var berlin = ada.Center.Schedules.Values.Single(s => s.Name == "Berlin");
        Assert.False(berlin.IsOpen(At(23, 15, 59)));
        Assert.True(berlin.IsOpen(At(23, 16)));
    }
}
