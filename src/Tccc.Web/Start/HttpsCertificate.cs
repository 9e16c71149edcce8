using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tccc.Platform;

namespace Tccc.Web.Start;

/// <summary>
/// The certificate of the https port: the one the setting Https:Certificate names (PEM: chain and key in one file, or the key in
/// Https:Key), else one made on the first start and kept in the data folder; contract.md «Ports and settings».
/// </summary>
internal sealed record HttpsCertificate(X509Certificate2 Certificate, bool SelfMade)
{
    /// <summary>Browsers refuse server certificates that last longer.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(397);

    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    public string Fingerprint => string.Join(':', Certificate.GetCertHash(HashAlgorithmName.SHA256).Select(static b => b.ToString("X2", null)));

    public static HttpsCertificate Get(IConfiguration settings, DataFolder folder, DateTimeOffset now)
    {
        if (settings["Https:Certificate"] is { Length: > 0 } path)
            return new(Read(path, settings["Https:Key"]), SelfMade: false);
        var kept = folder["https.pem"];
        if (File.Exists(kept) && Read(kept, null) is var certificate && certificate.NotAfter.ToUniversalTime() > (now + RenewBefore).UtcDateTime)
            return new(certificate, SelfMade: true);
        return new(Make(kept, now), SelfMade: true);
    }

    private static X509Certificate2 Read(string path, string? key)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(path, key is { Length: > 0 } ? key : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"The certificate {path} can't be used: {e.Message} It must be PEM and hold its private key (or name it with Https:Key).", e);
        }
    }

    private static X509Certificate2 Make(string path, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Tccc", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        if (Uri.CheckHostName(Environment.MachineName) == UriHostNameType.Dns && Environment.MachineName != "localhost") names.AddDnsName(Environment.MachineName);
        foreach (var address in OwnAddresses()) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var made = request.CreateSelfSigned(now.AddDays(-1), now + Lasts);

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(path, options))
        {
            writer.WriteLine(made.ExportCertificatePem());
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }
        return Read(path, null);
    }

    private static IEnumerable<IPAddress> OwnAddresses() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(static n => n.OperationalStatus == OperationalStatus.Up)
        .SelectMany(static n => n.GetIPProperties().UnicastAddresses)
        .Select(static a => a.Address)
        .Where(static a => !a.IsIPv6LinkLocal)
        .Append(IPAddress.Loopback).Append(IPAddress.IPv6Loopback)
        .Distinct();
}
