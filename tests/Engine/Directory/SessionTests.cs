using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tccc.Platform;
using Tccc.Platform.Tests;

namespace Tccc.Directory.Tests;

public sealed class SessionTests
{
    private const string Email = "amy@a.test";
    private const string Password = "Demo#2026";

    [Fact]
    public async Task A_copy_of_a_signed_out_cookie_is_refused_also_after_a_restart()
    {
        var host = await DirectoryHost.Start();
        await host.MakeCenter("a");
        var stolen = await SignIn(host);
        var other = await SignIn(host);
        Assert.Equal(HttpStatusCode.OK, await Me(host, stolen));
        using (var client = host.Client())
        {
            client.DefaultRequestHeaders.Add("Cookie", stolen);
            await client.GetAsync("/sign-out");
        }
        Assert.Equal(HttpStatusCode.Unauthorized, await Me(host, stolen));
        Assert.Equal(HttpStatusCode.OK, await Me(host, other));
        host = await host.Again();
        Assert.Equal(HttpStatusCode.Unauthorized, await Me(host, stolen));
        Assert.Equal(HttpStatusCode.OK, await Me(host, other));
        await host.DisposeAsync();
    }

    [Fact]
    [Trait("Case", "F-C16")]
    public async Task A_session_ends_after_thirty_days_however_busy_it_was_but_for_a_call_in_progress()
    {
        var time = new ManualTime();
        await using var host =
            await DirectoryHost.Start(with: builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        var (_, agent, _) = await host.MakeCenter("a");
        using var client = host.Client();
        await client.GetAsync(
            new Uri($"/sign-in?email={Email}&password={Uri.EscapeDataString(Password)}&agent={agent.Id}", UriKind.Relative));
        for (var gone = TimeSpan.Zero; gone < DirectoryModule.SignInLastsAtMost; gone += DirectoryModule.SignInLasts / 1.5)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/me")).StatusCode);
            time.Advance(DirectoryModule.SignInLasts / 1.5);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/me")).StatusCode);
        Assert.Equal($"{agent.Id} Agent", await client.GetStringAsync("/kept"));
    }

    [Fact]
    public async Task Who_signed_out_everywhere_keeps_nothing_not_even_a_call()
    {
        await using var host = await DirectoryHost.Start();
        var (_, agent, _) = await host.MakeCenter("a");
        using var client = host.Client();
        await client.GetAsync(
            new Uri($"/sign-in?email={Email}&password={Uri.EscapeDataString(Password)}&agent={agent.Id}", UriKind.Relative));
        await host.As(async people =>
        {
            await people.EndAllSessions(agent.Person, Origin.Unknown);
            return true;
        });
        await host.Centers.Reload(agent.Person);
        // so far it could have been an administrator's hand
        Assert.Equal($"{agent.Id} Agent", await client.GetStringAsync("/kept"));
        host.Get<Sessions>().EndAll(agent.Person);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/kept")).StatusCode);
    }

    [Fact]
    public async Task Signing_in_again_ends_what_the_browser_had_before()
    {
        await using var host = await DirectoryHost.Start();
        await host.MakeCenter("a");
        var first = await SignIn(host);
        var second = await SignIn(host, first);
        Assert.Equal(HttpStatusCode.Unauthorized, await Me(host, first));
        Assert.Equal(HttpStatusCode.OK, await Me(host, second));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_of_the_person_and_nobody_elses()
    {
        await using var host = await DirectoryHost.Start();
        var (_, agent, _) = await host.MakeCenter("a");
        await host.MakeCenter("b");
        var (one, two, bob) = (await SignIn(host), await SignIn(host), await SignIn(host, email: "amy@b.test"));
        await host.As(async people =>
        {
            await people.EndAllSessions(agent.Person, Origin.Unknown);
            return true;
        });
        await host.Centers.Reload(agent.Person);
        Assert.Equal(HttpStatusCode.Unauthorized, await Me(host, one));
        Assert.Equal(HttpStatusCode.Unauthorized, await Me(host, two));
        Assert.Equal(HttpStatusCode.OK, await Me(host, bob));
    }

    [Fact]
    public async Task Before_the_first_sign_in_is_finished_every_page_leads_there()
    {
        await using var host = await DirectoryHost.Start();
        var (_, agent, _) = await host.MakeCenter("a");
        await host.Get<Writer>().Write(async db => (await db.Set<Person>().SingleAsync(p => p.Id == agent.Person)).Mobile = null);
        await host.Centers.Reload(agent.Person);
        var cookie = await SignIn(host);
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/me")).StatusCode);
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        Assert.Equal(DirectoryModule.FirstSignIn, (await client.GetAsync("/me")).Headers.Location?.OriginalString);

        await host.Get<Writer>().Write(async db => (await db.Set<Person>().SingleAsync(p => p.Id == agent.Person)).Mobile = "13900000007");
        await host.Centers.Reload(agent.Person);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/me")).StatusCode);
    }

    private static async Task<string> SignIn(DirectoryHost host, string? cookie = null, string email = Email)
    {
        using var client = host.Client();
        if (cookie is not null) client.DefaultRequestHeaders.Add("Cookie", cookie);
        var answer = await client.GetAsync(new Uri($"/sign-in?email={email}&password={Uri.EscapeDataString(Password)}", UriKind.Relative));
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("tccc=", StringComparison.Ordinal)).Split(';')[0];
    }

    private static async Task<HttpStatusCode> Me(DirectoryHost host, string cookie)
    {
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await client.GetAsync("/me")).StatusCode;
    }
}
