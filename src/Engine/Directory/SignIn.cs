using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>The sign-in cookie: first a person, then a person in a center.</summary>
public static class SignIn
{
    /// <summary>Remembers who signed in; until a center is chosen only the policy <see cref="Access.Person"/> is met.</summary>
    public static Task SignInAsync(this HttpContext http, Person person) => Issue(http, person, null);

    /// <summary>Remembers the center that was entered, by the agent the person is there.</summary>
    public static Task EnterAsync(this HttpContext http, Person person, AgentInfo agent) => Issue(http, person, agent);

    /// <summary>Forgets the person.</summary>
    public static Task LeaveAsync(this HttpContext http) => http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);

    private static Task Issue(HttpContext http, Person person, AgentInfo? agent)
    {
        List<Claim> claims = [new(Access.PersonClaim, person.Id.ToString()), new(Access.StampClaim, person.SecurityStamp)];
        if (person.Language is { } language) claims.Add(new(Access.CultureClaim, language));
        if (agent is not null)
        {
            claims.Add(new(Access.AgentClaim, agent.Id.ToString()));
            claims.Add(new(Access.CenterClaim, agent.Center.ToString()));
            claims.Add(new(Access.RoleClaim, agent.Role.ToString()));
        }
        var identity = new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme);
        http.User = new(identity);
        return http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, http.User);
    }

    /// <summary>
    /// A cookie is good as long as the person's password is the one it was made with and the agent is still in the center with that role.
    /// Asked of <see cref="Centers"/>, so every request can afford it and a changed password ends other sessions at once; product.md §1.
    /// </summary>
    internal static Task Check(CookieValidatePrincipalContext context)
    {
        var centers = context.HttpContext.RequestServices.GetService(typeof(Centers)) as Centers ?? throw new InvalidOperationException("AddDirectory was not called.");
        var user = context.Principal!;
        var good = PersonId.TryParse(user.FindFirstValue(Access.PersonClaim), null, out var person)
            && centers.StampOf(person) is { } stamp && stamp == user.FindFirstValue(Access.StampClaim)
            && (user.FindFirstValue(Access.AgentClaim) is not { } text || StillThere(centers, context, person, text));
        if (!good) context.RejectPrincipal();
        return Task.CompletedTask;
    }

    private static bool StillThere(Centers centers, CookieValidatePrincipalContext context, PersonId person, string text)
    {
        var user = context.Principal!;
        var known = AgentId.TryParse(text, null, out var id) && centers.Agent(id) is { } agent && agent.Person == person
            && agent.Role.ToString() == user.FindFirstValue(Access.RoleClaim);
        if (!known || !centers.Agent(id)!.Disabled) return known;

        // who was disabled in a call keeps it until it ends: its buttons work, no page opens, and nothing of a higher role is left
        if (HttpMethods.IsGet(context.Request.Method)) return false;
        context.ReplacePrincipal(new(new ClaimsIdentity(
            user.Claims.Where(claim => claim.Type != Access.RoleClaim).Append(new(Access.RoleClaim, nameof(Role.Agent))), CookieAuthenticationDefaults.AuthenticationScheme)));
        return true;
    }
}
