using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

/// <summary>
/// Two people edit one thing: what the other saved is shown and not overwritten unseen, in every form, and deleting is refused too.
/// </summary>
[Collection(AdminSite.Name)]
public sealed class ChangedMeanwhileTests(Site site)
{
    /// <summary>Every form of the administration that saves a row: its page, and a field to write into with two values.</summary>
    private static readonly (string Kind, string Field, string Mine, string Theirs)[] Forms =
    [
        ("groups", "Name", "Mine group", "Theirs group"),
        ("numbers", "Digits", "95519901", "95519902"),
        ("schedules", "Name", "Mine hours", "Theirs hours"),
        ("trunks", "Name", "Mine trunk", "Theirs trunk"),
        ("sounds", "Name", "Mine sound", "Theirs sound"),
        ("people", "Nickname", "Mine", "Theirs"),
    ];

    [Fact]
    [Trait("Case", "F-D2")]
    public async Task Whoever_saves_later_sees_both_values_in_every_form_and_may_then_save()
    {
        using var ada = await Administrator.Of(site, "second-tab@test.example");
        using var bea = await Administrator.Of(site, "first-tab@test.example");
        foreach (var (kind, field, mine, theirs) in Forms)
        {
            var page = await Made(ada, kind);
            var old = Filled(await ada.Visitor.Get(page), page);
            var first = await Send(bea, page, Filled(await bea.Visitor.Get(page), page), field, theirs);
            Assert.Equal((kind, $"/admin/{kind}?done=saved"), (kind, first.Location));

            var second = await Send(ada, page, old, field, mine);
            Assert.Equal((kind, HttpStatusCode.Conflict), (kind, second.Status));
            Assert.Contains("first-tab@test.example changed this at 20", second.Page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains(
                $"Stored now: {theirs}", second.Page.QuerySelector($"#field-{field}-stored")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(mine, second.Page.QuerySelector<IHtmlInputElement>($"#field-{field}")!.Value);

            var again = await Send(ada, page, Filled(second, page), field, mine);
            Assert.Equal((kind, $"/admin/{kind}?done=saved"), (kind, again.Location));
        }
    }

    [Fact]
    [Trait("Case", "F-D2")]
    public async Task Center_settings_and_desk_phones_are_not_overwritten_unseen_either()
    {
        using var ada = await Administrator.Of(site, "second-page@test.example");
        using var bea = await Administrator.Of(site, "first-page@test.example");
        await Send(ada, "/admin/settings", Filled(await ada.Visitor.Get("/admin/settings"), "/admin/settings"), "BreakReasons", "Lunch");
        var old = Filled(await ada.Visitor.Get("/admin/settings"), "/admin/settings");
        await Send(bea, "/admin/settings", Filled(await bea.Visitor.Get("/admin/settings"), "/admin/settings"), "WrapUpSeconds", "41");
        var refused = await Send(ada, "/admin/settings", old, "WrapUpSeconds", "42");
        Assert.Contains("Stored now: 41", refused.Page.QuerySelector("#field-WrapUpSeconds-stored")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(41, ada.Center.Center.WrapUpSeconds);

        await ada.Save("/admin/phones/new", "/admin/phones", ("Extension", "6199"), ("Agent", ""));
        var page = $"/admin/phones/{ada.Center.Phones.Values.Single(p => p.Extension == "6199").Id}";
        var before = Filled(await ada.Visitor.Get(page), page);
        await Send(bea, page, Filled(await bea.Visitor.Get(page), page), "Agent", bea.Me.Id.ToString());
        var phone = await Send(ada, page, before, "Agent", ada.Me.Id.ToString());
        Assert.Contains("first-page@test.example", phone.Page.QuerySelector("#field-Agent-stored")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-D2")]
    public async Task What_was_changed_after_the_page_was_drawn_is_not_deleted()
    {
        using var ada = await Administrator.Of(site, "deleter@test.example");
        foreach (var (kind, field, _, theirs) in Forms.Where(f => f.Kind != "people"))
        {
            var page = await Made(ada, kind, " to delete", 1);
            var drawn = await ada.Visitor.Get(page);
            var address = drawn.Page.QuerySelectorAll("[hx-delete]")
                .Single(b => b.GetAttribute("hx-delete")!.StartsWith(page + "?", StringComparison.Ordinal)).GetAttribute("hx-delete")!;
            await Send(ada, page, Filled(drawn, page), field, kind == "numbers" ? "95519903" : theirs + " 2");
            Assert.Equal((kind, HttpStatusCode.Conflict), (kind, (await ada.Visitor.Htmx(HttpMethod.Delete, address, page)).Status));
            Assert.Equal((kind, HttpStatusCode.Conflict), (kind, (await ada.Visitor.Htmx(HttpMethod.Delete, page, page)).Status));
            Assert.Equal((kind, HttpStatusCode.NoContent), (kind, (await ada.Visitor.Delete(page)).Status));
        }
    }

    [Fact]
    [Trait("Case", "F-D2")]
    public async Task A_membership_given_on_the_persons_page_is_not_undone_by_the_groups_older_page()
    {
        using var ada = await Administrator.Of(site, "membership@test.example");
        var group = await ada.NewGroup(141, "Membership");
        var page = $"/admin/groups/{group.Id}";
        var old = Filled(await ada.Visitor.Get(page), page);
        var person = $"/admin/people/{ada.Me.Id}";
        await Send(ada, person, Filled(await ada.Visitor.Get(person), person), $"Levels[{group.Id}]", "4");
        var refused = await Send(ada, page, old, "RingSeconds", "25");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Stored now: level 4", refused.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(4, Assert.Single(ada.Center.Groups[group.Id].Members).Level);
    }

    [Fact]
    [Trait("Case", "F-D2")]
    public async Task Levels_that_are_set_from_either_side_are_told_to_every_older_page_of_the_other()
    {
        using var ada = await Administrator.Of(site, "levels@test.example");
        var (first, second) = (await ada.NewGroup(161, "Levels 1"), await ada.NewGroup(162, "Levels 2"));
        var (one, two, person) = ($"/admin/groups/{first.Id}", $"/admin/groups/{second.Id}", $"/admin/people/{ada.Me.Id}");
        var (oldOne, oldTwo, old) = (
            Filled(await ada.Visitor.Get(one), one), Filled(await ada.Visitor.Get(two), two),
            Filled(await ada.Visitor.Get(person), person));
        var both = old.Where(f => f.Item1 != $"Levels[{first.Id}]").Append(($"Levels[{first.Id}]", "3")).ToList();
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(ada, person, both, $"Levels[{second.Id}]", "4")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Send(ada, one, oldOne, "RingSeconds", "25")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Send(ada, two, oldTwo, "RingSeconds", "25")).Status);
        // only levels were changed, and they are the person's own too
        Assert.Equal(HttpStatusCode.Conflict, (await Send(ada, person, old, $"Levels[{first.Id}]", "5")).Status);

        old = Filled(await ada.Visitor.Get(person), person);
        Assert.Equal(
            HttpStatusCode.SeeOther, (await Send(ada, one, Filled(await ada.Visitor.Get(one), one), $"Levels[{ada.Me.Id}]", "1")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Send(ada, person, old, "Nickname", "Late")).Status);
    }

    [Fact]
    public async Task A_member_of_a_group_keeps_their_level_when_something_else_is_saved()
    {
        using var ada = await Administrator.Of(site, "keeps-level@test.example");
        var group = await ada.NewGroup(163, "Keeps level", ($"Levels[{ada.Me.Id}]", "2"));
        var person = $"/admin/people/{ada.Me.Id}";
        var saved = await Send(ada, person, Filled(await ada.Visitor.Get(person), person), "Nickname", "Keeper");
        Assert.Equal((HttpStatusCode.SeeOther, "Keeper"), (saved.Status, ada.Center.Agents[ada.Me.Id].Nickname));
        Assert.Equal(2, Assert.Single(ada.Center.Groups[group.Id].Members).Level);
    }

    /// <summary>A thing of this kind, and the address of its form.</summary>
    private async Task<string> Made(Administrator ada, string kind, string more = "", int at = 0)
    {
        var (name, number) = ($"Begun {kind}{more}", 95_519_910 + at);
        switch (kind)
        {
            case "groups":
                return $"/admin/groups/{(await ada.NewGroup(142 + at, name)).Id}";
            case "numbers":
                var group = await ada.NewGroup(151 + at, "Of numbers" + more);
                await ada.Save(
                    "/admin/numbers/new", "/admin/numbers", ("Digits", $"{number}"), ("Entry", "Group"), ("Group", group.Id.ToString()));
                return $"/admin/numbers/{ada.Center.Numbers[$"{number}"].Id}";
            case "schedules":
                await ada.Save("/admin/schedules/new", "/admin/schedules", ("Name", name), ("TimeZone", "UTC"), ("Hours[Monday]", "9-18"));
                return $"/admin/schedules/{ada.Center.Schedules.Values.Single(s => s.Name == name).Id}";
            case "trunks":
                await ada.Save(
                    "/admin/trunks/new", "/admin/trunks", ("Name", name), ("Host", "sip.example.com"), ("Port", "5060"),
                    ("Transport", "Udp"),
                    ("AllowedNetworks", "198.51.100.0/24"));
                return $"/admin/trunks/{ada.Center.Trunks.Single(t => t.Name == name).Id}";
            case "sounds":
                var sound =
                    new Sound { Id = site.Services.GetRequiredService<IdSource>()
                        .Next<SoundId>(), Center = site.North.Id, Name = name, Version = 1 };
                await site.Services.GetRequiredService<Writer>().Write(db => { db.Add(sound); return Task.CompletedTask; });
                await site.Services.GetRequiredService<Centers>().Reload(site.North.Id);
                return $"/admin/sounds/{sound.Id}";
            default:
                return $"/admin/people/{(await site.NewAgent($"begun{more.Length}@test.example")).Id}";
        }
    }

    /// <summary>The form's fields as the page draws them.</summary>
    private static List<(string, string)> Filled(Answer answer, string action)
    {
        var form = answer.Page.QuerySelectorAll<IHtmlFormElement>("form.sheet").Single(f => f.GetAttribute("action") == action);
        var texts = form.QuerySelectorAll<IHtmlInputElement>("input[name]")
            .Where(i => i.Type is not ("checkbox" or "file") || i is { Type: "checkbox", IsChecked: true });
        return
        [
            .. texts.Select(i => (i.Name!, i.Value)), .. form.QuerySelectorAll<IHtmlTextAreaElement>("textarea")
                .Select(t => (t.Name!, t.Value)),
            .. form.QuerySelectorAll<IHtmlSelectElement>("select").Select(s => (s.Name!, s.Value ?? "")),
        ];
    }

    private static Task<Answer> Send(Administrator who, string action, List<(string, string)> fields, string field, string value)
    {
        KeyValuePair<string, string>[] all =
            [.. fields.Where(f => f.Item1 != field).Append((field, value)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))];
        return action.StartsWith("/admin/sounds", StringComparison.Ordinal)
            ? who.Visitor.PostParts(action, all)
            : who.Visitor.Post(action, all);
    }
}
