using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>Signing in and out, and the choice of a center; product.md §1.</summary>
public static class LoginModule
{
    /// <summary>The rate limit, by address, of what strangers may post to.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>A whole office behind one address may sign in at eight in the morning; a program that tries passwords may not go on.</summary>
    private const int AtOnce = 60;
    private const int PerSecond = 1;

    public static IServiceCollection AddLogin(this IServiceCollection services)
    {
        services.AddUseCases(typeof(LoginModule).Assembly);
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(Anonymous, static http => RateLimitPartition.GetTokenBucketLimiter(http.Connection.RemoteIpAddress, static _ => new()
            {
                TokenLimit = AtOnce,
                TokensPerPeriod = PerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
        });
        return services;
    }

    public static IEndpointRouteBuilder MapLogin(this IEndpointRouteBuilder app)
    {
        SignIn.Map(app);
        EnterCenter.Map(app);
        SignOut.Map(app);
        return app;
    }
}
