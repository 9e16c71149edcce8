using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class ChangeMobileTests(AccountSite site)
{
    [Fact]
    public async Task The_number_is_changed_by_the_old_one_and_a_code_to_the_new_one()
    {
        var (old, mobile) = (await site.Member("mobile@test.example"), site.NewMobile());
        using var visitor = await InCenter("mobile@test.example");
        await visitor.GetCode("/settings/mobile", "/settings/mobile/codes", mobile);
        var answer =
            await visitor.Send(
                "/settings/mobile", "/settings/mobile", ("old", $"+86 {old}"), ("mobile", mobile), ("code", await site.CodeTo(mobile)));
        Assert.Equal("/settings/profile?done=saved", answer.Location);
        var page = await visitor.Get("/settings/profile");
        Assert.Contains(MobileNumber.Mask(mobile), page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(mobile, page.Text, StringComparison.Ordinal);
        Assert.Contains(AuditWhat.MobileChanged, await site.AuditOf("mobile@test.example"));
    }

    [Fact]
    public async Task A_wrong_old_number_spoils_the_code_so_its_digits_can_not_be_tried_out()
    {
        await site.Member("guess@test.example");
        var mobile = site.NewMobile();
        using var visitor = await site.SignedIn("guess@test.example");
        await visitor.GetCode("/settings/mobile", "/settings/mobile/codes", mobile);
        var code = await site.CodeTo(mobile);
        for (var i = 0; i < SmsCodes.TriesPerCode; i++)
            Assert.Equal("This is not your current number.", (await Send("13800009999")).At("old"));
        Assert.Equal("This is not your current number.", (await Send("13800009998")).At("old"));
        Assert.DoesNotContain(AuditWhat.MobileChanged, await site.AuditOf("guess@test.example"));

        Task<Answer> Send(string old) =>
            visitor.Send("/settings/mobile", "/settings/mobile", ("old", old), ("mobile", mobile), ("code", code));
    }

    [Fact]
    public async Task A_number_of_somebody_else_is_not_taken_over()
    {
        var old = await site.Member("taker@test.example");
        var taken = await site.Member("owner@test.example");
        using var visitor = await site.SignedIn("taker@test.example");
        await visitor.GetCode("/settings/mobile", "/settings/mobile/codes", taken);
        var answer =
            await visitor.Send("/settings/mobile", "/settings/mobile", ("old", old), ("mobile", taken), ("code", await site.CodeTo(taken)));
        Assert.StartsWith("This number is bound to another account.", answer.At("mobile"), StringComparison.Ordinal);
    }

    private async Task<Visitor> InCenter(string email)
    {
        var visitor = await site.SignedIn(email);
        await visitor.Enter(site.North.Id, online: false);
        return visitor;
    }
}
