using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd.Mailbox;
using Tccc.Acd.Rows;
using Tccc.Platform;

namespace Tccc.Acd;

/// <summary>The room's table of contents.</summary>
public static class AcdModule
{
    /// <summary>Must come after the directory and before calls and chats, whose contacts it offers.</summary>
    public static IServiceCollection AddAcd(this IServiceCollection services)
    {
        services.AddModelPart<AcdModel>();
        services.AddEvents(
            typeof(OfferMade), typeof(OfferEnded), typeof(ContactWaits), typeof(PlaceAnnounced), typeof(ContactMoved),
            typeof(ContactReleased),
            typeof(AgentStateChanged), typeof(WorkbenchTakenOver));
        services.AddHourlyJob<LastServedTidying>("last-served-tidy");
        services.AddUseCases(typeof(AcdModule).Assembly);
        services.AddSingleton<Mailboxes>();
        services.AddHostedService(static provider => provider.GetRequiredService<Mailboxes>());
        services.AddSingleton(static provider => new Dispatch(provider.GetRequiredService<Mailboxes>()));
        services.AddScoped(
            static provider => new WhyTraces(provider.GetRequiredService<TcccDb>(), provider.GetRequiredService<Dispatch>()));
        return services;
    }
}
