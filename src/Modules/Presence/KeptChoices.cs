using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Presence;

/// <summary>
/// The state menu's choices as HTML, drawn once for all agents who see the same: the state is drawn at every change of every agent, and the
/// choices are most of it.
/// </summary>
/// <remarks>It asks for <see cref="Fragments"/> when it first draws, because they make every fragment while they are made.</remarks>
internal sealed class KeptChoices(IServiceProvider services)
{
    /// <summary>A center has some five for each language; each takes about ten kilobytes.</summary>
    internal const int AtMost = 500;

    private readonly ConcurrentDictionary<(ChoicesModel Choices, CultureInfo Culture), MarkupString> kept = new();

    internal int Count => kept.Count;

    public async ValueTask<MarkupString> Of(ChoicesModel choices, CultureInfo culture)
    {
        if (kept.TryGetValue((choices, culture), out var html)) return html;
        html = new(await services.GetRequiredService<Fragments>().Render<Choices>(culture, (nameof(Choices.Model), choices)));
        if (kept.Count >= AtMost) kept.Clear();
        return kept[(choices, culture)] = html;
    }
}
