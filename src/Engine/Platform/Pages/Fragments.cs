using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>Draws components to HTML, outside a request too: the same partial serves the page, the reply and the push.</summary>
public sealed class Fragments : IAsyncDisposable
{
    /// <summary>How many kinds of fragments a workbench can have: a stream keeps what is stale in one word.</summary>
    internal const int AtMost = 60;

    private readonly IServiceScopeFactory scopes;
    private readonly ILoggerFactory logs;
    private readonly ConcurrentBag<DrawingBoard> boards = [];
    private readonly KeptViews kept = new();
    private readonly Type[] types;
    private readonly Dictionary<string, int> numbers;

    internal Fragments(IServiceScopeFactory scopes, IEnumerable<FragmentType> registered, ILoggerFactory logs)
    {
        (this.scopes, this.logs) = (scopes, logs);
        types = [.. registered.Select(r => r.Type)];
        if (types.Length > AtMost)
            throw new InvalidOperationException($"{types.Length} fragments are registered, and a workbench has room for {AtMost}.");
        using var scope = scopes.CreateScope();
        Names = [.. types.Select(type => ((IFragment)scope.ServiceProvider.GetRequiredService(type)).Name)];
        numbers = Names.Index().ToDictionary(n => n.Item, n => n.Index);
    }

    /// <summary>All fragments, in the order of their registration.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The fragment as it must look for this agent now.</summary>
    public Task<string> Render(string fragment, AgentScope agent) => Render(NumberOf(fragment), agent);

    /// <summary>Any component, in any language.</summary>
    public async Task<string> Render<TComponent>(CultureInfo culture, params IReadOnlyList<(string Name, object? Value)> parameters)
        where TComponent : IComponent
    {
        // an async method's culture ends with it
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        var board = Take();
        var html = await board.Draw(FragmentView.Of<TComponent>(parameters));
        boards.Add(board);
        return html;
    }

    /// <summary>A fragment's place in <see cref="Names"/>; a name that nobody registered is a bug and throws.</summary>
    internal int NumberOf(string fragment) => numbers.TryGetValue(fragment, out var number)
        ? number
        : throw new ArgumentException($"There is no fragment \"{fragment}\"; there are: {string.Join(", ", Names)}.", nameof(fragment));

    private async Task<string> Render(int number, AgentScope agent) => (await Render([number], agent))[0].Html;

    /// <summary>Several at once, which share what it takes to draw.</summary>
    internal async Task<List<(int Number, string Html)>> Render(List<int> stale, AgentScope agent)
    {
        if (stale.Count == 0) return [];
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = agent.Culture;
        var board = Take();
        var drawn = await board.Draw(stale, agent);
        boards.Add(board);
        return drawn;
    }

    public async ValueTask DisposeAsync()
    {
        while (boards.TryTake(out var board)) await board.DisposeAsync();
    }

    // one that failed is not put back
    private DrawingBoard Take() => boards.TryTake(out var board) ? board : new(scopes, logs, types, kept);
}
