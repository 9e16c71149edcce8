using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class ChangeNicknameTests(AccountSite site)
{
    private const string Page = "/settings/profile";

    [Fact]
    [Trait("Case", "F-D2")]
    public async Task A_page_that_was_opened_before_the_last_change_overwrites_nothing_unseen_and_may_then_save()
    {
        await site.Member("twice-named@test.example");
        using var visitor = await InCenter("twice-named@test.example");
        var old = Form(await visitor.Get(Page));
        Assert.Equal(Page + "?done=saved", (await visitor.Send(Page, Page, ("Nickname", "Mira"))).Location);
        var late = await Save(visitor, old, "Mona");
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Mira changed this at 20", late.Alert, StringComparison.Ordinal);
        Assert.Contains("Stored now: Mira", late.Page.GetElementById("field-Nickname-stored")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Mona", late.Page.GetElementById("field-Nickname")!.GetAttribute("value"));
        Assert.Equal(Page + "?done=saved", (await Save(visitor, Form(late), "Mona")).Location);
        Assert.Equal("Mona", (await visitor.Get(Page)).Page.GetElementById("field-Nickname")!.GetAttribute("value"));
        Assert.Equal(2, (await site.AuditOf("twice-named@test.example")).Count(what => what == AuditWhat.ProfileChanged));
    }

    [Fact]
    [Trait("Case", "F-D2")]
    public async Task A_mobile_number_that_another_page_bound_meanwhile_must_be_named_in_full_to_be_changed()
    {
        var (old, first, second) = (await site.Member("two-pages@test.example"), site.NewMobile(), site.NewMobile());
        using var visitor = await InCenter("two-pages@test.example");
        await Change(old, first);
        // the other page still holds the number of before
        Assert.Equal("This is not your current number.", (await Change(old, second)).At("old"));
        Assert.Equal(Page + "?done=saved", (await Change(first, second)).Location);

        async Task<Answer> Change(string from, string to)
        {
            await visitor.GetCode("/settings/mobile", "/settings/mobile/codes", to);
            var code = await site.CodeTo(to);
            return await visitor.Send("/settings/mobile", "/settings/mobile", ("old", from), ("mobile", to), ("code", code));
        }
    }

    private static KeyValuePair<string, string>[] Form(Answer page) =>
    [
        .. page.Page.QuerySelectorAll<IHtmlInputElement>($"form[action='{Page}'] input[type=hidden]")
            .Select(i => KeyValuePair.Create(i.Name!, i.Value)),
    ];

    private static Task<Answer> Save(Visitor visitor, KeyValuePair<string, string>[] form, string nickname) =>
        visitor.Post(Page, [.. form, KeyValuePair.Create("Nickname", nickname)]);

    private async Task<Visitor> InCenter(string email)
    {
        var visitor = await site.SignedIn(email);
        await visitor.Enter(site.North.Id, online: false);
        return visitor;
    }
}
