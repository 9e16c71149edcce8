using System.Text.Json;
using Htmx;
using Microsoft.AspNetCore.Http;
using Tccc.Platform.Look;

namespace Tccc.Platform;

/// <summary>What package Htmx lacks, or takes too lightly, of what htmx says about a request and may be told in the answer.</summary>
public static class HtmxRequests
{
    /// <summary>
    /// htmx asks, and wants a partial. htmx says <c>true</c>, never anything else; the package would also take <c>HX-Request: false</c> for
    /// its word.
    /// </summary>
    public static bool IsHtmx(this HttpRequest request) => request.Headers[HtmxRequestHeaders.Keys.Request] == "true";

    /// <summary>Puts the answer into another element than the one that asked.</summary>
    public static void HtmxRetarget(this HttpResponse response, string selector, string swap = HtmxSwap.InnerHtml) =>
        response.Htmx(htmx => htmx.Retarget(selector).Reswap(swap));

    /// <summary>Tells htmx, when it asked, to take the browser to another page; the answer's body stays what it is.</summary>
    public static void HtmxRedirect(this HttpResponse response, string address)
    {
        if (response.HttpContext.Request.IsHtmx()) response.Htmx(htmx => htmx.Redirect(address));
    }

    /// <summary>Sends the browser to another page: by header when htmx asked, in the drawer when it stands there, else by 303.</summary>
    public static IResult GoTo(this HttpResponse response, string address)
    {
        if (!response.HttpContext.Request.IsHtmx()) return new SeeOther(address);
        if (response.HttpContext.IsInDrawer() && Drawer.Holds(address))
        {
            response.Headers[HtmxResponseHeaders.Keys.Location] =
                JsonSerializer.Serialize(new { path = address, target = "#" + Drawer.Place, swap = "innerHTML" });
            return Results.NoContent();
        }
        response.HtmxRedirect(address);
        return Results.NoContent();
    }

    // after a form that was sent: the next page is fetched with GET; RFC 9110 §15.4.4
    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
