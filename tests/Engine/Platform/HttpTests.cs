using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform.Tests;

public sealed class HttpTests
{
    [Theory]
    [InlineData(null, null, "zh-CN")]
    [InlineData(null, "fr, de;q=0.5", "zh-CN")]
    [InlineData(null, "fr, en-GB;q=0.8, zh;q=0.9", "zh-CN")]
    [InlineData(null, "en-US,en;q=0.9", "en")]
    [InlineData(null, "zh-TW", "zh-CN")]
    [InlineData("en", "zh-CN", "en")]
    [InlineData("zh-CN", "en", "zh-CN")]
    [InlineData("xx", "en", "en")]
    public async Task A_visitor_is_answered_in_the_language_asked_for_else_the_browser_s_else_Chinese(
        string? lang, string? accepts, string language)
    {
        await using var host = await Start();
        using var client = host.Client();
        if (accepts is not null) client.DefaultRequestHeaders.Add("Accept-Language", accepts);
        Assert.Equal(language, await client.GetStringAsync(lang is null ? "/language" : $"/language?lang={lang}"));
        // the language that was asked for stays for the visit
        Assert.Equal(language, await client.GetStringAsync("/language"));
    }

    [Fact]
    public async Task A_person_s_own_language_wins_over_everything()
    {
        await using var host = await Start();
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Accept-Language", "zh-CN");
        await client.GetAsync("/sign-in?culture=en");
        Assert.Equal("en", await client.GetStringAsync("/language?lang=zh-CN"));
    }

    [Fact]
    public async Task Policies_let_in_who_has_the_claims_and_the_endpoint_sees_who_it_is()
    {
        await using var host = await Start();
        using var client = host.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/who")).StatusCode);
        await client.GetAsync("/sign-in?role=Supervisor");
        Assert.Equal("1 2 3 Supervisor", await client.GetStringAsync("/who"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/supervisor")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/admin")).StatusCode);
    }

    [Fact]
    public async Task A_request_that_changes_something_needs_the_page_s_token()
    {
        await using var host = await Start();
        using var client = host.Client();
        var refused = await client.PutAsync("/change?lang=en", null);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(
            "<div class=\"alert alert-danger\" role=\"alert\">This page is too old. Reload it and try again.</div>",
            await refused.Content.ReadAsStringAsync());

        var token = await client.GetStringAsync("/token");
        using var byHeader = new HttpRequestMessage(HttpMethod.Put, "/change") { Headers = { { "RequestVerificationToken", token } } };
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(byHeader)).StatusCode);
        using var byField = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsync("/change", byField)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsync("/open", null)).StatusCode);
    }

    [Fact]
    public async Task An_error_is_a_status_and_a_notice_in_the_reader_s_language_that_can_not_carry_markup()
    {
        await using var host = await Start();
        using var client = host.Client();
        var taken = await client.GetAsync("/error?lang=en");
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Equal(
            "<div class=\"alert alert-danger\" role=\"alert\">The name &lt;b&gt; is taken.</div>", await taken.Content.ReadAsStringAsync());
        var old = await client.GetAsync("/old?lang=zh-CN");
        Assert.Equal(HttpStatusCode.Forbidden, old.StatusCode);
        Assert.Contains("页面已过期", WebUtility.HtmlDecode(await old.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        var wrong = await client.GetAsync("/wrong?lang=en");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("<p data-field=\"Name\">Give a name.</p>", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Htmx_is_told_where_an_error_goes_and_which_page_comes_next()
    {
        await using var host = await Start();
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("HX-Request", "true");
        var taken = await client.GetAsync("/error");
        Assert.Equal("#notices", taken.Headers.GetValues("HX-Retarget").Single());
        Assert.Equal("/next", (await client.GetAsync("/go")).Headers.GetValues("HX-Redirect").Single());
        client.DefaultRequestHeaders.Remove("HX-Request");
        var plain = await client.GetAsync("/go");
        Assert.Equal((HttpStatusCode.SeeOther, "/next"), (plain.StatusCode, plain.Headers.Location!.OriginalString));
    }

    private static Task<TestHost> Start() => TestHost.Start(map: app =>
    {
        app.MapGet("/language", () => CultureInfo.CurrentUICulture.Name);
        app.MapGet("/sign-in", (HttpContext http, string? culture, string? role) => http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
            new Claim?[]
            {
                new(Access.PersonClaim, "1"), new(Access.AgentClaim, "2"), new(Access.CenterClaim, "3"),
                new(Access.RoleClaim, role ?? nameof(Role.Agent)),
                culture is null ? null : new(Access.CultureClaim, culture),
            }.OfType<Claim>(), CookieAuthenticationDefaults.AuthenticationScheme))));
        app.MapGet("/who", (CurrentAgent me) => $"{me.Person} {me.Agent} {me.Center} {me.Role}").RequireAuthorization(Right.Serve);
        app.MapGet("/supervisor", () => "").RequireAuthorization(Right.SeeAllRecords);
        app.MapGet("/admin", () => "").RequireAuthorization(Right.SetUpCenter);
        app.MapGet("/token", (HttpContext http, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(http).RequestToken);
        app.MapPut("/change", () => "");
        app.MapPut("/open", () => "").DisableAntiforgery();
        app.MapGet("/error", () => ((Result)new Taken("<b>")).Error!.ToHttp(into: "#notices"));
        app.MapGet("/old", () => new TooOld().ToHttp());
        app.MapGet("/wrong", () => new ValidationFailed("Name", "Give a name.").ToHttp());
        app.MapGet("/go", (HttpResponse response) => response.GoTo("/next"));
    });
}
