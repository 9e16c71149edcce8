namespace Tccc.Media;

/// <summary>How sound passed on one leg for some seconds. What is not known is null, and never a default.</summary>
/// <param name="Began">Since the leg was opened, or <see cref="IMedia.TakeQuality"/> was last asked.</param>
/// <param name="Length">About 5 s; twice as much, or four times, where older ones became one.</param>
/// <param name="Received">From the party to us, as we measure it; null where hardly anything came: on hold, in a pause.</param>
/// <param name="Remote">
/// From us to the party, as their RTCP reports say; what we never got to pass on is not lost on this leg. Null before the first report, and
/// where none comes any more.
/// </param>
/// <param name="RoundTripMs">Milliseconds there and back, by the party's reports (RFC 3550 §6.4.1).</param>
public sealed record QualityInterval(
    TimeSpan Began, TimeSpan Length, DirectionQuality Received, DirectionQuality Remote, double? RoundTripMs);

/// <summary>One direction.</summary>
/// <param name="Loss">Share of packets lost, 0 to 1. One that comes late or twice is not lost.</param>
/// <param name="JitterMs">Interarrival jitter, milliseconds, the mean of RFC 3550's running estimate.</param>
/// <param name="Mos">
/// Mean opinion score, 1 to 4.5, by the E-model (ITU-T G.107) for G.711 with concealment; half the round trip and the buffer that the
/// jitter calls for are the delay. Known where loss and round trip are.
/// </param>
public sealed record DirectionQuality(double? Loss, double? JitterMs, double? Mos);
