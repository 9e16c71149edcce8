using MediatR;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Tccc.Platform;

internal static class NoticesModule
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddModelPart<NoticesModel>().AddEvents(typeof(NoticeQueued));
        services.AddSingleton(provider => new NoticeSettings(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new Wording(provider.GetRequiredService<IStringLocalizer<Texts>>()));
        services.AddSingleton<NoticeSender>().AddHostedService(provider => provider.GetRequiredService<NoticeSender>());
        services.AddTransient<NoticeDue>().AddDailyJob<NoticeTidying>("notices-tidy");
        services.AddTransient<INotificationHandler<Occurred<NoticeQueued>>, OnNoticeQueued>();
        return services.AddSingleton(provider => new Notices(
            provider.GetRequiredService<NoticeSettings>(), provider.GetRequiredService<IdSource>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<EvenClock>(),
            provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<Wording>()));
    }
}
