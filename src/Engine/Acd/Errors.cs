namespace Tccc.Acd;

/// <summary>No offer of this id is remembered.</summary>
public sealed record OfferUnknown() : Error(ErrorKind.NotFound, "This call is no longer ringing for you.");

/// <summary>The ring time was over.</summary>
public sealed record OfferExpired() : Error(ErrorKind.Conflict, "The call rang out and went to the next agent.");

/// <summary>Another agent has it.</summary>
public sealed record OfferTaken() : Error(ErrorKind.Conflict, "A colleague has taken this call.");

/// <summary>The customer left.</summary>
public sealed record OfferGivenUp() : Error(ErrorKind.Conflict, "The caller has hung up.");

/// <summary>The agent declined it before.</summary>
public sealed record OfferDeclined() : Error(ErrorKind.Conflict, "You have declined this call.");

/// <summary>The agent accepted it before.</summary>
public sealed record OfferAccepted() : Error(ErrorKind.Conflict, "You have answered this call already.");

/// <summary>The agent's device could not be reached for it.</summary>
public sealed record OfferUnreachable() : Error(ErrorKind.Conflict, "Your line or desk phone could not be reached for this call.");

/// <summary>The offer is somebody else's.</summary>
public sealed record OfferNotYours() : Error(ErrorKind.Forbidden, "This call is offered to a colleague.");

/// <summary>The contact neither waits nor rings.</summary>
public sealed record ContactGone()
    : Error(ErrorKind.Conflict, "This customer is no longer waiting: a colleague took the call, or the caller hung up.");

/// <summary>The contact rings at somebody else now, and comes back when they do not take it.</summary>
public sealed record OfferedToAnother()
    : Error(ErrorKind.Conflict, "This customer is being offered to a colleague. If they do not answer, the call comes back here.");

/// <summary>The agent is not in the group the contact waits for.</summary>
public sealed record NotYourGroup() : Error(ErrorKind.Forbidden, "This customer is waiting for a group you are not in.");

/// <summary>There is no such agent in this center.</summary>
public sealed record AgentUnknown() : Error(ErrorKind.NotFound, "There is no such agent in this center.");

/// <summary>Not while Offline.</summary>
public sealed record AgentIsOffline() : Error(ErrorKind.Conflict, "You are offline; go online first.");

/// <summary>Not while on a break.</summary>
public sealed record AgentIsOnBreak() : Error(ErrorKind.Conflict, "You are on a break; end it first.");

/// <summary>Not while Busy.</summary>
public sealed record AgentIsBusy() : Error(ErrorKind.Conflict, "You are in a call; end it first.");

/// <summary>Not while an offer is out.</summary>
public sealed record AgentIsRinging() : Error(ErrorKind.Conflict, "A call is ringing for you; answer or decline it first.");

/// <summary>Only in wrap-up.</summary>
public sealed record NotInWrapUp() : Error(ErrorKind.Conflict, "Your wrap-up has already ended.");

/// <summary>A break needs one of the reasons the administrator defined.</summary>
public sealed record BreakReasonUnknown(string Reason)
    : Error(ErrorKind.Invalid, "There is no break reason \"{0}\"; choose one from the list.", Reason);

/// <summary>The agent has neither a line nor a registered phone.</summary>
public sealed record DeviceUnreachable()
    : Error(ErrorKind.Conflict, "Your line or desk phone is not connected. Check the network, or reload the page.");
