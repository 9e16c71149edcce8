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

/// <summary>How far a leg is whose party called us.</summary>
internal enum LegStage
{
    /// <summary>It waits for our answer.</summary>
    Invited,
    /// <summary>180 was sent.</summary>
    Ringing,
    /// <summary>200 was sent.</summary>
    Answered,
    /// <summary>ACK came.</summary>
    Established,
    Gone,
}
