using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

public sealed record IncomingCallModel(OfferView? Offer, string? Group, string? DeskPhone, Instant Now)
{
    public TimeSpan Whole => Offer!.Deadline - Offer.MadeAt;

    public TimeSpan Left => Now.Until(Offer!.Deadline);

    public TimeSpan Waits => Now - Offer!.WaitsSince;
}

/// <summary>The ring bar as it must be now: what the dispatcher offers this agent, if it is a call.</summary>
internal sealed class IncomingCallFragment(Dispatch dispatch, AgentDevices devices, Centers centers, TimeProvider time) : IFragment
{
    public const string Id = "incoming-call";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        // with auto answer the call is up after a tone, and a bar that flashes by would only startle
        var offer = dispatch.See(scope.Agent)?.Offer is { Contact.Kind: ContactKind.Call } call
            && !devices.AnswerAlone(centers, scope.Agent) ? call : null;
        var model =
            new IncomingCallModel(
                offer, centers.NameOf(offer?.Group), offer is null ? null : centers.ExtensionOf(scope.Agent), time.Instant());
        return new(FragmentView.Of<IncomingCall>((nameof(IncomingCall.Model), model)));
    }
}
