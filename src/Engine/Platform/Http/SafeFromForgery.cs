using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Tccc.Platform;

/// <summary>
/// Every request that changes something carries the page's token, in the header (htmx, fetch) or the form's field; OWASP ASVS 4.0 §4.2.2.
/// An endpoint that strangers post to by design says <c>DisableAntiforgery()</c>.
/// </summary>
internal sealed class SafeFromForgery(RequestDelegate next, IAntiforgery antiforgery)
{
    public const string Header = "RequestVerificationToken";

    public async Task InvokeAsync(HttpContext http)
    {
        var method = http.Request.Method;
        var safe = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
        var endpoint = http.GetEndpoint();
        // the form is read here, once for all who ask for it: what can't be read is the sender's fault, whoever would have been the first
        // to notice
        if (!safe && endpoint is not null && await FormsThatCanNotBeRead.Refuse(http) is { } refusal)
        {
            await refusal.ToHttp().ExecuteAsync(http);
            return;
        }
        if (safe || endpoint is null || endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false }
            || await antiforgery.IsRequestValidAsync(http))
        {
            await next(http);
            return;
        }
        await new PageTooOld().ToHttp().ExecuteAsync(http);
    }
}

/// <summary>The request did not come from a page of ours, or the page is from before a sign-in or a restart.</summary>
public sealed record PageTooOld() : Error(ErrorKind.Forbidden, "This page is too old. Reload it and try again.");
