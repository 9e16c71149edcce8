using System.Net;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class RecoverTests(AccountSite site)
{
    private const string Page = "/login/forgot";

    [Fact]
    public async Task A_number_that_nobody_has_gets_no_further()
    {
        var nobodys = site.NewMobile();
        using var visitor = site.Visit();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetCode(Page, "/login/forgot/codes", nobodys)).Status);
        Assert.Equal("This code is wrong.", (await visitor.Send(Page, Page, ("mobile", nobodys), ("code", "123456"))).At("code"));
    }
}
