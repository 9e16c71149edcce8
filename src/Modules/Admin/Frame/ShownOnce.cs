using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;

namespace Tccc.Admin;

public enum SecretFor
{
    NewPerson,
    NewPassword,
    Phone,
}

/// <summary>A password that was just made, and what it is for.</summary>
/// <param name="Place">The page in the menu it belongs to.</param>
/// <param name="Password">Null when there is none to show.</param>
/// <param name="Mailed">It goes out by mail and is not shown.</param>
public sealed record Secret(SecretFor For, string Place, string Title, string User, string? Password, string Back, bool Mailed = false);

/// <summary>
/// Passwords that are shown after a form was sent: kept in memory for a few minutes under an address that nobody can guess, and shown only
/// to who made them, so that the page may be read again. They are written nowhere.
/// </summary>
internal sealed class ShownOnce(TimeProvider time)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    /// <summary>More than anybody makes in five minutes by hand; the oldest goes.</summary>
    internal const int AtMost = 500;

    private const string Address = "/admin/passwords/";
    private const int KeyBytes = 16;

    private readonly ConcurrentDictionary<string, Kept> kept = new();

    /// <summary>Keeps it and sends the browser to its page.</summary>
    public IResult Go(HttpContext http, CurrentAgent me, Secret secret)
    {
        foreach (var (old, gone) in kept)
            if (time.GetElapsedTime(gone.Since) > Lasts) kept.TryRemove(old, out _);
        while (kept.Count >= AtMost && kept.MinBy(k => k.Value.Since).Key is { } oldest) kept.TryRemove(oldest, out _);
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        kept[key] = new(secret, me.Agent, time.GetTimestamp());
        return http.Response.GoTo(Address + key);
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(Address + "{key}", (HttpContext http, ShownOnce shown, CurrentAgent me, string key) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            // the length of what is compressed tells a little of it; docs/adr/0013
            if (http.Features.Get<IHttpsCompressionFeature>() is { } compression) compression.Mode = HttpsCompressionMode.DoNotCompress;
            return shown.Of(me.Agent, key) is { } secret ? Reading.Page<SecretPage>(null, ("Secret", secret)) : new NotShownAnyMore()
                .ToHttp();
        });

    private Secret? Of(AgentId reader, string key) =>
        kept.TryGetValue(key, out var found) && found.By == reader && time.GetElapsedTime(found.Since) <= Lasts ? found.Secret : null;

    private sealed record Kept(Secret Secret, AgentId By, long Since);
}

internal sealed record NotShownAnyMore()
    : Error(ErrorKind.NotFound,
        "This password is no longer shown: it was visible for a few minutes, only to the person who created it. If it was lost, create a new one.");
