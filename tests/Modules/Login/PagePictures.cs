using Tccc.Modules.Tests;

namespace Tccc.Login.Tests;

/// <summary>The pages that strangers see, in both languages.</summary>
[Collection(OneAccountSite.Name)]
public sealed class PagePictures(AccountSite site)
{
    [Theory]
    [InlineData("en", "sign-in", "/login")]
    [InlineData("zh-CN", "sign-in", "/login")]
    [InlineData("en", "sign-in-by-code", "/login?way=code")]
    [InlineData("zh-CN", "sign-in-by-code", "/login?way=code")]
    [InlineData("en", "forgot-password", "/login/forgot")]
    [InlineData("zh-CN", "forgot-password", "/login/forgot")]
    public async Task It_is_drawn_as_it_was(string language, string name, string path)
    {
        using var visitor = site.Visit(language);
        Pictures.Match((await visitor.Get(path)).Text, $"{name}.{language}");
    }
}
