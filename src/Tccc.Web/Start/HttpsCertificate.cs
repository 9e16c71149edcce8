using System.Net;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tccc.Platform;

namespace Tccc.Web.Start;

/// <summary>
/// The certificate of the https port, and of SIP over TLS: the one the setting Https:Certificate names (PEM: chain and key in one file, or
/// the key in Https:Key), else one made on the first start and kept in the data folder; operations.md «Settings».
/// </summary>
internal sealed class HttpsCertificate
{
    // RFC 5280 §4.2.1.12
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Browsers refuse server certificates that last longer.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(397);

    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private readonly X509Certificate2 own;
    private readonly Lazy<SslServerAuthenticationOptions> tls;

    private HttpsCertificate(X509Certificate2 own, X509Certificate2Collection chain, bool selfMade)
    {
        (this.own, SelfMade) = (own, selfMade);
        tls = new(() => new() { ServerCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true) });
    }

    public bool SelfMade { get; }

    /// <summary>
    /// What a TLS connection needs. Made for the first one: it reads all authorities that the machine trusts, which a server behind a proxy
    /// never asks for.
    /// </summary>
    public SslServerAuthenticationOptions Tls => tls.Value;

    public string Fingerprint => string.Join(':', own.GetCertHash(HashAlgorithmName.SHA256).Select(static b => b.ToString("X2", null)));

    /// <summary>The names it is for, as it writes them; RFC 5280 §4.2.1.6.</summary>
    public IReadOnlyList<string> Names => own.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
        ? [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(static a => a.ToString())]
        : [];

    public static HttpsCertificate Get(IConfiguration settings, DataFolder folder, DateTimeOffset now)
    {
        if (settings["Https:Certificate"] is { Length: > 0 } path)
            return Read(path, settings["Https:Key"], selfMade: false);
        var kept = folder["https.pem"];
        if (File.Exists(kept) && Read(kept, null, selfMade: true) is var certificate
            && certificate.own.NotAfter.ToUniversalTime() > (now + RenewBefore).UtcDateTime)
            return certificate;
        return Make(kept, now);
    }

    private static HttpsCertificate Read(string path, string? key, bool selfMade)
    {
        try
        {
            var own = X509Certificate2.CreateFromPemFile(path, key is { Length: > 0 } ? key : null);
            if (own.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList() is { Count: > 0 } uses
                && !uses.Exists(use => use.EnhancedKeyUsages[ServerAuthentication] is not null))
                throw new StartupException(
                    $"The certificate {path} is not meant for a server: among its uses server authentication is missing.");
            return new(own, ChainOf(path), selfMade);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException(
                $"The certificate {path} can't be used: {e.Message} It must be PEM and hold its private key (or name it with Https:Key).",
                e);
        }
    }

    // the first is the server's own; who signed it goes with it, since browsers know only the last of them
    private static X509Certificate2Collection ChainOf(string path)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(path);
        all.RemoveAt(0);
        return all;
    }

    private static HttpsCertificate Make(string path, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Tccc", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        if (Uri.CheckHostName(Environment.MachineName) == UriHostNameType.Dns && Environment.MachineName != "localhost")
            names.AddDnsName(Environment.MachineName);
        foreach (var address in OwnAddresses()) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        using var made = request.CreateSelfSigned(now.AddDays(-1), now + Lasts);

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(path, options))
        {
            writer.WriteLine(made.ExportCertificatePem());
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }
        return Read(path, null, selfMade: true);
    }

    private static IEnumerable<IPAddress> OwnAddresses() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(static n => n.OperationalStatus == OperationalStatus.Up)
        .SelectMany(static n => n.GetIPProperties().UnicastAddresses)
        .Select(static a => a.Address)
        .Where(static a => !a.IsIPv6LinkLocal)
        .Append(IPAddress.Loopback).Append(IPAddress.IPv6Loopback)
        .Distinct();
}
