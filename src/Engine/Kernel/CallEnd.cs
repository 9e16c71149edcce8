namespace Tccc;

/// <summary>How a call ended: what came of it, why, and by whom. Every ending has one; product.md «No customer is lost».</summary>
public sealed record CallEnd(CallResult Result, CallEndReason Reason, EndedBy By);

public enum CallResult
{
    /// <summary>Customer and agent spoke.</summary>
    Served,
    /// <summary>The customer left before an agent answered.</summary>
    Abandoned,
    /// <summary>The call was not let in, or led nowhere.</summary>
    Refused,
    /// <summary>Something of ours or on the way broke.</summary>
    Failed,
    /// <summary>We called, and nobody was there to speak with.</summary>
    NotReached,
}

public enum CallEndReason
{
    HungUp,
    GaveUpInQueue,
    GaveUpWhileRinging,
    /// <summary>The time that the caller's side gave us to answer ran out: Expires of its INVITE (RFC 3261 §13.3.1).</summary>
    InviteExpired,
    NumberUnknown,
    NoCommonCodec,
    /// <summary>The caller's side wanted our offer of codecs and did not answer it (RFC 3261 §13.2.2.4).</summary>
    OfferUnanswered,
    WaitedTooLong,
    Closed,
    NobodySignedIn,
    /// <summary>The group was deleted while the customer was in it, and named no other.</summary>
    GroupGone,
    Busy,
    NoAnswer,
    Rejected,
    Unreachable,
    TrunkFailure,
    SessionExpired,
    MediaLost,
    ProtocolError,
    ServerStopped,
    ServerRestarted,
    /// <summary>No UDP port was free for its sound.</summary>
    NoPorts,
    /// <summary>Its sound must be encrypted, and the other side could not.</summary>
    NotEncrypted,
    /// <summary>The number leads to a self-service flow, and there are none yet.</summary>
    NoSelfService,
    /// <summary>We dialled, and nothing said that it rings there: neither an 18x nor an answer came.</summary>
    NeverAlerted,
    /// <summary>The agent who dialled hung up before there was an answer.</summary>
    GaveUpDialling,
}

public enum EndedBy
{
    Customer,
    Agent,
    Supervisor,
    System,
    Deadline,
    /// <summary>The one outside to whom an agent had sent the customer.</summary>
    Third,
}
