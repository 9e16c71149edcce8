using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>Centers, people and what belongs to them, with the cache the call path reads and the sign-in cookie.</summary>
public static class DirectoryModule
{
    public const int WrongPasswordsUntilLockout = 5;

    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    /// <summary>How long a sign-in lasts without a request.</summary>
    public static readonly TimeSpan SignInLasts = TimeSpan.FromHours(14);

    /// <summary>How long a sign-in lasts at most, with requests every day.</summary>
    public static readonly TimeSpan SignInLastsAtMost = TimeSpan.FromDays(30);

    /// <summary>Where the first sign-in is finished; every page leads here until then.</summary>
    public const string FirstSignIn = "/login/bind";

    public static IHostApplicationBuilder AddDirectory(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddModelPart<DirectoryModel>();
        services.AddEvents(typeof(DirectoryChanged));
        services.AddUseCases(typeof(DirectoryModule).Assembly);
        services.AddSingleton(provider => new SmsCodes(
            provider.GetRequiredService<Writer>(), provider.GetRequiredService<Notices>(), provider.GetRequiredService<Audit>(),
            provider.GetRequiredService<IdSource>(), provider.GetRequiredService<IRandomness>(),
            provider.GetRequiredService<EvenClock>(), new CodeLimits(builder.Configuration),
            demo: builder.Configuration.IsOn("Demo:Enabled")));
        services.AddSingleton(provider => new Centers(
            provider.GetRequiredService<IDbContextFactory<TcccDb>>(), provider.GetRequiredService<Writer>(),
            provider.GetRequiredService<TimeProvider>(),
            mobileNeeded: provider.GetRequiredService<SmsCodes>().Reach));
        services.AddSingleton(provider => new Sessions(
            provider.GetRequiredService<IDbContextFactory<TcccDb>>(), provider.GetRequiredService<Writer>(),
            provider.GetRequiredService<IdSource>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PasswordWorkers>();
        services.AddSingleton(
            provider => new KnownDevices(provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<IdSource>()));
        services.AddSingleton(provider => new TrunkPasswords(provider.GetRequiredService<IDataProtectionProvider>()));
        services.AddSingleton(
            provider =>
                new Audit(
                    provider.GetRequiredService<Writer>(), provider.GetRequiredService<IdSource>(),
                    provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new People(
            provider.GetRequiredService<UserManager<Person>>(), provider.GetRequiredService<PasswordWorkers>(),
            provider.GetRequiredService<Centers>(), provider.GetRequiredService<TcccDb>(),
            provider.GetRequiredService<Writer>(), provider.GetRequiredService<Audit>(), provider.GetRequiredService<IRandomness>(),
            provider.GetRequiredService<IdSource>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<EvenClock>()));
        services.AddScoped<Desk>();
        services.AddSingleton<Timeouts>();
        services.AddHostedService<FirstStart>();
        services.AddDailyJob<AuditTidying>("audit-tidy");
        AddIdentity(services);
        return builder;
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddIdentityCore<Person>(options =>
        {
            options.User.RequireUniqueEmail = true;
            // the name is the e-mail, whose form is checked as such
            options.User.AllowedUserNameCharacters = "";
        }).AddUserStore<PersonStore>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordWorkers.Rounds);
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "tccc";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = SignInLasts;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/login";
            cookie.ReturnUrlParameter = "return";
            cookie.Events.OnValidatePrincipal = SignIn.Check;
            cookie.Events.OnRedirectToLogin = context => Answer(context, signedIn: false);
            cookie.Events.OnRedirectToAccessDenied = context => Answer(context, signedIn: true);
        });
    }

    /// <summary>
    /// A page goes to where it can be mended; anything a script asked for gets the status, and htmx is told to go to what must be finished
    /// first.
    /// </summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, bool signedIn)
    {
        var request = context.Request;
        var unfinished = context.HttpContext.User.HasClaim(claim => claim.Type == Access.UnfinishedClaim);
        var inCenter = context.HttpContext.User.HasClaim(claim => claim.Type == Access.AgentClaim);
        var target = !signedIn ? context.RedirectUri : unfinished ? FirstSignIn : inCenter ? null : "/centers";
        if (target is not null && HttpMethods.IsGet(request.Method) && !request.IsHtmx()
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Redirect(target);
            return Task.CompletedTask;
        }
        // who is signed out signs in over the page (js/again.js); leaving it would lose what was typed
        if (target is not null && signedIn) context.Response.HtmxRedirect(target);
        Error error = !signedIn ? new SignInFirst() : unfinished ? new FinishFirstSignIn() : new NotAllowed();
        return error.ToHttp().ExecuteAsync(context.HttpContext);
    }
}

public sealed record SignInFirst() : Error(ErrorKind.NotSignedIn, "You are signed out. Sign in again.");

public sealed record NotAllowed() : Error(ErrorKind.Forbidden, "Your role in this center does not allow this.");

public sealed record FinishFirstSignIn() : Error(ErrorKind.Forbidden, "First confirm your mobile number and set your nickname.");
