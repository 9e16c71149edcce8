using System.Collections.Immutable;
using System.Net;

namespace Tccc.Media;

/// <summary>
/// Every order that calls give to media, so that a farm of media servers may stand behind it. Safe to call from any thread;
/// orders for one leg take effect in the order given. The caller makes the <see cref="LegId"/>.
/// </summary>
public interface IMedia
{
    /// <summary>
    /// Answers an SDP offer (RFC 3264; JSEP for a browser) and opens the leg; for an open leg it renegotiates (the peer's hold, a moved
    /// address).
    /// Fails with <see cref="BadSdp"/>, <see cref="NoAudio"/>, <see cref="NoCommonCodec"/>, <see cref="NoEncryption"/> or
    /// <see cref="NoPorts"/>; an
    /// open leg is then unchanged. <paramref name="far"/> counts when the leg is opened, and for phones only.
    /// </summary>
    Result<string> Answer(LegId leg, LegKind kind, string offer, FarEnd? far = null);

    /// <summary>
    /// Our SDP offer: opens a phone's leg, or describes an open one anew. The address of <paramref name="far"/> is where the call goes,
    /// so that the
    /// offer names the local address that reaches it. Fails with <see cref="NoPorts"/>, or <see cref="UnknownLeg"/> for a browser's leg.
    /// </summary>
    Result<string> Offer(LegId leg, FarEnd? far = null);

    /// <summary>The peer's answer to our last offer; may be given again (18x, then 200). The peer has our offer, so this is
    /// <see cref="Confirm"/> too.
    /// Fails with <see cref="BadSdp"/>, <see cref="NoAudio"/>, <see cref="NoCommonCodec"/>, <see cref="NoEncryption"/> or
    /// <see cref="UnknownLeg"/>.</summary>
    Result Apply(LegId leg, string answer);

    /// <summary>
    /// The peer has shown that our answer reached it. Before this, and before a packet comes from it, a phone's leg sends only a few
    /// packets: the
    /// address in an offer may be a victim's.
    /// </summary>
    void Confirm(LegId leg);

    /// <summary>
    /// What the leg's party hears from now on. Hold, mute, music and bridge are all this order. Giving the same again changes nothing
    /// (a clip goes on where it is), and a looping clip that another one interrupted goes on where it stopped. A source leg that is not
    /// open yet is
    /// heard as soon as it is. Nothing happens when the listener is not open, and a listener among their own sources
    /// (<see cref="Heard.Legs"/>) is an <see cref="ArgumentException"/>. A phone's leg gets no packet from us before its first
    /// order, so that
    /// a caller who is not answered yet hears the ring-back of their own network.
    /// </summary>
    void Hear(LegId listener, Heard what);

    /// <summary>
    /// Sends 0-9, *, #, A-D as RFC 4733 events, each as long as <see cref="DigitTiming"/> says; a comma is a pause, in which the party
    /// hears what it hears otherwise. Digits given while others are under way follow them.
    /// Fails with <see cref="NoTelephoneEvents"/> when the peer takes none, <see cref="BadDigits"/>, <see cref="TooManyDigits"/> or
    /// <see cref="UnknownLeg"/>.
    /// </summary>
    Result SendDigits(LegId leg, string digits);

    /// <summary>
    /// Records a customer's leg into a stereo WAV file of 8 kHz, from now until <see cref="StopRecording"/> or <see cref="Close"/>, by the
    /// media clock: both channels are as long as that time, whatever came or did not. Left is what comes from the leg while somebody hears
    /// it, right what people say to it: another leg's sound or a mix that it hears. So whatever clip it hears is silence on the right, and
    /// while that one goes on over and over (on hold, waiting, during a consultation) both are. Key presses are silence too.
    /// The file has <paramref name="path"/>'s name, a full one in a folder that is there, when <see cref="MediaEvent.RecordingEnded"/>
    /// tells so, and until then <see cref="Recordings.Unfinished"/> behind it. Fails with <see cref="UnknownLeg"/>,
    /// <see cref="AlreadyRecording"/> or <see cref="TooManyRecordings"/>; trouble with the file is told by the event.
    /// </summary>
    Result Record(LegId leg, string path);

    /// <summary>What is said from now on is silence in the recording. Nothing happens where nothing is recorded.</summary>
    void PauseRecording(LegId leg);

    /// <summary>Ends <see cref="PauseRecording"/>.</summary>
    void ResumeRecording(LegId leg);

    /// <summary>Ends the recording; the event comes when the file is there. Nothing happens where nothing is recorded.</summary>
    void StopRecording(LegId leg);

    /// <summary>What was received and sent, or null when there is no such leg.</summary>
    LegStats? Stats(LegId leg);

    /// <summary>
    /// How sound passed on the leg since it was opened or this was last asked, oldest first, with the rest of the interval under way where
    /// that is 1 s or more; begins anew. Empty when there is no such leg: to be asked before <see cref="Close"/>. A leg that outlives a
    /// call is asked when the call begins, too.
    /// </summary>
    IReadOnlyList<QualityInterval> TakeQuality(LegId leg);

    /// <summary>
    /// Says goodbye (RTCP BYE, DTLS close_notify) and frees the ports; idempotent. No event of this leg follows but the end of its
    /// recording.
    /// </summary>
    void Close(LegId leg);
}

/// <summary>What signalling knows of the party at the end of a phone's leg.</summary>
/// <param name="Host">Where its signalling comes from; sound is taken from there, and from the host of its session description.</param>
/// <param name="AnyHost">Sound is taken from whichever host sends first.</param>
/// <param name="Encryption">Whether its sound is, or must be, encrypted.</param>
public sealed record FarEnd(IPAddress? Host = null, bool AnyHost = false, MediaEncryption Encryption = MediaEncryption.Off);

/// <summary>How a leg is carried.</summary>
public enum LegKind
{
    /// <summary>RTP, or SRTP with keys in the SDP, on a port pair of its own: trunks and desk phones.</summary>
    Rtp,
    /// <summary>ICE, DTLS-SRTP on the port that all browsers share.</summary>
    WebRtc,
}

/// <summary>What the party at the end of a leg hears.</summary>
public abstract record Heard
{
    private Heard() { }

    /// <summary>Silence: the stream goes on with silent frames.</summary>
    public sealed record Nothing : Heard;

    /// <summary>What arrives from another leg; silence while it sends nothing.</summary>
    public sealed record Leg(LegId Source) : Heard;

    /// <summary>
    /// The sum of what arrives from several other legs, on our own 20 ms grid: conferences, listening in. Equal when it names the same
    /// legs, in whatever order. From two to <see cref="Mix.SourcesAtMost"/>, none of them twice, else it is an
    /// <see cref="ArgumentException"/>: one alone is <see cref="Leg"/>, so that one sound has one name and the same order again is seen to
    /// be the same. Who closes falls silent.
    /// </summary>
    public sealed record Legs(ImmutableArray<LegId> Sources) : Heard
    {
        internal static readonly Comparison<LegId> ById = (a, b) => a.Value.CompareTo(b.Value);

        /// <summary>In the order of their ids.</summary>
        public ImmutableArray<LegId> Sources { get; } = Checked(Sources);

        public bool Equals(Legs? other) => other is not null && Sources.AsSpan().SequenceEqual(other.Sources.AsSpan());

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var source in Sources) hash.Add(source);
            return hash.ToHashCode();
        }

        private static ImmutableArray<LegId> Checked(ImmutableArray<LegId> sources)
        {
            if (sources.IsDefault || sources.Length is < 2 or > Mix.SourcesAtMost)
                throw new ArgumentException($"A mix is of 2 to {Mix.SourcesAtMost} legs.", nameof(sources));
            var sorted = sources.Sort(ById);
            for (var i = 1; i < sorted.Length; i++)
                if (sorted[i] == sorted[i - 1]) throw new ArgumentException($"Leg {sorted[i]} is named twice.", nameof(sources));
            return sorted;
        }
    }

    /// <summary>A clip, once (<see cref="MediaEvent.ClipEnded"/>, then silence) or over and over.</summary>
    public sealed record Clip(ClipId Id, bool Loop = false) : Heard;
}

/// <summary>Limits of <see cref="Heard.Legs"/>.</summary>
public static class Mix
{
    /// <summary>Legs that one listener hears at once: nobody tells more voices apart.</summary>
    public const int SourcesAtMost = 8;
}

/// <summary>A prompt, tone or piece of music in a <see cref="Clips"/>.</summary>
public readonly record struct ClipId(int Value);

/// <summary>Takes what happens on legs. Called on media threads: must not block and must not throw.</summary>
public interface IMediaEvents
{
    void On(MediaEvent e);
}

/// <summary>Something that happened on a leg.</summary>
public abstract record MediaEvent(LegId Leg)
{
    /// <summary>Media can flow: the browser's keys are there, or the first RTP packet of the phone has come.</summary>
    public sealed record Connected(LegId Leg) : MediaEvent(Leg);

    /// <summary>
    /// The first packet of sound has come from the phone: no key press, and none that only keeps an address alive (RFC 6263).
    /// </summary>
    public sealed record SoundBegan(LegId Leg) : MediaEvent(Leg);

    /// <summary>
    /// The peer is gone or silent. Once per loss; <see cref="Connected"/> may follow when it comes back (not after
    /// <see cref="LostReason.ClosedByPeer"/>).
    /// </summary>
    public sealed record Lost(LegId Leg, LostReason Reason) : MediaEvent(Leg);

    /// <summary>The party pressed a key (RFC 4733): 0-9, *, #, A-D. Once per press.</summary>
    public sealed record DigitReceived(LegId Leg, char Digit) : MediaEvent(Leg);

    /// <summary>
    /// Nothing comes from the party though both directions are open, somebody would hear them and what we send leaves: for 2.5 s, so that
    /// it is known within 3. Said again after a hold, a mute or another order when still nothing comes. Not said of a party whose silence
    /// is meant: comfort noise, pauses between stretches of speech. Whether the call was answered already, the caller knows.
    /// </summary>
    public sealed record OneWay(LegId Leg) : MediaEvent(Leg);

    /// <summary>After <see cref="OneWay"/>: sound comes from the party.</summary>
    public sealed record BothWays(LegId Leg) : MediaEvent(Leg);

    /// <summary>A clip that does not loop was played to its end.</summary>
    public sealed record ClipEnded(LegId Leg, ClipId Clip) : MediaEvent(Leg);

    /// <summary>A recording is over: once for each <see cref="IMedia.Record"/> that was done.</summary>
    /// <param name="Path">The file that is there now; null when there is none, or none that could be given its name.</param>
    /// <param name="Length">Of the sound in it.</param>
    /// <param name="Trouble">What the system said of the file, for the log; null when nothing.</param>
    public sealed record RecordingEnded(LegId Leg, string? Path, TimeSpan Length, RecordingEnd How, string? Trouble = null)
        : MediaEvent(Leg);
}

/// <summary>Why a leg was lost.</summary>
public enum LostReason
{
    /// <summary>DTLS close_notify: the page was closed or reloaded.</summary>
    ClosedByPeer,
    /// <summary>No authenticated STUN check for 30 s (RFC 7675).</summary>
    ConsentExpired,
    /// <summary>The DTLS handshake failed, or the certificate is not the one of the offer.</summary>
    HandshakeFailed,
    /// <summary>Neither RTP nor RTCP for <see cref="MediaOptions.NoRtpSeconds"/>.</summary>
    NoRtp,
}
