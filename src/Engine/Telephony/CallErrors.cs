using System.Globalization;

namespace Tccc.Telephony;

/// <summary>The agent has no such call, or it has ended.</summary>
public sealed record NoSuchCall() : Error(ErrorKind.NotFound, "This call has ended.");

/// <summary>The call is somebody else's.</summary>
public sealed record NotYourCall() : Error(ErrorKind.Forbidden, "This call belongs to another agent.");

/// <summary>The customer hung up in the moment of the answer.</summary>
public sealed record CallerGone() : Error(ErrorKind.Conflict, "The caller has hung up.");

/// <summary>The agent answers in the page, and the page's line has no connection.</summary>
public sealed record LineDown() : Error(ErrorKind.Conflict, "Your line is not connected. Check the network, or reload the page.");

/// <summary>The agent is bound to a desk phone, which can only be picked up by hand.</summary>
public sealed record AnswerAtDeskPhone(string Extension) : Error(ErrorKind.Conflict, "Pick up your desk phone {0} to answer.", Extension);

/// <summary>Hold, mute and keys need a call that is up.</summary>
public sealed record NotConnectedYet() : Error(ErrorKind.Conflict, "The call is not connected yet.");

/// <summary>The agent speaks with a third, or has one rung.</summary>
public sealed record Consulting()
    : Error(ErrorKind.Conflict, "You are consulting somebody. Connect them with the customer, or take the customer back first.");

/// <summary>The call is one between colleagues.</summary>
public sealed record NoCustomerHere()
    : Error(ErrorKind.Conflict, "This is an internal call: it can be muted and hung up, and nothing else.");

/// <summary>Nobody is consulted (any more).</summary>
public sealed record NotConsulting() : Error(ErrorKind.Conflict, "Nobody is being consulted any more; you are with the customer.");

/// <summary>Whom the agent consults has not answered.</summary>
public sealed record ThirdNotThereYet()
    : Error(ErrorKind.Conflict, "They have not answered yet. Connect hands the customer over as soon as they do.");

/// <summary>Whoever is spoken with has a browser or is being rung, and takes no keys.</summary>
public sealed record NoUseForKeys()
    : Error(ErrorKind.Conflict, "Keys go to telephones only: this is a web page, or a colleague, or nobody has answered yet.");

/// <summary>The customer hears music.</summary>
public sealed record KeysOnHold() : Error(ErrorKind.Conflict, "The customer is on hold. Resume the call, then send the keys.");

/// <summary>What was pressed before takes a while yet.</summary>
public sealed record KeysUnderWay() : Error(ErrorKind.Conflict, "The keys you pressed before are still being sent. Wait a moment.");

/// <summary>The server stops, or its records can't be written.</summary>
public sealed record NoMoreCalls() : Error(ErrorKind.Unavailable, "No call can be made at the moment. Try again in a minute.");

/// <summary>What was typed is no number: digits, +, *, #, blanks and dashes are.</summary>
public sealed record NotANumber() : Error(ErrorKind.Invalid, "Enter a number: digits, with + at the front, * and #. Blanks and dashes are left out.");

/// <summary>More digits than any number has.</summary>
public sealed record NumberTooLong(int AtMost) : Error(ErrorKind.Invalid, "A number can have {0} digits at most.", AtMost);

/// <summary>The number is the center's own.</summary>
public sealed record OwnNumber(string Digits) : Error(ErrorKind.Conflict, "{0} is a number of this center, and can't be called from it.", Digits);

/// <summary>The number that was chosen to be shown is not one of those (any more).</summary>
public sealed record CallerIdGone() : Error(ErrorKind.Conflict, "The number to call from is not offered any more. Choose another one.");

/// <summary>The center has no number to show.</summary>
public sealed record NoCallerId() : Error(ErrorKind.Conflict, "This center has no number to call from. An administrator marks one as outbound under Numbers.");

/// <summary>There is no carrier to call by.</summary>
public sealed record NoCarrier() : Error(ErrorKind.Conflict, "This center has no carrier to call by. An administrator adds one under Trunks.");

/// <summary>Dialling from the page needs the page's line.</summary>
public sealed record DialAtDeskPhone(string Extension)
    : Error(ErrorKind.Conflict, "You speak at desk phone {0}: dialling from the page is not possible yet.", Extension);

/// <summary>The browser's session description could not be used; <paramref name="Reason"/> says why.</summary>
public sealed record LineRefused(string Reason) : Error(ErrorKind.Invalid, "The line could not be opened: {0}", Reason)
{
    internal static LineRefused For(Error error) => new(string.Format(CultureInfo.InvariantCulture, error.Message, error.Args));
}

/// <summary>What was typed in the demo phone leads nowhere.</summary>
public sealed record NumberUnknown(string Digits) : Error(ErrorKind.NotFound, "The number {0} leads nowhere.", Digits);
