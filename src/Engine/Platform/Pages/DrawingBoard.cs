using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

// the base class of the framework's renderer is public and warns that it may change; what is used of it is add, render, write, remove
#pragma warning disable BL0006

/// <summary>
/// What it takes to draw: a scope, a renderer and the fragments. Used for one page at a time and kept for the next, because making them
/// costs as much as drawing a small fragment. Nothing on it belongs to an agent: whom it is drawn for comes with each order.
/// </summary>
internal sealed class DrawingBoard : IAsyncDisposable
{
    private readonly AsyncServiceScope scope;
    private readonly Renderer renderer;
    private readonly Type[] types;
    private readonly IFragment?[] fragments;
    private readonly KeptViews kept;

    public DrawingBoard(IServiceScopeFactory scopes, ILoggerFactory logs, Type[] types, KeptViews kept)
    {
        this.kept = kept;
        scope = scopes.CreateAsyncScope();
        renderer = new(scope.ServiceProvider, logs);
        this.types = types;
        fragments = new IFragment?[types.Length];
    }

    /// <summary>Draws these fragments, in one turn of the renderer.</summary>
    public Task<List<(int Number, string Html)>> Draw(List<int> numbers, AgentScope agent) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        var drawn = new List<(int, string)>(numbers.Count);
        foreach (var number in numbers)
        {
            var fragment = fragments[number] ??= (IFragment)scope.ServiceProvider.GetRequiredService(types[number]);
            var view = await fragment.For(agent);
            if (kept.Find(view) is not { } html) kept.Keep(view, html = await renderer.Draw(view));
            drawn.Add((number, html));
        }
        return drawn;
    });

    public Task<string> Draw(FragmentView view) => renderer.Dispatcher.InvokeAsync(() => renderer.Draw(view));

    public async ValueTask DisposeAsync()
    {
        await renderer.DisposeAsync();
        await scope.DisposeAsync();
    }

    /// <summary>Forgets a component once it is drawn, which the framework's own renderer does only when it is disposed of.</summary>
    private sealed class Renderer(IServiceProvider services, ILoggerFactory logs) : StaticHtmlRenderer(services, logs)
    {
        private readonly StringWriter html = new();

        public async Task<string> Draw(FragmentView view)
        {
            var component = AssignRootComponentId(InstantiateComponent(view.Component));
            try
            {
                await RenderRootComponentAsync(component, ParameterView.FromDictionary(view.Parameters));
                html.GetStringBuilder().Clear();
                WriteComponentHtml(component, html);
                return html.ToString();
            }
            finally
            {
                RemoveRootComponent(component);
            }
        }
    }
}
