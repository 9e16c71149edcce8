using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Tccc.Platform;

/// <summary>The names of the claims in the sign-in cookie, and of the policies over them.</summary>
public static class Access
{
    public const string PersonClaim = "person";
    public const string AgentClaim = "agent";
    public const string CenterClaim = "center";
    public const string RoleClaim = "role";
    /// <summary>The language the person chose; absent when none was chosen.</summary>
    public const string CultureClaim = "culture";
    /// <summary>The person's security stamp: a cookie with another one is no longer good.</summary>
    public const string StampClaim = "stamp";
    /// <summary>Which sign-in it was: signed out, no copy of the cookie is good.</summary>
    public const string SessionClaim = "session";
    /// <summary>The first sign-in is not finished: nothing is open but what finishes it.</summary>
    public const string UnfinishedClaim = "unfinished";
    /// <summary>The session is over but for a call in progress; see <see cref="Platform.KeptInCall"/>.</summary>
    public const string KeptClaim = "kept";

    /// <summary>Signed in, maybe for the first time and not finished with that.</summary>
    public const string Account = "account";
    /// <summary>Signed in; what needs a center as well names a <see cref="Right"/>.</summary>
    public const string Person = "person";

    internal static void AddPolicies(AuthorizationOptions options)
    {
        options.AddPolicy(Account, policy => policy.RequireClaim(PersonClaim));
        options.AddPolicy(Person, policy => Finished(policy).RequireClaim(PersonClaim));
        foreach (var right in Enum.GetValues<Right>())
        {
            string[] roles = [.. Enum.GetValues<Role>().Where(role => role.May(right)).Select(role => role.ToString())];
            options.AddPolicy(Rights.Policy(right), policy => Finished(policy).RequireClaim(AgentClaim).RequireClaim(RoleClaim, roles));
        }
    }

    private static AuthorizationPolicyBuilder Finished(AuthorizationPolicyBuilder policy) =>
        policy.RequireAssertion(static context => !context.User.HasClaim(claim => claim.Type == UnfinishedClaim));
}

/// <summary>Who asks, from the cookie's claims. Asking for what is not there is a bug (the endpoint lacks its policy) and throws.</summary>
public sealed class CurrentAgent
{
    private readonly ClaimsPrincipal? user;

    // a component drawn outside a request may ask for it too, and finds nobody
    internal CurrentAgent(IHttpContextAccessor http) => user = http.HttpContext?.User;

    public bool SignedIn => user?.FindFirst(Access.PersonClaim) is not null;

    /// <summary>Signed in and in a center.</summary>
    public bool InCenter => user?.FindFirst(Access.AgentClaim) is not null;

    public PersonId Person => PersonId.Parse(Claim(Access.PersonClaim), null);

    public AgentId Agent => AgentId.Parse(Claim(Access.AgentClaim), null);

    public CenterId Center => CenterId.Parse(Claim(Access.CenterClaim), null);

    public Role Role => Enum.Parse<Role>(Claim(Access.RoleClaim));

    /// <summary>Whether this agent's role gives the right; nobody has any outside a center.</summary>
    public bool May(Right right) => InCenter && Role.May(right);

    /// <summary>The language of this request.</summary>
    public CultureInfo Culture { get; } = CultureInfo.CurrentUICulture;

    /// <summary>For drawing this agent's fragments.</summary>
    public AgentScope Scope => new(Agent, Center, Culture);

    private string Claim(string name) =>
        user?.FindFirst(name)?.Value
            ?? throw new InvalidOperationException($"The request has no claim \"{name}\": does the endpoint require its policy?");
}
