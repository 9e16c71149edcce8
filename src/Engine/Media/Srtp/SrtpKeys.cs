namespace Tccc.Media;

/// <summary>The protection profiles we speak; the values are those of use_srtp, RFC 5764 §4.1.2 and RFC 7714 §14.2.</summary>
internal enum SrtpProfile
{
    Aes128CmHmacSha1_80 = 1,
    AeadAes128Gcm = 7,
}

/// <summary>Master keys and salts of both directions, as the DTLS handshake gave them.</summary>
internal sealed record SrtpKeys(SrtpProfile Profile, byte[] LocalKey, byte[] LocalSalt, byte[] RemoteKey, byte[] RemoteSalt)
{
    public const int KeyLength = 16;

    public SrtpSender NewSender() => new(Profile, LocalKey, LocalSalt);

    public SrtpReceiver NewReceiver(WebRtcCounters counters) => new(Profile, RemoteKey, RemoteSalt, counters);

    /// <summary>Bytes of master salt: 12 (RFC 7714 §8.1) or 14 (RFC 3711 §8.2).</summary>
    public static int SaltLength(SrtpProfile profile) => profile == SrtpProfile.AeadAes128Gcm ? 12 : 14;

    // The default would print the keys into a log.
    public override string ToString() => $"{nameof(SrtpKeys)} {Profile}";
}
