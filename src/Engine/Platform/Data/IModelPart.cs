using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform;

/// <summary>
/// The tables of one room. <see cref="TcccDb"/> is made of all parts registered with <see cref="ModelParts.AddModelPart{T}"/> and knows
/// none of them.
/// </summary>
public interface IModelPart
{
    void Build(ModelBuilder model);
}

public static class ModelParts
{
    /// <summary>Adds a room's tables to the database.</summary>
    public static IServiceCollection AddModelPart<T>(this IServiceCollection services) where T : class, IModelPart, new() =>
        services.AddSingleton<IModelPart>(new T());
}
