using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>
/// What a flow consists of, as a draft and as a published version alike: steps, the first of which begins. A draft may be unfinished;
/// what is published has passed <see cref="FlowCheck"/>. product.md §7
/// </summary>
/// <param name="Language">In which its texts are spoken: one of <see cref="Languages"/>.</param>
public sealed record FlowPlan(string Language, ImmutableArray<FlowStep> Steps)
{
    public const int MostSteps = 100;

    /// <summary>Characters of the name of a step, and of a result.</summary>
    public const int LongestName = 50;

    /// <summary>Characters of a plan as it is stored: more than the largest that passes the check can have.</summary>
    public const int LongestStored = 2 * 1024 * 1024;

    /// <summary>Levels of JSON; a plan has five.</summary>
    private const int Deepest = 8;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new IdJson(), new JsonStringEnumConverter() },
        // stands in a column, never in a page
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = Deepest,
    };

    public static IReadOnlyList<string> Languages { get; } = ["zh-CN", "en"];

    /// <summary>The step with this number; null when there is none.</summary>
    public FlowStep? Find(int? id)
    {
        foreach (var step in Steps)
            if (step.Id == id) return step;
        return null;
    }

    /// <summary>As it is stored, in JSON.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>
    /// What <see cref="Write"/> wrote. Whatever else is refused: an unknown kind of step or field, one that is missing or stands twice,
    /// more steps or characters than there may be. Fails with <see cref="FlowUnreadable"/> or <see cref="FlowTooLarge"/>.
    /// </summary>
    public static Result<FlowPlan> Read(string stored)
    {
        if (stored.Length > LongestStored) return new FlowTooLarge(MostSteps);
        try
        {
            var plan = JsonSerializer.Deserialize<FlowPlan>(stored, Json);
            if (plan is null || plan.Steps.Any(step => !IsWhole(step))) return new FlowUnreadable();
            return plan.Steps.Length > MostSteps ? new FlowTooLarge(MostSteps) : plan;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return new FlowUnreadable();
        }
    }

    // what stands in a list may be null whatever its type says
    private static bool IsWhole(FlowStep? step) =>
        step is FlowStep.Menu menu ? menu.Options.All(option => option is not null) : step is not null;
}

/// <summary>A published flow. Calls that are in it finish it, whatever is published meanwhile.</summary>
/// <param name="Number">Rises with each that is published.</param>
public sealed record FlowVersion(FlowId Flow, int Number, FlowPlan Plan);

public sealed record FlowUnreadable() : Error(ErrorKind.Malformed, "The steps of this flow can't be read. Reload the page and try again.");

public sealed record FlowTooLarge(int Most) : Error(ErrorKind.TooLarge, "This flow is too large: a flow has at most {0} steps.", Most);
