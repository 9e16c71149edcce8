using Microsoft.Extensions.Configuration;
using MimeKit;

namespace Tccc.Platform;

public enum MailSecurity
{
    /// <summary>TLS begun by STARTTLS, and nothing sent without it; RFC 3207.</summary>
    StartTls,
    /// <summary>TLS from the first byte; RFC 8314.</summary>
    Tls,
    /// <summary>Nothing is encrypted: for a server on the same machine.</summary>
    None,
}

internal sealed record MailServer(string Host, int Port, MailSecurity Security, string? User, string? Password, string From);

/// <summary>Any gateway that takes a JSON body; docs/operations.md describes it.</summary>
internal sealed record SmsWebhook(Uri Url, string? Secret);

/// <summary>Tencent Cloud SMS, API 2021-01-11.</summary>
/// <param name="Templates">The id of the template of each text and language.</param>
internal sealed record TencentSms(
    Uri Url, string SecretId, string SecretKey, string SdkAppId, string SignName, string Region,
    IReadOnlyDictionary<(string Text, string Language), string> Templates);

/// <summary>Mail:* and Sms:* of the configuration; what can't be is said in one line and stops the start. docs/operations.md.</summary>
internal sealed class NoticeSettings
{
    private readonly IConfiguration configuration;

    public NoticeSettings(IConfiguration configuration)
    {
        this.configuration = configuration;
        ShowSecrets = configuration.IsOn("Demo:Enabled");
        Mail = ReadMail();
        Webhook = ReadWebhook();
        Tencent = ReadTencent();
        if (Webhook is not null && Tencent is not null)
            throw new StartupException("Sms:Webhook and Sms:Tencent are both set: SMS go out one way. Remove one of them.");
    }

    /// <summary>Null: not configured.</summary>
    public MailServer? Mail { get; }

    public SmsWebhook? Webhook { get; }

    public TencentSms? Tencent { get; }

    public bool SmsIsOn => Webhook is not null || Tencent is not null;

    /// <summary>The outbox page shows passwords and codes: a newcomer tries the product with nothing else.</summary>
    public bool ShowSecrets { get; }

    private MailServer? ReadMail()
    {
        if (configuration["Mail:Host"] is not { Length: > 0 } host)
            return OnlyWith("Mail", "Mail:Host") ? throw Missing("Mail:Host", "the name of the mail server") : null;
        var security = configuration["Mail:Tls"]?.ToLowerInvariant() switch
        {
            null or "" or "starttls" => MailSecurity.StartTls,
            "tls" => MailSecurity.Tls,
            "none" => MailSecurity.None,
            var other => throw new StartupException($"Mail:Tls is \"{other}\"; it must be starttls, tls or none."),
        };
        var port = configuration["Mail:Port"] switch
        {
            null or "" => security switch { MailSecurity.StartTls => 587, MailSecurity.Tls => 465, _ => 25 },
            var text when int.TryParse(text, out var number) && number is >= 1 and <= 65_535 => number,
            var text => throw new StartupException($"Mail:Port is \"{text}\"; it must be a port from 1 to 65535."),
        };
        var (user, password) = (configuration["Mail:User"], configuration["Mail:Password"]);
        if (string.IsNullOrEmpty(user) != string.IsNullOrEmpty(password))
            throw new StartupException("Mail:User and Mail:Password belong together: give both, or none of them.");
        return new(host, port, security, string.IsNullOrEmpty(user) ? null : user, password, ReadFrom());
    }

    // apart, so that the mail library is loaded only where mail is sent
    private string ReadFrom()
    {
        var from = configuration["Mail:From"] is { Length: > 0 } typed
            ? typed
            : throw Missing("Mail:From", "the address that mails come from");
        return MailboxAddress.TryParse(from, out var address) && address.Address.Contains('@', StringComparison.Ordinal)
            ? from
            : throw new StartupException($"Mail:From is \"{from}\"; it must be an e-mail address, such as Tccc <tccc@example.com>.");
    }

    private SmsWebhook? ReadWebhook()
    {
        if (configuration["Sms:Webhook:Url"] is not { Length: > 0 } text)
            return OnlyWith("Sms:Webhook", "Sms:Webhook:Url") ? throw Missing("Sms:Webhook:Url", "the address that takes messages") : null;
        return new(Address("Sms:Webhook:Url", text), configuration["Sms:Webhook:Secret"] is { Length: > 0 } secret ? secret : null);
    }

    private TencentSms? ReadTencent()
    {
        const string at = "Sms:Tencent:";
        if (!OnlyWith("Sms:Tencent", "")) return null;
        string Given(string name) =>
            configuration[at + name] is { Length: > 0 } value
                ? value
                : throw Missing(at + name, "all of SecretId, SecretKey, SdkAppId and SignName");
        var templates = new Dictionary<(string, string), string>();
        foreach (var text in Wording.All.Where(t => t.IsSubclassOf(typeof(SmsText))).Select(t => t.Name))
        {
            foreach (var language in Languages.All.Select(l => l.Name))
                templates[(text, language)] = configuration[$"{at}Templates:{text}:{language}"] is { Length: > 0 } id
                    ? id
                    : throw Missing($"{at}Templates:{text}:{language}", "the id of the approved template");
        }
        return new(Address(at + "Url", configuration[at + "Url"] is { Length: > 0 } url ? url : "https://sms.tencentcloudapi.com"),
            Given("SecretId"), Given("SecretKey"), Given("SdkAppId"), Given("SignName"),
                configuration[at + "Region"] is { Length: > 0 } region ? region : "ap-guangzhou", templates);
    }

    /// <summary>Something of the section is set beside the one that it can't do without.</summary>
    private bool OnlyWith(string section, string but) =>
        configuration.GetSection(section).AsEnumerable().Any(pair => pair is { Value.Length: > 0 } && pair.Key != but);

    private static Uri Address(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
        ? url
        : throw new StartupException($"{name} is \"{text}\"; it must be an address that begins with https:// or http://.");

    private static StartupException Missing(string name, string what) =>
        new($"{name} is missing: give {what}, or remove the other settings of {name[..name.LastIndexOf(':')]}.");
}
