using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Web.Tests;

/// <summary>
/// What a request says of whoever stands behind its sender, on a server that two proxies stand before: one address and one network.
/// </summary>
[Collection(ProxiedSite.Name)]
public sealed class ProxyTests(ProxiedSite site)
{
    private const string Customer = "203.0.113.9";

    [Theory, Trait("Case", "F-C11")]
    [InlineData(ProxiedSite.Proxy, Customer, true)]
    [InlineData("127.8.3.2", "203.0.113.10", true)]
    [InlineData("127.7.7.8", "127.7.7.8", false)]
    public async Task A_named_proxy_is_believed_and_nobody_else(string sender, string seenAs, bool overHttps)
    {
        using var visitor = site.Visit(from: IPAddress.Parse(sender));
        var cookie = Assert.Single((await visitor.Get("/login", ("X-Forwarded-Proto", "https"))).Response.Headers.GetValues("Set-Cookie"));
        Assert.Equal(overHttps, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));

        visitor.Says("X-Forwarded-For", overHttps ? seenAs : Customer);
        var nobody = $"nobody-at-{sender}@test.example";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SignIn(nobody, "Wrong#2026")).Status);
        await site.Services.GetRequiredService<Writer>().Flush();
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        Assert.Equal(
            seenAs, (await db.Set<AuditRow>().SingleAsync(row => row.What == AuditWhat.SignInFailed && row.Target == nobody)).Address);
    }

    [Fact, Trait("Case", "F-C11")]
    public async Task What_stands_before_the_last_proxy_is_not_believed()
    {
        using var visitor = site.Visit(from: IPAddress.Parse(ProxiedSite.Proxy));
        // the customer wrote the first, the proxy added the second
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/metrics", ("X-Forwarded-For", $"127.0.0.1, {Customer}"))).Status);
    }

    [Theory, Trait("Case", "F-C11")]
    [InlineData("proxy.example")]
    [InlineData("10.0.0.0/99")]
    public void A_proxy_that_is_neither_an_address_nor_a_network_is_told_at_the_start(string proxies)
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        builder.Configuration["Http:Proxies"] = $"127.0.0.1, {proxies}";
        Assert.Contains(
            proxies, Assert.Throws<StartupException>(() => Guards.Proxies.UseProxies(builder.Build())).Message, StringComparison.Ordinal);
    }
}

/// <summary>A server behind proxies.</summary>
public sealed class ProxiedSite() : Site(new Dictionary<string, string> { ["Http:Proxies"] = $"{Proxy}, 127.8.0.0/16" })
{
    public const string Name = "proxied site";

    internal const string Proxy = "127.7.7.7";
}

[CollectionDefinition(ProxiedSite.Name)]
public sealed class OneProxiedSite : ICollectionFixture<ProxiedSite>;
