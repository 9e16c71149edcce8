namespace Tccc.Sip.Tests;

/// <summary>The examples of RFC 2617 §3.5 and RFC 7616 §3.9.1.</summary>
public class DigestRfcTests
{
    [Fact]
    public void Rfc2617_example() => Assert.Equal("6629fae49393a05397450978507c4ef1", Digest.Response(DigestAlgorithm.Md5,
        Digest.Ha1(DigestAlgorithm.Md5, "Mufasa", "testrealm@host.com", "Circle Of Life"), "GET", "/dir/index.html",
        "dcd98b7102dd2f0e8b11d0f600bfb0c093", "auth", "00000001", "0a4f113b"));

    [Theory]
    [InlineData("Md5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("Sha256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Rfc7616_example(string name, string response)
    {
        var algorithm = Enum.Parse<DigestAlgorithm>(name);
        Assert.Equal(
            response,
            Digest.Response(algorithm, Digest.Ha1(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life"), "GET", "/dir/index.html",
            "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "auth", "00000001", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"));
    }
}
