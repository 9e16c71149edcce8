using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Tccc.Platform;

/// <summary>
/// What a form holds, as it was typed, with the number of the row it was opened with (<see cref="IVersioned"/>): the form of a new row has
/// none.
/// </summary>
public abstract record FormDraft
{
    public string? Version { get; init; }

    /// <summary>Fields that are never shown again, such as a password.</summary>
    protected virtual IReadOnlyCollection<string> Unshown => [];

    /// <summary>The form was opened after the row's last change.</summary>
    public bool IsOf(IVersioned row) => Version == row.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// What is stored, by the name of the field, where it is not what was typed. Texts, yes or no, and lists and dictionaries of them are
    /// compared.
    /// </summary>
    public IReadOnlyDictionary<string, string> Differing(FormDraft stored)
    {
        var (mine, theirs) = (Texts(this), Texts(stored));
        return mine.Keys.Union(theirs.Keys).Where(name => mine.GetValueOrDefault(name, "") != theirs.GetValueOrDefault(name, ""))
            .ToDictionary(name => name, name => theirs.GetValueOrDefault(name, ""));
    }

    private static Dictionary<string, string> Texts(FormDraft draft)
    {
        var texts = new Dictionary<string, string>();
        foreach (var property in Shown(draft.GetType()))
            if (property.Name != nameof(Version) && !draft.Unshown.Contains(property.Name))
                Put(texts, property.Name, property.GetValue(draft));
        return texts;
    }

    private static void Put(Dictionary<string, string> texts, string name, object? value)
    {
        switch (value)
        {
            case null: break;
            case string text: texts[name] = text.Trim().ReplaceLineEndings("\n"); break;
            case bool yes: texts[name] = yes ? "true" : ""; break;
            case IReadOnlyDictionary<string, string> keyed:
                foreach (var (key, text) in keyed) Put(texts, $"{name}[{key}]", text);
                break;
            case IEnumerable list:
                foreach (var (at, item) in list.Cast<object>().Index()) Put(texts, $"{name}[{at}]", item);
                break;
            default:
                foreach (var property in Shown(value.GetType())) Put(texts, $"{name}.{property.Name}", property.GetValue(value));
                break;
        }
    }

    private static PropertyInfo[] Shown(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
}

/// <summary>
/// The row was changed after the form was opened: nothing is overwritten unseen. The page is drawn anew with what was typed, what is stored
/// beside it, and the new number: who saves again has seen both.
/// </summary>
/// <param name="By">Who changed it, in the reader's language.</param>
/// <param name="At">When, by the center's clock.</param>
/// <param name="Version">Of the row now.</param>
/// <param name="Stored">What is stored, by the name of the field, where it differs from what was typed.</param>
public sealed record ChangedByAnother(string By, string At, long Version, IReadOnlyDictionary<string, string> Stored)
    : Error(ErrorKind.Conflict, "{0} changed this at {1}, after you had opened the page. Nothing was saved.", By, At);
