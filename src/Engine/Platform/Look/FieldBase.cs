using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform.Look;

/// <summary>What every kind of field has. The name is that of the draft's property, by which a validator names it too.</summary>
public abstract class FieldBase : ComponentBase
{
    [Inject] public IServiceProvider Services { get; set; } = null!;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string? Hint { get; set; }

    [Parameter] public string? Class { get; set; }

    [CascadingParameter] public ValidationFailed? Refused { get; set; }

    [CascadingParameter] public ChangedByAnother? Changed { get; set; }

    [CascadingParameter] public Sheet? Sheet { get; set; }

    /// <summary>What is stored now, in words, when it was changed meanwhile and is not what was typed; null otherwise.</summary>
    public string? Stored => Changed?.Stored.TryGetValue(Name, out var value) is true ? Words(value) : null;

    /// <summary>A stored value as people read it.</summary>
    protected virtual string Words(string stored) => stored.Length > 0 ? stored : "—";

    /// <summary>Of the input, in the page.</summary>
    public string Id => "field-" + Name.Replace('[', '-').Replace("]", "", StringComparison.Ordinal);

    /// <summary>Why it was refused, in the reader's language; null when it was not.</summary>
    public string? Wrong =>
        Refused?.Fields.Where(IsMine).ToList() is { Count: > 0 } wrong ? new ValidationFailed(wrong).Text(Services) : null;

    protected override void OnInitialized() => Sheet?.Has(this);

    internal bool IsMine(FieldError error) =>
        error.Field.Equals(Name, StringComparison.OrdinalIgnoreCase) || error.Field.EndsWith("." + Name, StringComparison.Ordinal);

    protected string? Invalid => Wrong is null ? null : "is-invalid";

    protected string? AriaInvalid => Wrong is null ? null : "true";

    protected string? DescribedBy => string.Join(' ', new[]
    {
        Stored is null ? null : $"{Id}-stored", Wrong is null ? null : $"{Id}-error", Hint is null ? null : $"{Id}-hint",
    }.OfType<string>()) is { Length: > 0 } ids ? ids : null;
}
