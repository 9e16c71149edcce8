using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Tccc.Platform;
using Tccc.Web.Start;

namespace Tccc.Web.Tests;

/// <summary>The certificate of the https port, over real TLS.</summary>
public sealed class HttpsCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("tccc-https-").FullName;

    [Fact]
    public async Task Who_signed_the_certificate_goes_with_it()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var ownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=Root", rootKey).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(30));
        using var middle = Authority("CN=Middle", middleKey)
            .Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), Now.AddDays(-1), Now.AddDays(29), [1]);
        using var own = new CertificateRequest("CN=localhost", ownKey, HashAlgorithmName.SHA256)
            .Create(middle.SubjectName, X509SignatureGenerator.CreateForECDsa(middleKey), Now.AddDays(-1), Now.AddDays(28), [2]);
        var path = Path.Combine(folder, "chain.pem");
        await File.WriteAllLinesAsync(path, [own.ExportCertificatePem(), middle.ExportCertificatePem(), ownKey.ExportPkcs8PrivateKeyPem()]);

        var (shown, with) = await Shown(Certificate(("Https:Certificate", path)));
        Assert.Equal(own.Thumbprint, shown);
        Assert.Contains(middle.Thumbprint, with);
    }

    [Fact]
    public async Task One_is_made_at_the_first_start_and_kept()
    {
        var made = Certificate();
        Assert.True(made.SelfMade);
        Assert.Equal(made.Fingerprint, Certificate().Fingerprint);
        var (shown, _) = await Shown(made);
        using var kept = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Path.Combine(folder, "https.pem")));
        Assert.Equal(kept.Thumbprint, shown);
    }

    [Fact]
    public void A_file_without_a_key_with_a_broken_chain_or_none_is_told_in_one_line()
    {
        var path = Path.Combine(folder, "keyless.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = Authority("CN=localhost", key).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        File.WriteAllText(path, own.ExportCertificatePem());
        Assert.Contains(
            path, Assert.Throws<StartupException>(() => Certificate(("Https:Certificate", path))).Message, StringComparison.Ordinal);
        Assert.Throws<StartupException>(() => Certificate(("Https:Certificate", path + ".none")));
        File.AppendAllLines(path, [key.ExportPkcs8PrivateKeyPem(), "-----BEGIN CERTIFICATE-----", "AAAA", "-----END CERTIFICATE-----"]);
        Assert.Contains(
            path, Assert.Throws<StartupException>(() => Certificate(("Https:Certificate", path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_not_meant_for_a_server_is_told_in_one_line()
    {
        var path = Path.Combine(folder, "client.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        using var own = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        File.WriteAllLines(path, [own.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem()]);
        Assert.Contains(
            "not meant for a server", Assert.Throws<StartupException>(() => Certificate(("Https:Certificate", path))).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(folder, recursive: true);

    private HttpsCertificate Certificate(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("data", folder), .. settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))]).Build();
        using var data = new DataFolder(configuration);
        return HttpsCertificate.Get(configuration, data, Now);
    }

    /// <summary>What a client is shown: the server's own certificate and those sent with it.</summary>
    private static async Task<(string? Own, IReadOnlyList<string> With)> Shown(HttpsCertificate certificate)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var accepted = await listener.AcceptTcpClientAsync();
        await using var server = new SslStream(accepted.GetStream());
        (string? own, IReadOnlyList<string> with) = (null, []);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, shown, chain, _) =>
        {
            (own, with) = (shown?.GetCertHashString(), [.. chain!.ChainPolicy.ExtraStore.Select(c => c.Thumbprint)]);
            return true;
        });
        await Task.WhenAll(server.AuthenticateAsServerAsync(certificate.Tls), tls.AuthenticateAsClientAsync("localhost"));
        return (own, with);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }
}
