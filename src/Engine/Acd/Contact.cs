namespace Tccc.Acd;

/// <summary>What a contact is to the dispatcher: how many of it one agent can serve at once.</summary>
public enum ContactKind
{
    /// <summary>Takes the whole agent.</summary>
    Call,
    /// <summary>An agent serves several, up to the center's limit.</summary>
    Chat,
}

/// <summary>Somebody who wants an agent.</summary>
/// <param name="Id">For a call the same value as its <see cref="CallId"/>.</param>
/// <param name="Customer">The number or user id of the customer; empty when withheld. The last-agent rule goes by it.</param>
/// <param name="Called">The number or entry the customer came by; shown in the ring bar.</param>
/// <param name="Arrived">Decides the order in the queue; a contact that returns keeps its first arrival. What is decided about it is told
/// in the time that begins here.</param>
/// <param name="Asks">A colleague asks something about the customer: whoever takes it has not served them.</param>
public sealed record Contact(
    ContactId Id, CenterId Center, ContactKind Kind, string Customer, string Called, Stamp Arrived, bool Asks = false);

/// <summary>An accepted offer: from now on the contact is the agent's work until <see cref="Dispatch.Ended"/>.</summary>
/// <param name="Group">The group it came from; null when it was for the agent in person.</param>
public sealed record Acceptance(OfferId Offer, Contact Contact, AgentId Agent, GroupId? Group);
