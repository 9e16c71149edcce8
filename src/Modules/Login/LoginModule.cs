using System.Threading.RateLimiting;
using Carter;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>
/// Signing in and out, a person's own account, and the choice of a center; product.md §1. The room's services, and its routes by name.
/// </summary>
public static class LoginServices
{
    /// <summary>The room's Carter module.</summary>
    public static Type Routes => typeof(LoginModule);

    /// <summary>The rate limit, by address, of what strangers may post to.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>
    /// A whole office behind one address may sign in at eight in the morning; a program that tries passwords may not go on.
    /// </summary>
    private const int AtOnce = 60;
    private const int PerSecond = 1;

    /// <summary>Everything else that is open to strangers: more than any office asks for.</summary>
    private const int PagesAtOnce = 1200;
    private const int PagesPerSecond = 400;

    public static IServiceCollection AddLogin(this IServiceCollection services)
    {
        services.AddUseCases(typeof(LoginModule).Assembly);
        services.AddSingleton<RecoveryProofs>();
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = static (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            options.AddPolicy(Anonymous, static http => Limited(http, AtOnce, PerSecond));
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(static http =>
                http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
                    ? RateLimitPartition.GetNoLimiter("")
                    : Limited(http, PagesAtOnce, PagesPerSecond));
        });
        return services;
    }

    private static RateLimitPartition<string> Limited(HttpContext http, int atOnce, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(Origin.NetworkOf(http.Connection.RemoteIpAddress), _ => new()
        {
            TokenLimit = atOnce,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        });
}

/// <summary>The room's table of contents.</summary>
internal sealed class LoginModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var strangers = app.MapGroup("").AllowAnonymous().LimitBody();
        SignIn.Map(strangers);
        SignInByCode.Map(strangers);
        Recover.Map(strangers);
        SetForgottenPassword.Map(strangers);
        SignOut.Map(strangers);
        SignInAgain.Map(strangers);

        var accounts = app.MapGroup("").RequireAuthorization(Access.Account).LimitBody();
        FinishFirstSignIn.Map(accounts);
        SignOutEverywhere.Map(accounts);
        AskSession.Map(accounts);

        var people = app.MapGroup("").RequireAuthorization(Access.Person).LimitBody();
        SendCode.Map(strangers, accounts, people);
        EnterCenter.Map(people);
        SettingsPages.Map(people);
        ShowProfile.Map(people);
        ChangeMobile.Map(people);
        ChangePassword.Map(people);
        ChangeLanguage.Map(people);

        var agents = app.MapGroup("").RequireAuthorization(Right.Serve).LimitBody();
        ChangeNickname.Map(agents);
    }
}
