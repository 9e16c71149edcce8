using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>The pages on which an administrator sets up a center. The room's table of contents.</summary>
public static class AdminModule
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services
        .AddUseCases(typeof(AdminModule).Assembly)
        .AddSingleton<ShownOnce>();

    public static IEndpointRouteBuilder MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("").RequireAuthorization(Access.Admin);
        ShowStart.Map(admin);
        ShownOnce.Map(admin);
        SaveSettings.Map(admin);

        ListPeople.Map(admin);
        CreatePerson.Map(admin);
        ChangePerson.Map(admin);
        DisablePerson.Map(admin);
        ReplacePassword.Map(admin);
        RemovePerson.Map(admin);

        ListGroups.Map(admin);
        SaveGroup.Map(admin);
        DeleteGroup.Map(admin);

        ListNumbers.Map(admin);
        SaveNumber.Map(admin);
        DeleteNumber.Map(admin);

        ListSchedules.Map(admin);
        SaveSchedule.Map(admin);
        DeleteSchedule.Map(admin);

        ListTrunks.Map(admin);
        SaveTrunk.Map(admin);
        DeleteTrunk.Map(admin);

        ListPhones.Map(admin);
        SavePhone.Map(admin);
        PhonePassword.Map(admin);
        DeletePhone.Map(admin);

        ListSounds.Map(admin);
        SaveSound.Map(admin);
        DeleteSound.Map(admin);

        ListNotices.Map(admin);
        RetryNotice.Map(admin);

        ListAudit.Map(admin);
        return routes;
    }
}
