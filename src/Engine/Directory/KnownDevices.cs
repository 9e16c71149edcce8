using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Directory;

/// <summary>
/// Remembers in a browser who has signed in with it, so that a stranger who types somebody's wrong password, or asks for codes in their
/// name, shuts out the strangers' addresses only and not the owner's own browser. The cookie opens nothing.
/// </summary>
public sealed class KnownDevices
{
    /// <summary>A shared desk's browser keeps the last so many people.</summary>
    internal const int PeopleAtMost = 16;

    private const string Cookie = "tccc-device";

    /// <summary>The longest that browsers keep a cookie.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private readonly IDataProtector protector;
    private readonly IdSource ids;

    internal KnownDevices(IDataProtectionProvider protection, IdSource ids) =>
        (protector, this.ids) = (protection.CreateProtector("Tccc.Directory.KnownDevices"), ids);

    internal KnownDevice? Read(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 } text) return null;
        try
        {
            var parts = protector.Unprotect(text).Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            return new(parts[0], [.. parts.Skip(1).Select(PersonId.From)]);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    internal void Remember(HttpContext http, PersonId person)
    {
        var known = Read(http.Request);
        var people = (known?.People ?? []).Where(p => p != person).Prepend(person).Take(PeopleAtMost);
        var text = string.Join(' ', people.Select(p => p.Value).Prepend(known?.Id ?? ids.Next()));
        http.Response.Cookies.Append(Cookie, protector.Protect(text), new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            MaxAge = Kept,
            IsEssential = true,
        });
    }
}

/// <summary>Who asks, for the use cases by which somebody proves who they are.</summary>
public static class RequestOrigin
{
    public static Origin Origin(this HttpContext http) =>
        new(http.Connection.RemoteIpAddress, http.RequestServices.GetRequiredService<KnownDevices>().Read(http.Request));
}
