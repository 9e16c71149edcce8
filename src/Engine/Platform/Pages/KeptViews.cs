using System.Collections.Concurrent;
using System.Globalization;

namespace Tccc.Platform;

/// <summary>What was drawn of views that look the same for everybody; <see cref="FragmentView.Kept"/>.</summary>
internal sealed class KeptViews
{
    /// <summary>There are some dozens, of a kilobyte at most; should they ever be more, they are drawn anew.</summary>
    internal const int AtMost = 500;

    private readonly ConcurrentDictionary<(Type Component, object Model, CultureInfo Culture), string> kept = new();

    public string? Find(FragmentView view) =>
        view.KeptFor is { } model ? kept.GetValueOrDefault((view.Component, model, CultureInfo.CurrentUICulture)) : null;

    public void Keep(FragmentView view, string html)
    {
        if (view.KeptFor is not { } model) return;
        if (kept.Count >= AtMost) kept.Clear();
        kept[(view.Component, model, CultureInfo.CurrentUICulture)] = html;
    }
}
