using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Tccc.Platform;

/// <summary>
/// The two languages and how a request gets its own: the person's setting, else <c>?lang=</c> (remembered for the visit), else
/// Accept-Language, else Chinese; product.md «Rules that hold everywhere».
/// </summary>
public static class Languages
{
    /// <summary>Remembers <c>?lang=</c> until the browser closes.</summary>
    public const string Cookie = "tccc-lang";

    public static CultureInfo Chinese { get; } = CultureInfo.GetCultureInfo("zh-CN");

    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en");

    public static IReadOnlyList<CultureInfo> All { get; } = [Chinese, English];

    /// <summary>
    /// The language that a tag such as <c>zh</c>, <c>zh-Hans-CN</c> or <c>en-GB</c> asks for; null when it is neither. RFC 5646.
    /// </summary>
    public static CultureInfo? Match(string? tag) => tag?.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "zh" => Chinese,
        "en" => English,
        _ => null,
    };

    internal static void Configure(RequestLocalizationOptions options)
    {
        options.DefaultRequestCulture = new(Chinese);
        options.SupportedCultures = options.SupportedUICultures = [.. All];
        options.ApplyCurrentCultureToResponseHeaders = true;
        options.RequestCultureProviders = [new CustomRequestCultureProvider(http => Task.FromResult(Choose(http)))];
    }

    private static ProviderCultureResult? Choose(HttpContext http)
    {
        var asked = Match(http.Request.Query["lang"]);
        if (asked is not null)
            http.Response.Cookies.Append(
                Cookie, asked.Name,
                new() { IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = http.Request.IsHttps });
        var chosen = Match(http.User.FindFirst(Access.CultureClaim)?.Value)
            ?? asked
            ?? Match(http.Request.Cookies[Cookie])
            ?? http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => Match(l.Value.Value))
                .FirstOrDefault(l => l is not null);
        return chosen is null ? null : new ProviderCultureResult(new StringSegment(chosen.Name));
    }
}
