namespace Tccc.Web.Guards;

/// <summary>What every answer says to the browser: nothing from elsewhere, no inline code, no framing, no guessing of types.</summary>
internal static class SecurityHeaders
{
    // data: images are the arrows and ticks inside Tabler's stylesheet; blob: is how recorded and received media is played
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; " +
        "connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>A year. A browser ignores it while it does not trust the certificate; RFC 6797 §8.1.</summary>
    private const string OnlyHttps = "max-age=31536000";

    // at the last moment, because the handling of an exception clears what was set before
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        http.Response.OnStarting(static state =>
        {
            var response = (HttpResponse)state;
            var headers = response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "microphone=(self), camera=(self), geolocation=(), payment=(), usb=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            // whoever came by https once never types a password into an http page of ours again; RFC 6797 §7.2: over https only
            if (response.HttpContext.Request.IsHttps) headers.StrictTransportSecurity = OnlyHttps;
            return Task.CompletedTask;
        }, http.Response);
        return next(http);
    });
}
