using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform;

/// <summary>Whose page a fragment is drawn for.</summary>
public sealed record AgentScope(AgentId Agent, CenterId Center, CultureInfo Culture);

/// <summary>
/// A part of the workbench that the server keeps true: drawn into the page, drawn again whenever <see cref="WorkbenchStreams.Refresh"/>
/// names it, from present state each time. A fragment with nothing to say draws its empty element.
/// </summary>
public interface IFragment
{
    /// <summary>DOM id, name of the SSE event and of the partial; one word in kebab case.</summary>
    string Name { get; }

    /// <summary>What to draw for this agent now.</summary>
    ValueTask<FragmentView> For(AgentScope scope);
}

/// <summary>A component and its parameters.</summary>
public sealed record FragmentView(Type Component, IDictionary<string, object?> Parameters)
{
    public static FragmentView Of<TComponent>(params IReadOnlyList<(string Name, object? Value)> parameters)
        where TComponent : IComponent =>
        new(typeof(TComponent), parameters.ToDictionary(p => p.Name, p => p.Value));

    /// <summary>
    /// For a component that <paramref name="model"/> alone decides, at any time and for everybody: drawn once a language for all
    /// whose models are equal.
    /// </summary>
    public static FragmentView Kept<TComponent>(string name, object model) where TComponent : IComponent =>
        Of<TComponent>((name, model)) with { KeptFor = model };

    internal object? KeptFor { get; private init; }
}

public static class FragmentRegistration
{
    /// <summary>Adds a fragment to the workbench; its dependencies may be scoped.</summary>
    public static IServiceCollection AddFragment<T>(this IServiceCollection services) where T : class, IFragment => services
        .AddScoped<T>()
        .AddScoped<IFragment>(provider => provider.GetRequiredService<T>())
        .AddSingleton(new FragmentType(typeof(T)));
}

internal sealed record FragmentType(Type Type);
