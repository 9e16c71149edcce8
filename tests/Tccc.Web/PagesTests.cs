using System.IO.Compression;
using System.Net;

namespace Tccc.Web.Tests;

[Collection(OneSite.Name)]
public sealed class PagesTests(Site site)
{
    /// <summary>Bytes, brotli, of page, scripts, stylesheets and icons: docs/ui.md.</summary>
    private const int FirstLoadAtMost = 140 * 1024;

    [Theory]
    [InlineData("/login")]
    [InlineData("/nothing-here")]
    [InlineData("/lib/app.css")]
    [InlineData("/health/live")]
    public async Task Every_answer_carries_the_guards(string path)
    {
        using var visitor = site.Visit();
        var headers = (await visitor.Get(path)).Response.Headers;
        var policy = headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", headers.GetValues("Referrer-Policy").Single());
        Assert.False(headers.Contains("Server"));
    }

    [Theory]
    [InlineData("en", "There is nothing here")]
    [InlineData("zh-CN", "这里什么也没有")]
    public async Task An_address_that_leads_nowhere_says_so(string language, string words)
    {
        using var visitor = site.Visit(language);
        var answer = await visitor.Get("/nothing-here");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains(words, answer.Words, StringComparison.Ordinal);
        Assert.Equal(language, answer.Page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_part_of_a_page_gets_its_refusal_as_a_notice()
    {
        using var visitor = site.Visit();
        var answer = await visitor.Get("/nothing-here", ("HX-Request", "true"));
        Assert.Equal("The address may be mistyped, or what was here is gone.", answer.Alert);
        Assert.DoesNotContain("<html", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_kept_by_their_fingerprint()
    {
        using var visitor = site.Visit();
        var sheet = (await visitor.Get("/login")).Page.QuerySelector("link[rel=stylesheet][href*='/lib/app.']")!.GetAttribute("href")!;
        Assert.Contains("immutable", (await visitor.Get(sheet)).Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-E9")]
    public async Task The_first_load_of_the_workbench_is_light()
    {
        await site.NewAgent("light@test.example");
        using var visitor = await site.SignedIn("light@test.example");
        await visitor.Enter(site.North.Id, online: false);
        var page = await visitor.Get("/workbench");
        var files = page.Page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")
            .Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!)
            .Append(page.Page.QuerySelector("use")!.GetAttribute("href")!.Split('#')[0]).Distinct().ToList();
        long weight = Compressed(page.Text);
        foreach (var file in files)
        {
            Assert.NotEmpty((await visitor.Get(file, ("Accept-Encoding", "br, gzip"))).Response.Content.Headers.ContentEncoding);
            var plain = await visitor.Get(file);
            Assert.Equal(HttpStatusCode.OK, plain.Status);
            weight += Compressed(plain.Text);
        }
        Assert.InRange(weight, 1, FirstLoadAtMost);
    }

    private static long Compressed(string text)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
            brotli.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return target.Length;
    }
}
