using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace Tccc.Platform.Look;

/// <summary>
/// The outline icons named in src/Tccc.Web/icons.txt, each written once and kept: a page has dozens. Decorative: a word or an accessible
/// name stands beside it. Every component has them, as <c>@Icons["phone"]</c>.
/// </summary>
public sealed class Icons(AssetPaths files)
{
    private readonly ConcurrentDictionary<(string Name, string? Class), MarkupString> written = new();

    /// <summary>An icon; both words are the code's own, never a person's.</summary>
    public MarkupString this[string name, string? css = null] => written.GetOrAdd((name, css), Write);

    private MarkupString Write((string Name, string? Class) icon) => new(
        $"""<svg class="{(icon.Class is null ? "icon" : $"icon {icon.Class}")}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="{files["lib/icons.svg"]}#{icon.Name}"></use></svg>""");
}
