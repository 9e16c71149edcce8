using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>Pages of this room as answers.</summary>
internal static class Pages
{
    /// <summary>
    /// A page; with a refusal, under the refusal's status. No cache keeps it: what holds the page's token is not stored anywhere.
    /// </summary>
    public static IResult Of<TPage>(HttpContext http, Error? refusal, params IReadOnlyList<(string Name, object? Value)> parameters)
        where TPage : IComponent
    {
        if (refusal is PasswordsBusy)
            http.Response.Headers.RetryAfter = PasswordsBusy.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return new RazorComponentResult<TPage>(
            parameters.ToDictionary(p => p.Name, p => p.Value)) { StatusCode = refusal?.Status() ?? StatusCodes.Status200OK };
    }
}
