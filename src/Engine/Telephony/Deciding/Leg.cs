namespace Tccc.Telephony;

/// <summary>One connection that is carried for a call. A party may ring at several; inputs and effects name the leg.</summary>
internal readonly record struct Leg(LegId Id, LegCarrier Carrier, LegStage Stage = LegStage.Invited);

/// <summary>What carries a leg.</summary>
internal enum LegCarrier
{
    Trunk,
    DeskPhone,
    /// <summary>The workbench's WebRTC line, which is there before a call and after it.</summary>
    Line,
    /// <summary>A browser that plays a customer; its ring-back comes from this server.</summary>
    Web,
}

/// <summary>How far a leg is.</summary>
internal enum LegStage
{
    /// <summary>Its INVITE waits for our answer.</summary>
    Invited,
    /// <summary>180 was sent.</summary>
    Ringing,
    /// <summary>200 was sent.</summary>
    Answered,
    /// <summary>Our INVITE is under way.</summary>
    Dialling,
    /// <summary>18x came that says nothing of ringing.</summary>
    Progressing,
    /// <summary>180 came.</summary>
    Alerting,
    /// <summary>Sound comes before the answer (RFC 3960).</summary>
    EarlyMedia,
    /// <summary>ACK came, or the 200 to our INVITE.</summary>
    Established,
    Gone,
}
