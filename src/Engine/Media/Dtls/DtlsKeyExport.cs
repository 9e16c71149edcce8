namespace Tccc.Media;

/// <summary>SRTP keys out of a finished handshake, RFC 5764 §4.2.</summary>
internal static unsafe class DtlsKeyExport
{
    private const string Label = "EXTRACTOR-dtls_srtp";

    /// <summary>Null when no profile was agreed on, or the export failed.</summary>
    public static SrtpKeys? Take(SslHandle ssl, DtlsRole role)
    {
        // struct { const char *name; unsigned long id; }
        var selected = (nint*)OpenSsl.SSL_get_selected_srtp_profile(ssl);
        if (selected is null) return null;
        var profile = (SrtpProfile)(int)selected[1];
        if (!Enum.IsDefined(profile)) return null;

        var (key, salt) = (SrtpKeys.KeyLength, SrtpKeys.SaltLength(profile));
        var material = new byte[2 * (key + salt)];
        if (OpenSsl.SSL_export_keying_material(ssl, material, material.Length, Label, Label.Length, 0, 0, 0) != 1) return null;

        // client key, server key, client salt, server salt
        var (clientKey, serverKey) = (material[..key], material[key..(2 * key)]);
        var (clientSalt, serverSalt) = (material[(2 * key)..^salt], material[^salt..]);
        return role == DtlsRole.Server
            ? new(profile, serverKey, serverSalt, clientKey, clientSalt)
            : new(profile, clientKey, clientSalt, serverKey, serverSalt);
    }
}
