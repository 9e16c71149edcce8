using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tccc.Platform;

/// <summary>
/// SMS by whatever takes a JSON body: <c>{"id", "to", "text", "template", "language", "values"}</c>. With a secret, X-Tccc-Signature is
/// <c>sha256=</c> and the HMAC-SHA256 of «X-Tccc-Timestamp . body». docs/operations.md
/// </summary>
internal sealed class WebhookAdapter(SmsWebhook gateway, TimeProvider time) : INoticeAdapter, IDisposable
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient http = HttpSending.NewClient();

    public NoticeKind Kind => NoticeKind.Sms;

    public async Task<Failure?> Send(Outgoing message, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { id = message.Id.ToString(CultureInfo.InvariantCulture), to = message.To, text = message.Letter.Plain,
                template = message.Text, language = message.Language, values = message.Values }, Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        // the same for every try, so that a gateway can tell one that came twice
        request.Headers.Add("Idempotency-Key", message.Id.ToString(CultureInfo.InvariantCulture));
        if (gateway.Secret is { } secret)
        {
            var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            request.Headers.Add("X-Tccc-Timestamp", at);
            request.Headers.Add("X-Tccc-Signature", Sign(secret, at, body));
        }
        return (await HttpSending.Post(http, request, ct)).Failure;
    }

    internal static string Sign(string secret, string at, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(at + "."));
        hmac.AppendData(body);
        return "sha256=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    public void Dispose() => http.Dispose();
}
