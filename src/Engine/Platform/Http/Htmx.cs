using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tccc.Platform;

/// <summary>What htmx says about a request and may be told in the answer; the names are those of htmx 2's header reference.</summary>
public static class Htmx
{
    /// <summary>htmx asks, and wants a partial.</summary>
    public static bool IsHtmx(this HttpRequest request) => request.Headers["HX-Request"] == "true";

    /// <summary>The link was boosted: htmx asks, and wants a whole page.</summary>
    public static bool IsBoosted(this HttpRequest request) => request.Headers["HX-Boosted"] == "true";

    /// <summary>The id of the element that the answer will go into.</summary>
    public static string? HtmxTarget(this HttpRequest request) => request.Headers["HX-Target"];

    /// <summary>Raises an event in the page, after the answer was taken in.</summary>
    public static HttpResponse HtmxTrigger(this HttpResponse response, string happened, object? detail = null)
    {
        var all = response.Headers.TryGetValue("HX-Trigger", out var set)
            ? JsonSerializer.Deserialize<Dictionary<string, object?>>(set.ToString())!
            : [];
        all[happened] = detail;
        response.Headers["HX-Trigger"] = JsonSerializer.Serialize(all);
        return response;
    }

    /// <summary>Puts the answer into another element than the one that asked.</summary>
    public static HttpResponse HtmxRetarget(this HttpResponse response, string selector, string swap = "innerHTML")
    {
        response.Headers["HX-Retarget"] = selector;
        response.Headers["HX-Reswap"] = swap;
        return response;
    }

    /// <summary>Sends the browser to another page: by header when htmx asked, else by 303.</summary>
    public static IResult GoTo(this HttpResponse response, string address)
    {
        if (!response.HttpContext.Request.IsHtmx()) return new SeeOther(address);
        response.Headers["HX-Redirect"] = address;
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
