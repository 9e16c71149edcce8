using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>The room's table of contents.</summary>
public static class TelephonyModule
{
    /// <summary>To be called first of all: what the machine lacks is said in one line while there is still somebody to say it.</summary>
    /// <exception cref="StartupException">The machine lacks something.</exception>
    public static void MustBeAbleToStart()
    {
        if (MediaEndpoint.Missing() is { } sentence) throw new StartupException(sentence);
    }

    /// <summary>
    /// Calls, lines and web phones, with the SIP and media endpoints under them. Settings Sip:* and Media:*, operations.md «Settings».
    /// </summary>
    public static IServiceCollection AddTelephony(this IServiceCollection services)
    {
        services.AddModelPart<TelephonyModel>();
        services.AddEvents(
            typeof(CallDialled), typeof(CallAlerted), typeof(CallNotReached), typeof(CallAnswered), typeof(CallHeld), typeof(CallResumed),
            typeof(CallMuted), typeof(CallOneWay), typeof(CallInterrupted), typeof(CallRejoined), typeof(CallReturned), typeof(CallShared),
            typeof(CallEnded), typeof(LineUp), typeof(LineLost), typeof(DeskPhoneChanged));
        services.AddUseCases(typeof(TelephonyModule).Assembly);
        AddEndpoints(services);
        services.AddSingleton<CallTable>().AddSingleton<LegTable>().AddSingleton<WebCustomers>().AddSingleton<Announcements>();
        services.AddSingleton(p => new TrunkMonitor(p.GetRequiredService<Centers>(), p.GetRequiredService<TrunkPasswords>(), Sip(p)));
        services.AddSingleton(p => new AgentDevices(
            p.GetRequiredService<CallTable>(), p.GetRequiredService<LegTable>(), p.GetRequiredService<IMedia>(), Sip(p),
            p.GetRequiredService<Dispatch>(), p.GetRequiredService<Centers>(), p.GetRequiredService<Writer>(),
            p.GetRequiredService<IdSource>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new SoundFiles(
            p.GetRequiredService<Clips>(), p.GetRequiredService<DataFolder>(), p.GetRequiredService<Centers>(),
            p.GetRequiredService<ILogger<SoundFiles>>()));
        services.AddSingleton(p => new SipStatus(
            p.GetRequiredService<TrunkMonitor>(), Sip(p),
            EndpointSettings.Sip(p.GetRequiredService<IConfiguration>(), null).AdvertisedAddress));
        services.AddSingleton(p => new Switchboard(
            p.GetRequiredService<CallTable>(), p.GetRequiredService<LegTable>(), p.GetRequiredService<AgentDevices>(),
            p.GetRequiredService<IMedia>(), Sip(p),
            p.GetRequiredService<Dispatch>(), p.GetRequiredService<Centers>(), p.GetRequiredService<TrunkPasswords>(),
            p.GetRequiredService<TrunkMonitor>(), p.GetRequiredService<WebCustomers>(), p.GetRequiredService<Writer>(),
            p.GetRequiredService<IdSource>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<Deadlines>(), p.GetRequiredService<Announcements>(),
            p.GetRequiredService<SoundFiles>(), p.GetRequiredService<ILogger<LiveCall>>()));
        services.AddSingleton(p => new Calls(p.GetRequiredService<Switchboard>()));
        services.AddSingleton(p => new Dialling(p.GetRequiredService<Switchboard>()));
        services.AddSingleton(p => new Transfers(p.GetRequiredService<Switchboard>()));
        services.AddSingleton(p => new WebPhones(p.GetRequiredService<Switchboard>()));
        services.AddHostedService<TelephonyService>();
        services.AddHealthChecks().AddCheck<TelephonyHealth>("telephony");
        return services;
    }

    private static void AddEndpoints(IServiceCollection services)
    {
        services.AddSingleton(p => new Clips(p.GetRequiredService<DataFolder>()["prompts"]));
        services.AddSingleton(p => new MediaEndpoint(
            EndpointSettings.Media(p.GetRequiredService<IConfiguration>()), p.GetRequiredService<LegTable>(), p.GetRequiredService<Clips>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<IRandomness>()));
        services.AddSingleton<IMedia>(p => p.GetRequiredService<MediaEndpoint>());
        services.AddSingleton<SipGateway>().AddSingleton<TrunkAccounts>().AddSingleton<PhoneBindings>();
        services.AddSingleton(p => new SipEndpoint(
            EndpointSettings.Sip(p.GetRequiredService<IConfiguration>(), p.GetService<ServerCertificate>()),
            p.GetRequiredService<SipGateway>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<IRandomness>()));
    }

    private static Lazy<SipEndpoint> Sip(IServiceProvider provider) => new(provider.GetRequiredService<SipEndpoint>);
}
