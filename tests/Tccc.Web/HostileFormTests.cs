using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Web.Tests;

/// <summary>What is sent to a form by who means no good: a clear refusal, and nothing in the log.</summary>
[Collection(OneSite.Name)]
public sealed class HostileFormTests(Site site)
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly (string What, Func<long, HttpContent?> Make)[] Bodies =
    [
        ("nothing", _ => null),
        ("a body of no bytes", _ => Of("", Form)),
        ("no field", _ => Of("__RequestVerificationToken=in-the-header", Form)),
        ("fields nobody asked for", _ => Of("a=1&b=2&Draft.Name=%00&__proto__=x", Form)),
        ("each field twice", _ =>
            Of("email=a&email=b&password=c&password=d&Name=a&Name=b&Number=1&Number=2&mobile=1&mobile=2&center=1&center=2", Form)),
        ("a type of its own", _ => Of("{\"email\":1}", "application/json")),
        ("no text", _ => Of([0xff, 0xfe, 0x80, (byte)'=', 0xc3, 0x28, (byte)'&', (byte)'%', (byte)'z', (byte)'z'], Form)),
        ("2,000 fields", _ => Of(string.Join('&', Enumerable.Range(0, 2000).Select(i => $"f{i}=1")), Form)),
        ("numbers that are none", _ =>
            Of("Number=x&RingSeconds=99999999999999999999&center=zz&online=maybe&Group=-1&Port=1e9&Open=%E9", Form)),
        ("multipart without its boundary", _ => Of("--x\r\n", "multipart/form-data")),
        ("multipart without its end", _ =>
            Of("--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nabc", "multipart/form-data; boundary=x")),
        ("more than it takes", limit => Of("email=" + new string('x', (int)Math.Min(limit, 2 * 1024 * 1024) + 1024), Form)),
    ];

    [Fact, Trait("Case", "F-C12")]
    public async Task Every_form_refuses_every_kind_of_nonsense_in_words_and_without_a_stack_in_the_log()
    {
        var agent = await site.NewAgent("hostile@test.example");
        await site.Services.GetRequiredService<Tccc.Platform.Writer>()
            .Write(async db => (await db.FindAsync<Agent>(agent.Id))!.Role = Role.Administrator);
        await site.Services.GetRequiredService<Centers>().Reload(site.North.Id);
        var (wrong, before) = (new List<string>(), site.Log.Troubles.Count());
        foreach (var route in Routes.Of(site).Where(r => r.Method is "POST" or "PUT" or "DELETE"))
        {
            using var visitor = await site.SignedIn("hostile@test.example");
            await visitor.Enter(site.North.Id, online: false);
            var limit = route.Endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>()!.MaxRequestBodySize!.Value;
            foreach (var (what, make) in Bodies)
            {
                var token = await visitor.Token("/settings/profile") is { Length: > 0 } good ? good : await visitor.Token("/login");
                var status = (int)await visitor.Ask(new(route.Method), route.Filled(_ => "471147114711"), token, htmx: true, make(limit));
                if (status >= 500) wrong.Add($"{route}, {what}: {status}");
                if (what == "more than it takes" && limit < 2 * 1024 * 1024 && route.Pattern is not "/line"
                    && status is not 413 and not 403 and not 401) wrong.Add($"{route}, {what}: {status}");
                if (what == "no field" && route.Pattern.StartsWith("/admin/", StringComparison.Ordinal) && route.Method == "POST"
                    && !route.Pattern.Contains('{', StringComparison.Ordinal) && status != WithoutFields(route)) wrong.Add(
                        $"{route}, {what}: {status}");
            }
        }
        Assert.Empty(wrong);
        Assert.Empty(site.Log.Troubles.Skip(before));
    }

    /// <summary>Whatever one field is worth to a form: the others are as its page shows them, and good.</summary>
    [Fact, Trait("Case", "F-C12")]
    public async Task A_good_form_that_lacks_any_one_field_is_saved_or_refused_in_words()
    {
        var agent = await site.NewAgent("lacking@test.example");
        // one's own place is another matter: who changes it may be out with the next click
        var other = await site.NewAgent("lacking-other@test.example");
        var ids = site.Services.GetRequiredService<IdSource>();
        var (group, number, trunk, phone, schedule, sound) = (ids.Next<GroupId>(), ids.Next<NumberId>(), ids.Next<TrunkId>(),
            ids.Next<PhoneId>(), ids.Next<ScheduleId>(), ids.Next<SoundId>());
        var center = site.North.Id;
        await site.Services.GetRequiredService<Tccc.Platform.Writer>().Write(async db =>
        {
            (await db.FindAsync<Agent>(agent.Id))!.Role = Role.Administrator;
            db.Add(new Schedule { Id = schedule, Center = center, Name = "Lacking", TimeZone = "Asia/Shanghai" });
            db.Add(new SkillGroup { Id = group, Center = center, Name = "Lacking", Number = 4711, Channels = Channels.Phone });
            db.Add(new GroupMember { Center = center, Group = group, Agent = agent.Id, Level = 3 });
            db.Add(new Number { Id = number, Center = center, Digits = "47114711", Entry = NumberEntry.Group, Group = group });
            db.Add(new Trunk { Id = trunk, Center = center, Name = "Lacking", Host = "sip.example.com", AllowedNetworks = "192.0.2.0/24" });
            db.Add(new DeskPhone { Id = phone, Center = center, Extension = "4711", SipUser = "4711" });
            db.Add(new Sound { Id = sound, Center = center, Name = "Lacking", Text = "Hello", Voice = "en" });
        });
        await site.Services.GetRequiredService<Centers>().Reload(center);
        using var visitor = await site.SignedIn("lacking@test.example");
        await visitor.Enter(center, online: false);
        var (wrong, before, tried) = (new List<string>(), site.Log.Troubles.Count(), 0);
        foreach (var page in (string[])[$"/admin/groups/{group}", $"/admin/numbers/{number}", $"/admin/trunks/{trunk}",
            $"/admin/phones/{phone}", $"/admin/schedules/{schedule}", $"/admin/sounds/{sound}", $"/admin/people/{other.Id}",
            "/admin/settings", "/settings/profile"])
        {
            foreach (var left in (await Fields(page)).Select(f => f.Key).Where(n => n[0] != '_').Distinct().ToList())
            {
                // anew each time: what was saved has another version
                var fields = (await Fields(page)).Where(f => f.Key != left).ToArray();
                var status = (int)(page.StartsWith("/admin/sounds", StringComparison.Ordinal)
                    ? await visitor.PostParts(page, fields)
                    : await visitor.Post(page, fields)).Status;
                tried++;
                if (status is not 303 and not 409 and not 422) wrong.Add($"{page} without {left}: {status}");
            }
        }
        Assert.Equal("", string.Join('\n', wrong));
        Assert.Empty(site.Log.Troubles.Skip(before));
        Assert.InRange(tried, 40, 400);

        async Task<List<KeyValuePair<string, string>>> Fields(string page) =>
            [.. (await visitor.Get(page)).Page.QuerySelectorAll<IHtmlFormElement>("form[method=post]")
                .Where(f => f.GetAttribute("action") == page).SelectMany(f => f.Elements).SelectMany(e => e switch
                {
                    IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" } => [],
                    IHtmlInputElement { Name: not null } input => new[] { KeyValuePair.Create(input.Name, input.Value) },
                    IHtmlSelectElement { Name: not null } select => [KeyValuePair.Create(select.Name, select.Value ?? "")],
                    IHtmlTextAreaElement { Name: not null } area => [KeyValuePair.Create(area.Name, area.Value)],
                    _ => [],
                })];
    }

    [Fact, Trait("Case", "F-C12")]
    public async Task Seventeen_kilobytes_are_too_much_to_sign_in_with()
    {
        var before = site.Log.Troubles.Count();
        using var visitor = site.Visit();
        var answer = await visitor.Send("/login", "/login", ("email", new string('x', 17 * 1024)), ("password", "x"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains("larger than", answer.Words, StringComparison.Ordinal);
        Assert.Empty(site.Log.Troubles.Skip(before));
    }

    [Fact, Trait("Case", "F-C12")]
    public async Task An_address_in_other_letters_is_gone_back_to()
    {
        await site.NewAgent("letters@test.example");
        using var visitor = site.Visit();
        var answer =
            await visitor.Send("/login", "/login", ("email", "letters@test.example"), ("password", Site.Password), ("return", "/é?q=客"));
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/centers?return=" + Uri.EscapeDataString("/%C3%A9?q=%E5%AE%A2")), (answer.Status, answer.Location));
        var entered = await visitor.Send("/centers", "/centers", ("center", site.North.Id.ToString()), ("return", "/é"));
        Assert.Equal((HttpStatusCode.SeeOther, "/%C3%A9"), (entered.Status, entered.Location));
    }

    // a form with a file in it comes in parts, and says so when it does not
    private static int WithoutFields(Route route) =>
        route.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains(Form) == false ? 415 : 422;

    private static ByteArrayContent Of(string text, string type) => Of(Encoding.UTF8.GetBytes(text), type);

    private static ByteArrayContent Of(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
