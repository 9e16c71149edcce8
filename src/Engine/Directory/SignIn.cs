using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>The sign-in cookie: first a person, then a person in a center.</summary>
public static class SignIn
{
    /// <summary>
    /// Begins a session of who has just proven who they are; until a center is chosen only the policy <see cref="Access.Person"/> is met.
    /// </summary>
    public static async Task SignInAsync(this HttpContext http, Person person)
    {
        // what this browser had before is over: a session that somebody else put there never becomes this person's
        await Sessions(http).End(http.User.FindFirstValue(Access.SessionClaim));
        http.RequestServices.GetRequiredService<KnownDevices>().Remember(http, person.Id);
        await Issue(http, person, null, Sessions(http).Begin());
    }

    /// <summary>Remembers the center that was entered, by the agent the person is there.</summary>
    public static Task EnterAsync(this HttpContext http, Person person, AgentInfo agent) =>
        Issue(http, person, agent, http.User.FindFirstValue(Access.SessionClaim) ?? Sessions(http).Begin());

    /// <summary>The cookie of this session anew, after the person's own change of what it stands for: a password.</summary>
    public static Task StayAsync(this HttpContext http, Person person)
    {
        var agent = AgentId.TryParse(http.User.FindFirstValue(Access.AgentClaim), null, out var id)
            ? http.RequestServices.GetRequiredService<Centers>().Agent(id)
            : null;
        return Issue(http, person, agent, http.User.FindFirstValue(Access.SessionClaim)!);
    }

    /// <summary>Forgets the person; no copy of the cookie is good any more.</summary>
    public static async Task LeaveAsync(this HttpContext http)
    {
        await Sessions(http).End(http.User.FindFirstValue(Access.SessionClaim));
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    private static Task Issue(HttpContext http, Person person, AgentInfo? agent, string session)
    {
        List<Claim> claims =
            [new(Access.PersonClaim, person.Id.ToString()), new(Access.StampClaim, person.SecurityStamp),
                new(Access.SessionClaim, session)];
        if (agent is not null)
        {
            claims.Add(new(Access.AgentClaim, agent.Id.ToString()));
            claims.Add(new(Access.CenterClaim, agent.Center.ToString()));
            claims.Add(new(Access.RoleClaim, agent.Role.ToString()));
        }
        // forms are bound to whom they were drawn for, and stay good when the same person signs in again or changes the language
        claims.Add(new(ClaimTypes.NameIdentifier, agent is null ? person.Id.ToString() : $"{person.Id}/{agent.Id}"));
        http.User = Principal(claims);
        return http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, http.User);
    }

    /// <summary>
    /// A cookie is good until its session was signed out, as long as the person's password is the one it was made with and the agent is
    /// still in the center with that role. Asked of memory, so every request can afford it and a changed password ends other sessions at
    /// once; product.md §1. What may change in a session's life is added to its claims here: the language, and that the first sign-in is
    /// not finished.
    /// </summary>
    internal static Task Check(CookieValidatePrincipalContext context)
    {
        var centers = context.HttpContext.RequestServices.GetRequiredService<Centers>();
        var user = context.Principal!;
        if (!PersonId.TryParse(user.FindFirstValue(Access.PersonClaim), null, out var person)
            || centers.Account(person) is not { } account || account.Stamp != user.FindFirstValue(Access.StampClaim)
            || !Sessions(context.HttpContext).IsGood(user.FindFirstValue(Access.SessionClaim))
            || ClaimsOf(centers, context.Request, person, user) is not { } claims)
        {
            context.RejectPrincipal();
            // not just old: the page that asks shows what is nobody's any more (js/stream.js)
            context.Response.Headers["Session-Ended"] = "yes";
            return Task.CompletedTask;
        }
        if (account.Language is { } language) claims = claims.Append(new(Access.CultureClaim, language));
        if (!account.IsFinished) claims = claims.Append(new(Access.UnfinishedClaim, ""));
        context.ReplacePrincipal(Principal(claims));
        return Task.CompletedTask;
    }

    /// <summary>The claims of somebody who is still where the cookie says; null when not.</summary>
    private static IEnumerable<Claim>? ClaimsOf(Centers centers, HttpRequest request, PersonId person, ClaimsPrincipal user)
    {
        if (user.FindFirstValue(Access.AgentClaim) is not { } text) return user.Claims;
        if (!AgentId.TryParse(text, null, out var id) || centers.Agent(id) is not { } agent || agent.Person != person
            || agent.Role.ToString() != user.FindFirstValue(Access.RoleClaim)) return null;
        if (!agent.Disabled) return user.Claims;

        // who was disabled in a call keeps it until it ends: its own buttons work, nothing else is answered, and nothing of a higher role
        // is left
        return request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<KeptInCall>() is null
            ? null
            : user.Claims.Where(claim => claim.Type != Access.RoleClaim).Append(new(Access.RoleClaim, nameof(Role.Agent)));
    }

    private static ClaimsPrincipal Principal(IEnumerable<Claim> claims) =>
        new(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));

    private static Sessions Sessions(HttpContext http) => http.RequestServices.GetRequiredService<Sessions>();
}
