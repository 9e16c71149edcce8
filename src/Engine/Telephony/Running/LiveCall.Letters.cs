using System.Text;
using Tccc.Media;
using Tccc.Sip;

namespace Tccc.Telephony;

// What comes from SIP and media, put into the words of the call.
internal sealed partial class LiveCall
{
    private Input? Understand(object content) => content switch
    {
        Input input => input,
        LegEvent e => FromSession(e.Leg, e.Event),
        MediaEvent e => FromMedia(e),
        Opening opening => Open(opening),
        PickedUp picked => PickUp(picked),
        LineMeasured line => Keep(line),
        _ => throw new InvalidOperationException($"A letter of no known kind: {content.GetType().Name}."),
    };

    private Arrived Open(Opening opening)
    {
        if (opening.Entry is Entry.Refused) return new(opening.Entry);
        var leg = state.Leg.Id;
        // An INVITE without an offer gets ours in the 200 and answers it in the ACK (RFC 3261 §13.3.1).
        var sdp = opening.Sdp.IsEmpty
            ? board.Media.Offer(leg, opening.Far)
            : board.Media.Answer(leg, LegKind.Rtp, Encoding.UTF8.GetString(opening.Sdp.Span), opening.Far);
        if (!sdp.Ok) return new(Refusal(sdp.Error));
        customer!.Sdp = sdp.Value;
        return new(opening.Entry);
    }

    internal static Entry.Refused Refusal(Error error) => error switch
    {
        NoEncryption => new(488, CallEndReason.NotEncrypted),
        NoCommonCodec or NoAudio => new(488, CallEndReason.NoCommonCodec),
        BadSdp => new(400, CallEndReason.ProtocolError),
        NoPorts => new(503, CallEndReason.NoPorts),
        _ => new(503, CallEndReason.MediaLost),
    };

    /// <summary>The customer's session speaks as a desk phone's does; of each leg comes only what its side of an INVITE can hear.</summary>
    private Input? FromSession(LegId leg, SessionEvent e)
    {
        switch (e)
        {
            case SessionEvent.Ringing ringing:
                return Alerted(leg, ringing);
            case SessionEvent.Answered answered:
                return new LegAnswered(leg, IsSettled(leg, answered.Body) || ApplyAnswer(leg, answered.Body));
            case SessionEvent.Established established:
                return Establish(leg, established);
            case SessionEvent.Offered offered:
                return new LegRenegotiated(leg, offered.Body);
            case SessionEvent.Modified modified:
                // an answer that can't be used leaves the call as it was
                if (!modified.Body.IsEmpty) ApplyAnswer(leg, modified.Body);
                return null;
            case SessionEvent.InfoReceived info:
                return Dtmf.Read(info.ContentType, info.Body.Span) is { } digit ? new DigitPressed(leg, digit) : null;
            case SessionEvent.Ended { Ending.Kind: SipEndingKind.NotAcceptable } when InviteEncrypted(leg):
                return null;
            case SessionEvent.Ended ended:
                return new LegEnded(leg, EndingOf(ended.Ending, Carried(leg) is not PhoneCarrier), SaidBy(ended.Ending));
            default:
                return null;
        }
    }

    /// <summary>The customer acknowledged our answer; it answers our offer, where the INVITE had none.</summary>
    private Input Establish(LegId leg, SessionEvent.Established established)
    {
        board.Media.Confirm(leg);
        if (established.Body.IsEmpty ? !established.AnswerDue : ApplyAnswer(leg, established.Body)) return new LegEstablished(leg);
        Carried(leg)?.Hangup();
        return new LegEnded(leg, established.Body.IsEmpty ? LegEnding.OfferUnanswered : LegEnding.NotAcceptable);
    }

    private Input? FromMedia(MediaEvent e) => e switch
    {
        MediaEvent.DigitReceived digit => new DigitPressed(digit.Leg, digit.Digit),
        MediaEvent.SoundBegan heard when IsDialled(heard.Leg) => HeardEarly(heard.Leg),
        // one that was cut may have ended in that very moment, and is not the end of what is heard now
        MediaEvent.ClipEnded clip when clip.Leg == state.Leg.Id && customerHears is not Heard.Clip { Loop: false } => null,
        MediaEvent.ClipEnded clip when clip.Leg == state.Leg.Id && customerHears is Heard.Clip now && now.Id != clip.Clip => null,
        MediaEvent.ClipEnded clip => new ClipEnded(clip.Leg),
        // A browser that plays a customer has no signalling of its own: its connection is the call.
        MediaEvent.Lost lost when customer is { IsWeb: true } && lost.Leg == state.Leg.Id =>
            new LegEnded(lost.Leg, lost.Reason is LostReason.ClosedByPeer ? LegEnding.HungUp : LegEnding.MediaLost),
        MediaEvent.Lost lost => new MediaLost(lost.Leg),
        MediaEvent.OneWay silent => new SoundMissed(silent.Leg, Missing: true),
        MediaEvent.BothWays back => new SoundMissed(back.Leg, Missing: false),
        _ => null,
    };

    private bool ApplyAnswer(LegId leg, ReadOnlyMemory<byte> sdp) => board.Media.Apply(leg, Encoding.UTF8.GetString(sdp.Span)).Ok;

    private static SipSaid? SaidBy(SipEnding ending) => ending is { Status: 0, Cause: null }
        ? null
        : new(ending.Status > 0 ? ending.Status : null, ending.Cause is { } cause ? Foreign.Text(cause, CallRecord.LongestCause) : null);

    /// <param name="byCarrier">
    /// It is a carrier's leg: of what a carrier refuses our INVITE with, only some says that somebody refused the call; the rest means
    /// that this carrier can't do what we ask of it, or does not know us.
    /// </param>
    private static LegEnding EndingOf(SipEnding ending, bool byCarrier) => ending.Kind switch
    {
        SipEndingKind.Rejected when byCarrier && ending.Status is not (403 or 433 or 603 or 607 or 608) => LegEnding.ProtocolError,
        SipEndingKind.Hangup => LegEnding.HungUp,
        SipEndingKind.Cancelled => LegEnding.Cancelled,
        SipEndingKind.Expired => LegEnding.Expired,
        SipEndingKind.Busy => LegEnding.Busy,
        SipEndingKind.NoAnswer => LegEnding.NoAnswer,
        SipEndingKind.Rejected => LegEnding.Rejected,
        SipEndingKind.NotFound => LegEnding.NotFound,
        SipEndingKind.Unreachable => LegEnding.Unreachable,
        SipEndingKind.NotAcceptable => LegEnding.NotAcceptable,
        SipEndingKind.SessionExpired => LegEnding.SessionExpired,
        SipEndingKind.ServerError => LegEnding.ProtocolError,
        // Timeout, TransportFailed; and LocalHangup, which is heard only when the endpoint itself went down.
        _ => LegEnding.TransportFailed,
    };
}
