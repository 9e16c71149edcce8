using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Tccc.Platform;

/// <summary>
/// A room's words, each looked up once in a language: the framework's own localizer is made anew for every component, and builds a key for
/// every word.
/// </summary>
internal sealed class KeptTexts<T>(IStringLocalizerFactory factory) : IStringLocalizer<T>
{
    /// <summary>Some times what a room has, because what an administrator named is looked up too (the reason of a break).</summary>
    internal const int AtMost = 2000;

    private readonly StringLocalizer<T> texts = new(factory);
    private readonly ConcurrentDictionary<(string Name, CultureInfo Language), LocalizedString> kept = new();

    internal int Count => kept.Count;

    public LocalizedString this[string name]
    {
        get
        {
            var key = (name, CultureInfo.CurrentUICulture);
            if (kept.TryGetValue(key, out var text)) return text;
            if (kept.Count >= AtMost) kept.Clear();
            return kept[key] = texts[name];
        }
    }

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var format = this[name];
            return new(name, string.Format(CultureInfo.CurrentCulture, format.Value, arguments), format.ResourceNotFound);
        }
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);
}
