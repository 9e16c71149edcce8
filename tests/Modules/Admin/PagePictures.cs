using Tccc.Modules.Tests;

namespace Tccc.Admin.Tests;

/// <summary>The pages of Admin in a new center: what their empty lists say, and their forms as they begin.</summary>
public sealed class PagePictures(PictureSite site) : IClassFixture<PictureSite>
{
    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var language in (string[])["en", "zh-CN"])
            foreach (var page in (string[])
            [
                "", "people/new", "groups", "groups/new", "numbers", "numbers/new", "schedules", "schedules/new", "trunks", "trunks/new",
                "phones",
                "phones/new", "sounds", "sounds/new", "settings", "outbox",
            ]) all.Add(language, page);
        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_drawn_as_it_was(string language, string page)
    {
        var ada = await site.Ada();
        var answer = await ada.Visitor.Get($"/admin{(page.Length > 0 ? "/" : "")}{page}?lang={language}");
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
        var main = answer.Page.QuerySelector("main")!;
        // which time zones there are is the machine's to say
        foreach (var zone in main.QuerySelectorAll("option[value*='/']:not([selected])")) zone.Remove();
        Pictures.Match(main.OuterHtml, $"admin.{page.Replace('/', '-')}{(page.Length > 0 ? "." : "")}{language}");
    }
}

/// <summary>A server in which nothing was set up yet, and its administrator.</summary>
public sealed class PictureSite : Site
{
    private readonly Lazy<Task<Administrator>> ada;

    public PictureSite() => ada = new(() => Administrator.Of(this, "ada@test.example"));

    internal Task<Administrator> Ada() => ada.Value;
}
