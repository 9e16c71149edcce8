using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tccc.Platform;

public static class UseCases
{
    private static readonly Type[] Served = [typeof(IRequestHandler<,>), typeof(INotificationHandler<>), typeof(IValidator<>)];

    /// <summary>Registers what a room's use cases consist of: handlers of commands and events, and validators, internal ones too.</summary>
    public static IServiceCollection AddUseCases(this IServiceCollection services, Assembly room)
    {
        services.AddSingleton(new Room(room));
        foreach (var type in room.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }))
        {
            foreach (var service in type.GetInterfaces().Where(i => i.IsGenericType && Served.Contains(i.GetGenericTypeDefinition())))
                services.TryAddEnumerable(ServiceDescriptor.Transient(service, type));
        }
        return services;
    }

    internal static IServiceCollection AddMediator(this IServiceCollection services) => services
        .AddTransient<ServiceFactory>(provider => provider.GetRequiredService)
        .AddTransient<IMediator, IsolatingMediator>()
        .AddTransient(typeof(IPipelineBehavior<,>), typeof(AnswerNotSaved<,>))
        .AddTransient(typeof(IPipelineBehavior<,>), typeof(Validation<,>));
}
