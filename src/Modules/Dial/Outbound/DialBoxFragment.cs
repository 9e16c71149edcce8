using System.Collections.Immutable;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <param name="CallerIds">The numbers that may be shown to whom is called, the default first.</param>
/// <param name="Number">What was typed, where that was refused.</param>
/// <param name="CallerId">What was chosen with it.</param>
public sealed record DialBoxModel(ImmutableArray<string> CallerIds, string? Number = null, string? CallerId = null, Error? Refusal = null);

/// <summary>The dial box in the top bar.</summary>
internal sealed class DialBoxFragment(Dialling dialling) : IFragment
{
    public const string Id = "dial-box";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope) =>
        new(FragmentView.Of<DialBox>((nameof(DialBox.Model), new DialBoxModel(dialling.CallerIds(scope.Agent)))));
}
