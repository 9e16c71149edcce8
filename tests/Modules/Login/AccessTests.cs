using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Login.Tests;

[Collection(OneAccountSite.Name)]
public sealed class AccessTests(AccountSite site)
{
    [Fact]
    public async Task Nobody_who_is_not_signed_in_gets_in()
    {
        using var stranger = site.Visit();
        foreach (var path in (
            string[])["/settings", "/settings/profile", "/settings/password", "/settings/mobile", "/settings/language",
            "/settings/sessions", "/login/bind"])
            Assert.StartsWith(
                "/login?return", (await stranger.Get(path)).Response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_strangers_may_post_to_has_a_limit_by_address()
    {
        var open = site.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints
            .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null)
            .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>()?.HttpMethods.Contains("POST") is true)
            // signing out proves nothing and costs nothing
            .Where(e =>
                e.DisplayName is { } name && !name.Contains("/demo/", StringComparison.Ordinal)
                    && !name.EndsWith(" /logout", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(open);
        Assert.All(open, e => Assert.NotNull(e.Metadata.GetMetadata<Microsoft.AspNetCore.RateLimiting.EnableRateLimitingAttribute>()));
    }
}
