using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace EndToEnd.Peers;

/// <summary>What the mail server took.</summary>
internal sealed record Mail(
    string From, string To, string Subject, string Id, string[] Receivers, bool Encrypted, bool SignedIn, string Text, string Html);

/// <summary>A real SMTP server (aiosmtpd) with a certificate of its own; it may be down at first.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private const string User = "tccc";
    private const string Secret = "Mail#Secret1";

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-smtp-").FullName;
    private readonly int port = Ports.Free();
    private Program? program;

    private MailServer()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>It has its port and its certificate, and is down.</summary>
    public static MailServer Prepare() => new();

    /// <summary>What the product's settings must say of it.</summary>
    public string[] Settings =>
        ["Mail:Host=localhost", $"Mail:Port={port}", "Mail:Tls=starttls", $"Mail:User={User}", $"Mail:Password={Secret}",
            "Mail:From=Tccc <tccc@demo.test>"];

    /// <summary>What makes a program on this machine trust its certificate.</summary>
    public Dictionary<string, string> Trusted => new() { ["SSL_CERT_FILE"] = Certificate };

    public IReadOnlyList<Mail> Taken =>
        [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Select(file => JsonSerializer.Deserialize<Mail>(File.ReadAllText(file))!)];

    private string Certificate => Path.Combine(folder, "certificate.pem");

    private string Key => Path.Combine(folder, "key.pem");

    public async Task Up()
    {
        program =
            Program.Start(
                "/usr/bin/python3",
                [Server.Source("tests/EndToEnd/Peers/smtp.py"), port.ToString(CultureInfo.InvariantCulture), folder, Certificate, Key, User,
                    Secret], folder);
        await Until.Holds(
            "the mail server is up", () => program.Printed.Contains("ready", StringComparison.Ordinal), seen: () => program.Printed);
    }

    public async ValueTask DisposeAsync()
    {
        if (program is not null) await program.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
