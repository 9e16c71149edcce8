using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>
/// What every room stands on: database, writer, events, use cases, deadlines, fragments and streams, languages, access, health, metrics.
/// </summary>
public static class PlatformModule
{
    /// <summary>Must come first: its hosted part is the first to start and the last to stop.</summary>
    public static IHostApplicationBuilder AddPlatform(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var data = new DataFolder(builder.Configuration);
        services.AddSingleton(_ => data);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new EvenClock(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IRandomness, SystemRandomness>();
        services.TryAddSingleton(
            provider =>
                new IdSource(
                    provider.GetRequiredService<TimeProvider>(),
                    builder.Configuration.Whole("Cell", otherwise: 0, least: 0, most: IdSource.MaxCell)));
        services.AddDatabase(builder.Configuration);
        services.AddSingleton<EventTypes>().AddSingleton<Outbox>().AddSingleton<Dispatcher>();
        services.AddSingleton(provider => new Writer(
            provider.GetRequiredService<IDbContextFactory<TcccDb>>(), provider.GetRequiredService<EventTypes>(),
            provider.GetRequiredService<Outbox>(),
            provider.GetRequiredService<Dispatcher>(), provider.GetService<PostgresHold>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Writer>>()));
        services.AddHostedService<Lifecycle>();
        services.AddMediator();
        services.AddSingleton(
            provider => new Deadlines(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Deadlines>>()));
        services.AddSingleton(
            provider =>
                new Fragments(
                    provider.GetRequiredService<IServiceScopeFactory>(), provider.GetServices<FragmentType>(),
                    provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(
            provider => new WorkbenchStreams(provider.GetRequiredService<Fragments>(), provider.GetRequiredService<TimeProvider>()));
        services.AddRazorComponents();
        AddHttp(services, data);
        services.AddJobs();
        services.AddNotices();
        services.AddSingleton<Metrics>();
        services.AddSingleton(new Watchers(builder.Configuration));
        services.AddSingleton(new PublicAddress(builder.Configuration));
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
        Logs.Configure(builder.Logging);
        return builder;
    }

    /// <summary>The middleware every request passes, in its order: who asks, in which language, whether they may.</summary>
    public static WebApplication UsePlatform(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRequestLocalization();
        app.UseAuthorization();
        // before ASP.NET Core's own check, after which a form without a token can't even be looked at
        app.UseMiddleware<SafeFromForgery>();
        app.UseAntiforgery();
        return app;
    }

    /// <summary>The room's Carter module: /health/live, /health/ready, /metrics.</summary>
    public static Type Routes => typeof(OperationsModule);

    private static void AddHttp(IServiceCollection services, DataFolder data)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider => new CurrentAgent(provider.GetRequiredService<IHttpContextAccessor>()));
        services.AddLocalization().AddSingleton(typeof(IStringLocalizer<>), typeof(KeptTexts<>));
        services.AddSingleton(new Room(typeof(PlatformModule).Assembly)).AddSingleton<Translator>();
        services.Configure<RequestLocalizationOptions>(Languages.Configure);
        services.AddAuthentication();
        services.AddAuthorization(Access.AddPolicies);
        services.AddAntiforgery(options =>
        {
            (options.HeaderName, options.Cookie.Name) = (SafeFromForgery.Header, "tccc-forgery");
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // SecurityHeaders says it stricter, on every answer
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("tccc").PersistKeysToFileSystem(new(data["keys"]));
    }
}
