using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform;

/// <summary>Who may see how the server does in detail: who asks on the machine itself, who has the token, an administrator.</summary>
internal sealed class Watchers
{
    /// <summary>Characters; a token that can be guessed is none.</summary>
    private const int ShortestToken = 16;

    private const string Setting = "Operations:Token";
    private const string Scheme = "Bearer ";

    private readonly byte[]? token;

    /// <exception cref="StartupException">The token is too short.</exception>
    public Watchers(IConfiguration settings)
    {
        if (settings[Setting] is not { Length: > 0 } text) return;
        if (text.Length < ShortestToken)
            throw new StartupException($"{Setting} has {text.Length} characters; it must have at least {ShortestToken}, or be left out.");
        token = SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    public bool Include(HttpContext http) =>
        IsLocal(http) || HasToken(http.Request) || http.RequestServices.GetRequiredService<CurrentAgent>().May(Right.SeeOperation);

    /// <summary>
    /// What a proxy on the same machine passes on comes from elsewhere, whether the proxy is named in the settings or not.
    /// </summary>
    private static bool IsLocal(HttpContext http)
    {
        var headers = http.Request.Headers;
        return !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("Forwarded") && http.Connection.RemoteIpAddress is { } from
            && (IPAddress.IsLoopback(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from) || from.Equals(http.Connection.LocalIpAddress));
    }

    private bool HasToken(HttpRequest request) => token is not null
        && request.Headers.Authorization.ToString() is var said && said.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(said[Scheme.Length..].Trim())), token);
}

internal sealed record NotForStrangers() : Error(ErrorKind.Forbidden,
    "Figures and details are for administrators, for who asks on the machine itself, and for who has the token of the setting Operations:Token.");
