using System.Net;

namespace Tccc.Platform;

/// <summary>What the two ways of sending SMS have in common: one request, and what its failure means.</summary>
internal static class HttpSending
{
    public static HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // the sender's own time limit stands above; this one lets a dead address be told from a slow one
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 64 * 1024 };

    /// <summary>The answer's body, or why there is none that counts.</summary>
    public static async Task<(string Body, Failure? Failure)> Post(HttpClient http, HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var response = await http.SendAsync(request, ct);
            var body = await response.Content.ReadAsStringAsync(ct);
            return (body, response.IsSuccessStatusCode ? null : Meaning(response.StatusCode, body));
        }
        catch (HttpRequestException e)
        {
            var insecure = e.HttpRequestError == HttpRequestError.SecureConnectionError;
            return ("", new(insecure ? NoticeFault.Insecure : NoticeFault.Unreachable, (e.InnerException ?? e).Message));
        }
    }

    private static Failure Meaning(HttpStatusCode status, string body)
    {
        var said = $"{(int)status} {body}";
        return status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(NoticeFault.SignInRefused, said),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new(NoticeFault.Busy, said),
            _ => new(NoticeFault.Rejected, said, ForGood: true),
        };
    }
}
