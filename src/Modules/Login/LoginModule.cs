using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>Signing in and out, a person's own account, and the choice of a center; product.md §1.</summary>
public static class LoginModule
{
    /// <summary>The rate limit, by address, of what strangers may post to.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>A whole office behind one address may sign in at eight in the morning; a program that tries passwords may not go on.</summary>
    private const int AtOnce = 60;
    private const int PerSecond = 1;

    /// <summary>Everything else that is open to strangers: more than any office asks for.</summary>
    private const int PagesAtOnce = 1200;
    private const int PagesPerSecond = 400;

    /// <summary>Bytes of a form of this room.</summary>
    private const int LargestForm = 16 * 1024;

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
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(static http => http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
                ? RateLimitPartition.GetNoLimiter("")
                : Limited(http, PagesAtOnce, PagesPerSecond));
        });
        return services;
    }

    public static IEndpointRouteBuilder MapLogin(this IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup("").WithMetadata(new BodyLimit(LargestForm));
        SignIn.Map(forms);
        SignInByCode.Map(forms);
        SendCode.Map(forms);
        FinishFirstSignIn.Map(forms);
        Recover.Map(forms);
        SetForgottenPassword.Map(forms);
        EnterCenter.Map(forms);
        SignOut.Map(forms);
        SignOutEverywhere.Map(forms);
        SettingsPages.Map(forms);
        return app;
    }

    private static RateLimitPartition<string> Limited(HttpContext http, int atOnce, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(Origin.NetworkOf(http.Connection.RemoteIpAddress), _ => new()
    {
        TokenLimit = atOnce,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    });
}
