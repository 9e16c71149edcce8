using System.Diagnostics.Metrics;
using Tccc.Media.Legs;
using Tccc.Media.Recording;
using Tccc.Media.Sockets;

namespace Tccc.Media;

/// <summary>The meter «Tccc.Media»: packets, drops by reason, handshakes, legs, recordings.</summary>
internal sealed class MediaMeter : IDisposable
{
    private readonly Meter meter = new("Tccc.Media");

    public MediaMeter(MediaCounters counters, PacketLoop loop, SendBatch players, Switchboard legs, Recorder recorder)
    {
        meter.CreateObservableCounter(
            "media.packets.received", () => loop.Received, "{packet}", "Datagrams that came in, dropped ones too");
        meter.CreateObservableCounter("media.packets.sent", () => loop.Batch.Sent + players.Sent, "{packet}", "Datagrams that left");
        meter.CreateObservableCounter(
            "media.packets.unsent", () => loop.Batch.Failed + players.Failed, "{packet}", "Datagrams that the system refused to send");
        meter.CreateObservableCounter("media.packets.dropped", () => Dropped(counters), "{packet}", "Datagrams dropped, by reason");
        meter.CreateObservableCounter(
            "media.mix.dry", () => Volatile.Read(ref counters.MixDry), "{time}", "Times that a source of a mix had nothing to be heard");
        meter.CreateObservableCounter(
            "media.oneway", () => Volatile.Read(ref counters.OneWay), "{time}", "Times that nothing came from a party who should speak");
        meter.CreateObservableCounter(
            "media.handshakes", () => Handshakes(counters.WebRtc), "{handshake}", "DTLS handshakes, by how they ended");
        meter.CreateObservableCounter(
            "media.consent.expired", () => Volatile.Read(ref counters.WebRtc.IceConsentExpired), "{leg}", "Browsers that fell silent");
        meter.CreateObservableUpDownCounter("media.legs", () => Legs(legs), "{leg}", "Legs open, by kind");
        meter.CreateObservableUpDownCounter("media.recordings", () => recorder.Count, "{recording}", "Recordings under way");
        meter.CreateObservableCounter(
            "media.recordings.ended", () => Recordings(recorder), "{recording}", "Recordings that ended, by how");
    }

    public void Dispose() => meter.Dispose();

    private static IEnumerable<Measurement<long>> Dropped(MediaCounters c) =>
    [
        Of(ref c.Malformed, "malformed"),
        Of(ref c.Stranger, "stranger"),
        Of(ref c.UnknownFormat, "unknown_format"),
        Of(ref c.UnknownBrowser, "unknown_browser"),
        Of(ref c.NoKeys, "no_keys"),
        Of(ref c.HandshakeQueueFull, "handshake_queue_full"),
        Of(ref c.MixLate, "mix_late"),
        Of(ref c.MixOverflow, "mix_overflow"),
        Of(ref c.WebRtc.StunMalformed, "stun_malformed"),
        Of(ref c.WebRtc.StunWrongPassword, "stun_wrong_password"),
        Of(ref c.WebRtc.StunUnknownAttribute, "stun_unknown_attribute"),
        Of(ref c.WebRtc.StunRoleConflict, "stun_role_conflict"),
        Of(ref c.WebRtc.SrtpAuthFailed, "srtp_auth_failed"),
        Of(ref c.WebRtc.SrtpReplayed, "srtp_replayed"),
        Of(ref c.WebRtc.SrtpMalformed, "srtp_malformed"),
        Of(ref c.WebRtc.SrtpTooManyStreams, "srtp_too_many_streams"),
    ];

    private static IEnumerable<Measurement<long>> Handshakes(WebRtcCounters c) =>
    [
        Of(ref c.DtlsConnected, "connected", "result"),
        Of(ref c.DtlsFailed, "failed", "result"),
        Of(ref c.DtlsFingerprintMismatch, "fingerprint_mismatch", "result"),
        Of(ref c.DtlsTimedOut, "timed_out", "result"),
        Of(ref c.DtlsRetransmitted, "retransmitted", "result"),
    ];

    private static IEnumerable<Measurement<long>> Legs(Switchboard legs)
    {
        var all = legs.All;
        yield return new(all.Count(leg => leg?.Kind == LegKind.Rtp), new KeyValuePair<string, object?>("kind", "rtp"));
        yield return new(all.Count(leg => leg?.Kind == LegKind.WebRtc), new KeyValuePair<string, object?>("kind", "webrtc"));
    }

    private static IEnumerable<Measurement<long>> Recordings(Recorder recorder) =>
    [
        Of(ref recorder.Ends[(int)RecordingEnd.Complete], "complete", "result"),
        Of(ref recorder.Ends[(int)RecordingEnd.DiskFull], "disk_full", "result"),
        Of(ref recorder.Ends[(int)RecordingEnd.WriteFailed], "write_failed", "result"),
        Of(ref recorder.Ends[(int)RecordingEnd.TooFarBehind], "too_far_behind", "result"),
        Of(ref recorder.Ends[(int)RecordingEnd.TooLong], "too_long", "result"),
    ];

    private static Measurement<long> Of(ref long value, string name, string tag = "reason") =>
        new(Volatile.Read(ref value), new KeyValuePair<string, object?>(tag, name));
}
