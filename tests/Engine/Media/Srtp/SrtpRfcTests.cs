using System.Security.Cryptography;

namespace Tccc.Media;

/// <summary>The test vectors of RFC 3711 appendix B and RFC 7714 sections 16 and 17.</summary>
public sealed class SrtpRfcTests
{
    private const uint RtpSsrc = 0x5501a0b2;
    private const uint RtcpSsrc = 0x4d617273;
    private const ulong RtpIndex = 0xf17b;
    private const uint RtcpIndex = 0x5d4;

    private const string Rtp = "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private const string SealedRtp = "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce";
    private const string Rtcp = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private const string SealedRtcp = "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4";
    private const string TaggedRtcp = Rtcp + "841dd9683dd78ec92ae58790125f62b3" + "000005d4";

    private static readonly byte[] MasterKey = Convert.FromHexString("E1F97A0D3E018BE0D64FA32C06DE4139");
    private static readonly byte[] MasterSalt = Convert.FromHexString("0EC675AD498AFEEBB6960B3AABE6");

    // "Quid pro quo"
    private static readonly SrtpSessionKeys Gcm =
        new(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), "Quid pro quo"u8.ToArray(), []);

    [Fact]
    public void Keys_derive_as_in_rfc_3711_b_3()
    {
        using var aes = Aes.Create();
        aes.Key = MasterKey;
        Assert.Equal("C61E7A93744F39EE10734AFE3FF7A087", Convert.ToHexString(SrtpSessionKeys.Prf(aes, MasterSalt, 0, 16)));
        Assert.Equal("30CBBC08863D8C85D49DB34A9AE1", Convert.ToHexString(SrtpSessionKeys.Prf(aes, MasterSalt, 2, 14)));
        Assert.Equal(
            "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF72270986371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2",
            Convert.ToHexString(SrtpSessionKeys.Prf(aes, MasterSalt, 1, 94)));

        var keys = SrtpSessionKeys.ForRtp(SrtpProfile.Aes128CmHmacSha1_80, MasterKey, MasterSalt);
        Assert.Equal("C61E7A93744F39EE10734AFE3FF7A087", Convert.ToHexString(keys.Key));
        Assert.Equal("30CBBC08863D8C85D49DB34A9AE1", Convert.ToHexString(keys.Salt));
        Assert.Equal("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4", Convert.ToHexString(keys.Authentication));
    }

    [Fact]
    public void Counter_mode_gives_the_key_stream_of_rfc_3711_b_2()
    {
        // Session salt F0F1..FD, SSRC and index 0: the packet's key stream begins with the counter F0F1..FD0000.
        var keys = new SrtpSessionKeys(
            Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C"), Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"),
            new byte[SrtpSessionKeys.AuthenticationLength]);
        using var transform = SrtpTransform.New(SrtpProfile.Aes128CmHmacSha1_80, keys, encrypt: true);
        var buffer = new byte[12 + 0xFF02 * 16 + transform.TagLength];
        transform.SealRtp(buffer, buffer.Length - transform.TagLength, 12, ssrc: 0, index: 0);

        var stream = buffer.AsSpan(12);
        foreach (var (block, expected) in new[]
        {
            (0, "E03EAD0935C95E80E166B16DD92B4EB4"), (1, "D23513162B02D0F72A43A2FE4A5F97AB"), (2, "41E95B3BB0A2E8DD477901E4FCA894C0"),
            (0xFEFF, "EC8CDF7398607CB0F2D21675EA9EA1E4"), (0xFF00, "362B7C3C6773516318A077D7FC5073AE"),
            (0xFF01, "6A2CC3787889374FBEB4C81B17BA6C44"),
        })
            Assert.Equal(expected, Convert.ToHexString(stream.Slice(16 * block, 16)));
    }

    [Fact]
    public void Counter_mode_makes_the_packet_that_other_implementations_make_from_the_keys_of_b_3()
    {
        using var sender = new SrtpSender(SrtpProfile.Aes128CmHmacSha1_80, MasterKey, MasterSalt);
        var packet = new byte[38];
        Convert.FromHexString("800f1234decafbadcafebabe" + string.Concat(Enumerable.Repeat("ab", 16))).CopyTo(packet, 0);

        Assert.Equal(38, sender.ProtectRtp(packet, 28));
        Assert.Equal("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb", Convert.ToHexStringLower(packet));
    }

    [Fact]
    public void Gcm_seals_rtp_as_in_rfc_7714_16_1_1()
    {
        using var transform = SrtpTransform.New(SrtpProfile.AeadAes128Gcm, Gcm, encrypt: true);
        var buffer = Padded(Rtp, transform.TagLength);
        var length = transform.SealRtp(buffer, Rtp.Length / 2, 12, RtpSsrc, RtpIndex);
        Assert.Equal(SealedRtp, Convert.ToHexStringLower(buffer.AsSpan(0, length)));
    }

    [Fact]
    public void Gcm_opens_rtp_as_in_rfc_7714_16_1_2()
    {
        using var transform = SrtpTransform.New(SrtpProfile.AeadAes128Gcm, Gcm, encrypt: false);
        var packet = Convert.FromHexString(SealedRtp);
        var length = transform.OpenRtp(packet, 12, RtpSsrc, RtpIndex);
        Assert.Equal(Rtp, Convert.ToHexStringLower(packet.AsSpan(0, length)));
    }

    [Fact]
    public void Gcm_tags_rtp_without_payload_as_in_rfc_7714_16_1_3()
    {
        using var transform = SrtpTransform.New(SrtpProfile.AeadAes128Gcm, Gcm, encrypt: true);
        var buffer = Padded(Rtp, transform.TagLength);
        var length = transform.SealRtp(buffer, Rtp.Length / 2, headerLength: Rtp.Length / 2, RtpSsrc, RtpIndex);
        Assert.Equal(Rtp + "22493f82d2bce397e9d79e3b19aa4216", Convert.ToHexStringLower(buffer.AsSpan(0, length)));
    }

    [Fact]
    public void Gcm_seals_and_opens_rtcp_as_in_rfc_7714_17_1()
    {
        using var sealing = SrtpTransform.New(SrtpProfile.AeadAes128Gcm, Gcm, encrypt: true);
        var buffer = Padded(Rtcp, SrtpSender.MaxOverhead);
        var length = sealing.SealRtcp(buffer, Rtcp.Length / 2, RtcpSsrc, RtcpIndex);
        Assert.Equal(SealedRtcp, Convert.ToHexStringLower(buffer.AsSpan(0, length)));

        using var opening = SrtpTransform.New(SrtpProfile.AeadAes128Gcm, Gcm, encrypt: false);
        Assert.Equal(0x8000_05d4u, opening.IndexWord(buffer));
        Assert.Equal(Rtcp.Length / 2, opening.OpenRtcp(buffer, RtcpSsrc, opening.IndexWord(buffer)));
        Assert.Equal(Rtcp, Convert.ToHexStringLower(buffer.AsSpan(0, Rtcp.Length / 2)));
    }

    [Fact]
    public void Gcm_verifies_rtcp_that_is_only_tagged_as_in_rfc_7714_17_3()
    {
        using var transform = SrtpTransform.New(SrtpProfile.AeadAes128Gcm, Gcm, encrypt: false);
        var packet = Convert.FromHexString(TaggedRtcp);
        Assert.Equal(Rtcp.Length / 2, transform.OpenRtcp(packet, RtcpSsrc, transform.IndexWord(packet)));
        Assert.Equal(TaggedRtcp, Convert.ToHexStringLower(packet));
    }

    private static byte[] Padded(string packet, int room) => [.. Convert.FromHexString(packet), .. new byte[room]];
}
