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

    /// <summary>Of the input, in the page.</summary>
    public string Id => "field-" + Name.Replace('[', '-').Replace("]", "", StringComparison.Ordinal);

    /// <summary>Why it was refused, in the reader's language; null when it was not.</summary>
    public string? Wrong => Refused?.Fields.Where(f => f.Field.Equals(Name, StringComparison.OrdinalIgnoreCase) || f.Field.EndsWith("." + Name, StringComparison.Ordinal)).ToList() is { Count: > 0 } wrong
        ? new ValidationFailed(wrong).Text(Services)
        : null;

    protected string? Invalid => Wrong is null ? null : "is-invalid";

    protected string? AriaInvalid => Wrong is null ? null : "true";

    protected string? DescribedBy => (Hint, Wrong) switch
    {
        (null, null) => null,
        (not null, null) => $"{Id}-hint",
        (null, not null) => $"{Id}-error",
        _ => $"{Id}-error {Id}-hint",
    };
}
