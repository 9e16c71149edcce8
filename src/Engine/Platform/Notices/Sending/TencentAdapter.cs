using System.Globalization;
using System.Text.Json;

namespace Tccc.Platform;

/// <summary>SMS by Tencent Cloud, API SendSms 2021-01-11. A template takes the code as {1} and its minutes as {2}.</summary>
internal sealed class TencentAdapter(TencentSms account, TimeProvider time) : INoticeAdapter, IDisposable
{
    private const string Service = "sms";
    private const string Taken = "Ok";
    private const string ContentType = "application/json; charset=utf-8";

    private readonly HttpClient http = HttpSending.NewClient();

    public NoticeKind Kind => NoticeKind.Sms;

    public async Task<Failure?> Send(Outgoing message, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            PhoneNumberSet = new[] { message.To },
            SmsSdkAppId = account.SdkAppId,
            account.SignName,
            TemplateId = account.Templates[(message.Text, message.Language)],
            // theirs are numbered from the code on, ours end with it
            TemplateParamSet = message.Values.Reverse().ToArray(),
            SessionContext = message.Id.ToString(CultureInfo.InvariantCulture),
        });
        using var request = Signed(body);
        var (answer, failure) = await HttpSending.Post(http, request, ct);
        return failure ?? Read(answer);
    }

    private HttpRequestMessage Signed(byte[] body)
    {
        var at = time.GetUtcNow();
        var host = account.Url.IsDefaultPort ? account.Url.Host : account.Url.Authority;
        var request = new HttpRequestMessage(HttpMethod.Post, account.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            Tc3Signature.Authorization(account.SecretId, account.SecretKey, Service, host, "POST", "", ContentType, body, at));
        request.Headers.Add("X-TC-Action", "SendSms");
        request.Headers.Add("X-TC-Version", "2021-01-11");
        request.Headers.Add("X-TC-Region", account.Region);
        request.Headers.Add("X-TC-Timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return request;
    }

    private static Failure? Read(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            var response = json.RootElement.GetProperty("Response");
            var said = response.TryGetProperty("Error", out var error) ? error : response.GetProperty("SendStatusSet")[0];
            var code = said.GetProperty("Code").GetString() ?? "";
            return code == Taken ? null : Meaning(code, $"{code}: {said.GetProperty("Message").GetString()}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return new(NoticeFault.Busy, answer);
        }
    }

    private static Failure Meaning(string code, string said) => code.Split('.')[0] switch
    {
        "AuthFailure" or "UnauthorizedOperation" => new(NoticeFault.SignInRefused, said),
        "InternalError" or "RequestLimitExceeded" or "LimitExceeded" or "ResourceUnavailable" => new(NoticeFault.Busy, said),
        _ => new(NoticeFault.Rejected, said, ForGood: true),
    };

    public void Dispose() => http.Dispose();
}
