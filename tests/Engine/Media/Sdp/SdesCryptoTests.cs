using Tccc.Media.Sdp;

namespace Tccc.Media.Tests.Sdp;

[Trait("Case", "F-B9")]
public class SdesCryptoTests
{
    private const string Cm = "AES_CM_128_HMAC_SHA1_80", Gcm = "AEAD_AES_128_GCM";

    // RFC 4568 §10.1's key; of GCM the first 28 bytes
    private const string Key =
        "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz", GcmKey = "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubA==";

    [Theory]
    [InlineData("1 " + Cm + " " + Key)]
    [InlineData("999999999 aes_cm_128_hmac_sha1_80 INLINE:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz")]
    [InlineData("1 " + Cm + " " + Key + "|2^31")]
    [InlineData("1 " + Cm + " " + Key + "|1048576")]
    [InlineData("1  " + Cm + "  " + Key + "  WSH=64 KDR=0 -NEW=1 ")]
    [InlineData("1 " + Gcm + " " + GcmKey)]
    [InlineData("1 " + Gcm + " inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubA")]
    public void A_line_that_asks_for_nothing_special_is_read(string line)
    {
        var read = SdesCrypto.Read(line)!;
        Assert.Equal(16, read.Key.Length);
        Assert.Equal(line.Contains(Gcm, StringComparison.Ordinal) ? 12 : 14, read.Salt.Length);
        Assert.True("YS__"u8.SequenceEqual(read.Key[..4]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("x " + Cm + " " + Key)]
    [InlineData("-1 " + Cm + " " + Key)]
    [InlineData("1234567890 " + Cm + " " + Key)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_32 " + Key)]
    [InlineData("1 AES_256_CM_HMAC_SHA1_80 " + Key)]
    [InlineData("1 " + Cm)]
    [InlineData("1 " + Cm + " uri:x")]
    [InlineData("1 " + Cm + " inline:")]
    [InlineData("1 " + Cm + " inline:short")]
    [InlineData("1 " + Cm + " inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGV!")]
    [InlineData("1 " + Cm + " " + Key + "AAAA")]
    [InlineData("1 " + Cm + " " + GcmKey)]
    [InlineData("1 " + Gcm + " " + Key)]
    [InlineData("1 " + Cm + " " + Key + "|")]
    [InlineData("1 " + Cm + " " + Key + "|0")]
    [InlineData("1 " + Cm + " " + Key + "|2^49")]
    [InlineData("1 " + Cm + " " + Key + "|2^-1")]
    [InlineData("1 " + Cm + " " + Key + "|99999999999999999999999")]
    [InlineData("1 " + Cm + " " + Key + "|1:4")]
    [InlineData("1 " + Cm + " " + Key + "|2^31|1:4")]
    [InlineData("1 " + Cm + " " + Key + "|2^31|1:4;" + Key + "|2^31|2:4")]
    [InlineData("1 " + Cm + " " + Key + ";" + Key)]
    [InlineData("1 " + Cm + " " + Key + " UNENCRYPTED_SRTP")]
    [InlineData("1 " + Cm + " " + Key + " UNENCRYPTED_SRTCP")]
    [InlineData("1 " + Cm + " " + Key + " UNAUTHENTICATED_SRTP")]
    [InlineData("1 " + Cm + " " + Key + " KDR=1")]
    [InlineData("1 " + Cm + " " + Key + " FEC_ORDER=FEC_SRTP")]
    [InlineData("1 " + Cm + " " + Key + " FEC_KEY=" + Key)]
    [InlineData("1 " + Cm + " " + Key + " WSH=63")]
    [InlineData("1 " + Cm + " " + Key + " NEW=1")]
    public void A_line_that_asks_for_what_we_do_not_do_is_passed_over(string line) => Assert.Null(SdesCrypto.Read(line));

    [Fact]
    public void Our_lines_are_read_as_what_they_are_and_the_key_is_in_no_other_text()
    {
        foreach (var profile in Enum.GetValues<SrtpProfile>())
        {
            var ours = SdesCrypto.New(7, profile, new SystemRandomness());
            var read = SdesCrypto.Read(ours.Line().AsSpan("a=crypto:".Length))!;
            Assert.True(read.HasKeyOf(ours));
            Assert.False(read.HasKeyOf(SdesCrypto.New(7, profile, new SystemRandomness())));
            Assert.DoesNotContain(ours.Line()[^20..], ours.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lines_without_end_are_not_kept()
    {
        var line = $"a=crypto:1 {Cm} {Key}\r\n";
        var sdp = SdpReader.Read("v=0\r\nm=audio 4000 RTP/SAVP 0\r\n" + string.Concat(Enumerable.Repeat(line, 200)), out _)!;
        Assert.Equal(SdesCrypto.MostLines, sdp.Media[0].Crypto.Count);
    }
}
