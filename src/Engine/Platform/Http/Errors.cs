using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Tccc.Platform.Look;

namespace Tccc.Platform;

/// <summary>
/// The one table from an expected error to what a browser gets: a status, and a partial that says why in the reader's language.
/// </summary>
public static class Errors
{
    public static int Status(this Error error) => error.Kind switch
    {
        ErrorKind.Malformed => StatusCodes.Status400BadRequest,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.NotSignedIn => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(error), error.Kind, null),
    };

    /// <summary>
    /// Answers with the error: <c>&lt;div class="alert alert-danger" role="alert"&gt;</c> with a sentence, or one line per wrong field
    /// (<c>data-field</c> names it). <paramref name="into"/>: the element htmx puts it into, when it is not the one that asked.
    /// </summary>
    public static IResult ToHttp(this Error error, string? into = null) => new Answer(error, into);

    /// <summary>
    /// What a person reads, in the language of the request. Translations stand in class Texts of the room that declares the error.
    /// </summary>
    public static string Text(this Error error, IServiceProvider services)
    {
        var translator = services.GetRequiredService<Translator>();
        return error is ValidationFailed failed
            ? string.Join(' ', failed.Fields.Select(field => translator.Say(error.GetType().Assembly, field.Message)))
            : translator.Say(error.GetType().Assembly, error.Message, error.Args);
    }

    /// <summary>The error's answer, or that of what was done.</summary>
    public static IResult Match(this Result result, Func<IResult> done) => result.Error?.ToHttp() ?? done();

    /// <inheritdoc cref="Match(Result, Func{IResult})"/>
    public static IResult Match<T>(this Result<T> result, Func<T, IResult> done) => result.Error?.ToHttp() ?? done(result.Value);

    private sealed class Answer(Error error, string? into) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (WantsPage(httpContext.Request)) return Page(httpContext);
            var response = httpContext.Response;
            response.StatusCode = error.Status();
            response.ContentType = "text/html; charset=utf-8";
            if (into is not null && httpContext.Request.IsHtmx()) response.HtmxRetarget(into);
            return response.WriteAsync(Html(httpContext.RequestServices));
        }

        /// <summary>The browser shows the answer as a page of its own: after a plain form, or an address that was typed in.</summary>
        private static bool WantsPage(HttpRequest request) =>
            !request.IsHtmx() && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

        private Task Page(HttpContext http) => new RazorComponentResult<ErrorPage>(new
        {
            Status = error.Status(),
            Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["That did not work"].Value,
            Text = error.Text(http.RequestServices),
        })
        { StatusCode = error.Status() }.ExecuteAsync(http);

        private string Html(IServiceProvider services)
        {
            var html = new StringBuilder("<div class=\"alert alert-danger\" role=\"alert\">");
            if (error is ValidationFailed failed)
            {
                var translator = services.GetRequiredService<Translator>();
                foreach (var field in failed.Fields)
                    html.Append("<p data-field=\"").Append(Encode(field.Field)).Append("\">")
                        .Append(Encode(translator.Say(error.GetType().Assembly, field.Message))).Append("</p>");
            }
            else
            {
                html.Append(Encode(error.Text(services)));
            }
            return html.Append("</div>").ToString();
        }

        private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
    }
}
