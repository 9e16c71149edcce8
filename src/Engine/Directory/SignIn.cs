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

    /// <summary>How good who asks still is; asked of memory, so every request and every beat of a stream can afford it.</summary>
    public static Standing Stands(this HttpContext http) => Stands(http, http.User);

    /// <summary>
    /// A cookie is good until its session was signed out, as long as the person's password is the one it was made with and the agent is
    /// still in the center with that role: a changed password ends other sessions at once; product.md §1. What may change in a session's
    /// life is added to its claims here: the language, and that the first sign-in is not finished.
    /// </summary>
    internal static Task Check(CookieValidatePrincipalContext context)
    {
        var (http, user) = (context.HttpContext, context.Principal!);
        var standing = Stands(http, user);
        if (standing is Standing.Ended
            || (standing is Standing.OnlyInCall && http.GetEndpoint()?.Metadata.GetMetadata<KeptInCall>() is null))
        {
            context.RejectPrincipal();
            // not just old: the page that asks shows what is nobody's any more (js/stream.js)
            http.Response.Headers["Session-Ended"] = "yes";
            return Task.CompletedTask;
        }
        var person = PersonId.Parse(user.FindFirstValue(Access.PersonClaim)!, null);
        // a person's row is never deleted
        var account = http.RequestServices.GetRequiredService<Centers>().Account(person)!;
        var claims = user.Claims;
        // its own buttons work, nothing else is answered, and nothing of a higher role is left
        if (standing is Standing.OnlyInCall)
            claims = claims.Where(claim => claim.Type != Access.RoleClaim)
                .Append(new(Access.RoleClaim, nameof(Role.Agent))).Append(new(Access.KeptClaim, ""));
        else if (!account.IsFinished) claims = claims.Append(new(Access.UnfinishedClaim, ""));
        if (account.Language is { } language) claims = claims.Append(new(Access.CultureClaim, language));
        context.ReplacePrincipal(Principal(claims));
        return Task.CompletedTask;
    }

    private static Standing Stands(HttpContext http, ClaimsPrincipal user)
    {
        var centers = http.RequestServices.GetRequiredService<Centers>();
        var session = user.FindFirstValue(Access.SessionClaim);
        if (!PersonId.TryParse(user.FindFirstValue(Access.PersonClaim), null, out var person)
            || centers.Account(person) is not { } account || Sessions(http).IsEnded(session, person)) return Standing.Ended;
        var isOwn = account.Stamp == user.FindFirstValue(Access.StampClaim) && !Sessions(http).IsOld(session);
        if (user.FindFirstValue(Access.AgentClaim) is not { } text) return isOwn ? Standing.Good : Standing.Ended;
        if (!AgentId.TryParse(text, null, out var id) || centers.Agent(id) is not { } agent || agent.Person != person)
            return Standing.Ended;
        return isOwn && !agent.Disabled && agent.Role.ToString() == user.FindFirstValue(Access.RoleClaim)
            && !user.HasClaim(static claim => claim.Type == Access.KeptClaim) ? Standing.Good : Standing.OnlyInCall;
    }

    private static ClaimsPrincipal Principal(IEnumerable<Claim> claims) =>
        new(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));

    private static Sessions Sessions(HttpContext http) => http.RequestServices.GetRequiredService<Sessions>();
}

/// <summary>How good a sign-in still is.</summary>
public enum Standing
{
    Good,
    /// <summary>Over, by an administrator's hand or by age: a call in progress is its agent's until it ends, and nothing else.</summary>
    OnlyInCall,
    /// <summary>Signed out, or whose place is gone.</summary>
    Ended,
}
