using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>The pages on which an administrator sets up a center. The room's services, and its routes by name.</summary>
public static class AdminServices
{
    /// <summary>The room's Carter module.</summary>
    public static Type Routes => typeof(AdminModule);

    public static IServiceCollection AddAdmin(this IServiceCollection services) => services
        .AddUseCases(typeof(AdminModule).Assembly)
        .AddSingleton<ShownOnce>()
        .AddFragment<StorageAlertFragment>()
        .AddHostedService<StorageNews>();
}

/// <summary>The room's table of contents.</summary>
internal sealed class AdminModule : ICarterModule
{
    /// <summary>Bytes: a group has a field for each of its members, and a center may have thousands of people.</summary>
    private const long LargestForm = 1024 * 1024;

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var setUp = app.MapGroup("").RequireAuthorization(Right.SetUpCenter).LimitBody(LargestForm);
        ShowStart.Map(setUp);
        SaveSettings.Map(setUp);

        ListGroups.Map(setUp);
        SaveGroup.Map(setUp);
        DeleteGroup.Map(setUp);

        ListNumbers.Map(setUp);
        SaveNumber.Map(setUp);
        DeleteNumber.Map(setUp);

        ListTrunks.Map(setUp);
        SaveTrunk.Map(setUp);
        DeleteTrunk.Map(setUp);

        ListSchedules.Map(setUp);
        SaveSchedule.Map(setUp);
        DeleteSchedule.Map(setUp);

        ListPhones.Map(setUp);
        SavePhone.Map(setUp);
        PhonePassword.Map(setUp);
        DeletePhone.Map(setUp);

        ListSounds.Map(setUp);
        DeleteSound.Map(setUp);

        var uploads = app.MapGroup("").RequireAuthorization(Right.SetUpCenter).LimitBody(SaveSound.LargestForm);
        SaveSound.Map(uploads);

        var people = app.MapGroup("").RequireAuthorization(Right.ManagePeople).LimitBody(LargestForm);
        ShownOnce.Map(people);
        ListPeople.Map(people);
        CreatePerson.Map(people);
        ChangePerson.Map(people);
        DisablePerson.Map(people);
        ReplacePassword.Map(people);
        RemovePerson.Map(people);

        var trail = app.MapGroup("").RequireAuthorization(Right.ReadTrail).LimitBody();
        ListNotices.Map(trail);
        RetryNotice.Map(trail);
        ListAudit.Map(trail);

        var operation = app.MapGroup("").RequireAuthorization(Right.SeeOperation).LimitBody();
        ShowJobs.Map(operation);
        ShowStorage.Map(operation);
    }
}
