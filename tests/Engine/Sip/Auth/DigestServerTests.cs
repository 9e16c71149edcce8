using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Tccc.Sip.Tests;

/// <summary>What the server remembers of the nonces that were used.</summary>
public class DigestServerTests
{
    private static readonly IPAddress Phone = IPAddress.Parse("10.0.0.7");
    private static readonly DigestAccount Account = DigestAccount.FromPassword("8001", "tccc", "secret");

    private readonly DigestServer server = new(new SipOptions(), new SystemRandomness());

    [Fact]
    [Trait("Case", "F-C1")]
    public void A_phone_that_takes_a_new_nonce_each_time_keeps_nobody_out_and_nothing_forgotten_is_good_again()
    {
        var (first, unused) = (Nonce(0), Nonce(1));
        Assert.Equal(Proof.Right, Proves(first, 1, now: 1));
        for (var i = 0; i < DigestServer.NoncesPerUser; i++) Assert.Equal(Proof.Right, Proves(Nonce(2), 1, now: 3));
        var last = Nonce(4);
        Assert.Equal(Proof.Right, Proves(last, 1, now: 5));
        // what was made before that which is remembered may have been used: it is asked for anew
        Assert.Equal(Proof.Stale, Proves(first, 1, now: 6));
        Assert.Equal(Proof.Stale, Proves(unused, 1, now: 6));
        Assert.Equal(Proof.Right, Proves(last, 2, now: 6));
        Assert.Equal(Proof.Stale, Proves(last, 2, now: 6));
    }

    private string Nonce(long now)
    {
        var writer = new MessageWriter();
        server.Challenge(writer, Phone, Account with { Ha1Sha256 = null }, stale: false, now);
        return Regex.Match(Encoding.ASCII.GetString(writer.Written), "nonce=\"([^\"]+)\"").Groups[1].Value;
    }

    private Proof Proves(string nonce, uint count, long now)
    {
        var response = Digest.Response(DigestAlgorithm.Md5, Account.Ha1Md5!, "OPTIONS", "sip:1@a", nonce, "auth", $"{count:x8}", "c");
        var text = Encoding.ASCII.GetBytes(
            "OPTIONS sip:1@a SIP/2.0\r\nVia: SIP/2.0/UDP b;branch=z9hG4bK1\r\nFrom: <sip:8001@a>;tag=1\r\nTo: <sip:1@a>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n"
            + $"Authorization: Digest username=\"8001\", realm=\"tccc\", nonce=\"{nonce}\", uri=\"sip:1@a\", response=\"{response}\", "
            + $"algorithm=MD5, qop=auth, nc={count:x8}, cnonce=\"c\"\r\nContent-Length: 0\r\n\r\n");
        var message = new SipMessage();
        Assert.True(message.Parse(text, 0, text.Length));
        return server.Check(message, Phone, _ => Account, now, out _);
    }
}
