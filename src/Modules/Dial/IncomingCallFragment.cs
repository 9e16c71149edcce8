using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

public sealed record IncomingCallModel(OfferView? Offer, string? Group, string? DeskPhone, Instant Now)
{
    /// <summary>A colleague who sends the customer, or asks about them.</summary>
    public string? Sender { get; init; }

    public SentFor SentFor { get; init; }

    public TimeSpan Whole => Offer!.Deadline - Offer.MadeAt;

    public TimeSpan Left => Now.Until(Offer!.Deadline);

    public TimeSpan Waits => Now - Offer!.WaitsSince;
}

/// <summary>The ring bar as it must be now: what the dispatcher offers this agent, if it is a call.</summary>
internal sealed class IncomingCallFragment(
    Dispatch dispatch, Calls calls, AgentDevices devices, Centers centers, TimeProvider time) : IFragment
{
    public const string Id = "incoming-call";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        // with auto answer the call is up after a tone, and a bar that flashes by would only startle
        var offer = dispatch.See(scope.Agent)?.Offer is { Contact.Kind: ContactKind.Call } call
            && !devices.AnswerAlone(centers, scope.Agent) ? call : null;
        var sender = offer is null ? null : calls.SenderOf(offer.Contact.Id);
        var model =
            new IncomingCallModel(
                offer, centers.NameOf(offer?.Group), offer is null ? null : centers.ExtensionOf(scope.Agent), time.Instant())
            {
                Sender = sender is { } by ? centers.Agent(by.Agent)?.Name : null,
                SentFor = sender?.For ?? SentFor.Transfer,
            };
        return new(FragmentView.Of<IncomingCall>((nameof(IncomingCall.Model), model)));
    }
}
