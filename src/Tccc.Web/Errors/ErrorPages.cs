using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;
using Tccc.Platform;
using Tccc.Platform.Look;

namespace Tccc.Web.Errors;

/// <summary>Answers that would have no body get one that explains itself: a page for a browser, a notice for a part of a page.</summary>
internal static class ErrorPages
{
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = static http => Answer(http, http.Features.Get<IExceptionHandlerFeature>()?.Error switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                NotSavedException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            }),
            // what the request got wrong before any of our code saw it (a body too large, a broken form) is not our fault, and leaves no
            // stack in the log
            SuppressDiagnosticsCallback = static context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages(static context => Answer(context.HttpContext, context.HttpContext.Response.StatusCode));
        return app;
    }

    public static Task Answer(HttpContext http, int status)
    {
        // the language was chosen further in and is forgotten out here
        if (http.Features.Get<IRequestCultureFeature>() is { } chosen)
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (chosen.RequestCulture.Culture, chosen.RequestCulture.UICulture);
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Web.Texts>>();
        var (title, text) = Words(texts, status);
        http.Response.StatusCode = status;
        IResult answer = http.Request.IsHtmx()
            ? new RazorComponentResult<Notice>(new { Text = text }) { StatusCode = status }
            : new RazorComponentResult<ErrorPage>(new { Status = status, Title = title, Text = text }) { StatusCode = status };
        return answer.ExecuteAsync(http);
    }

    private static (string Title, string Text) Words(IStringLocalizer<Web.Texts> t, int status) => status switch
    {
        400 => (t["The request could not be accepted"], t["The page is out of date, or was changed on the way. Reload it and try again."]),
        401 => (t["You are not signed in"], t["Your session has ended. Sign in again to continue."]),
        403 => (t["This is not for your account"],
            t["Your account or role has no access to this page. Ask an administrator of your center if it should."]),
        404 => (t["There is nothing here"], t["The address may be mistyped, or what was here is gone."]),
        405 => (t["The request could not be accepted"], t["This address does not take requests of that kind."]),
        413 => (t["Too large"], t["The request is larger than this server takes."]),
        429 => (t["Too many tries"], t["Wait a minute, then try again."]),
        503 => (t["Not available right now"], t["Something this page needs is down. Try again in a moment."]),
        >= 500 =>
            (t["Something went wrong on our side"],
                t["It was written to the server's log. Try again; if it keeps happening, tell your administrator when it did."]),
        _ => (t["The request could not be accepted"], t["The server refused it with status {0}.", status]),
    };
}
