using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Tccc.Platform;

/// <summary>
/// The address that links in mails begin with. It never is just what a request says in its Host header, which anybody may write: it is the
/// setting Http:PublicUrl, else the request's host when that is a name of this server.
/// </summary>
public sealed class PublicAddress
{
    private const string Setting = "Http:PublicUrl";

    private readonly Uri? configured;
    private HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { "localhost" };

    /// <exception cref="StartupException">The setting is no address of a web server.</exception>
    public PublicAddress(IConfiguration settings)
    {
        if (settings[Setting] is not { Length: > 0 } text) return;
        if (!Uri.TryCreate(text, UriKind.Absolute, out configured) || configured.Scheme is not ("http" or "https")
            || configured.PathAndQuery != "/" || configured.UserInfo.Length > 0)
            throw new StartupException($"{Setting} is \"{text}\"; it must be the address of this server as people type it, such as https://calls.example.com, without a path.");
    }

    /// <summary>Names of this server that its certificate proves.</summary>
    public void Know(IEnumerable<string> proven) => names = new(names.Concat(proven), StringComparer.OrdinalIgnoreCase);

    /// <summary>The absolute address of one of our paths, for somebody outside this request.</summary>
    public string Of(HttpRequest request, string path) => Base(request) + path;

    private string Base(HttpRequest request)
    {
        if (configured is not null) return configured.GetLeftPart(UriPartial.Authority);
        if (IsOurs(request.Host.Host)) return $"{request.Scheme}://{request.Host}";
        // the address at which the request came in is ours, whatever it says
        var connection = request.HttpContext.Connection;
        var address = connection.LocalIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : connection.LocalIpAddress
            ?? IPAddress.Loopback;
        return $"{request.Scheme}://{new IPEndPoint(address, connection.LocalPort)}";
    }

    private bool IsOurs(string host) =>
        names.Contains(host)
        || names.Any(
            name => name.StartsWith("*.", StringComparison.Ordinal) && host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && host.AsSpan(dot).Equals(name.AsSpan(1), StringComparison.OrdinalIgnoreCase))
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && (IPAddress.IsLoopback(address) || OwnAddresses().Contains(address)));

    private static IEnumerable<IPAddress> OwnAddresses() =>
        NetworkInterface.GetAllNetworkInterfaces().SelectMany(static n => n.GetIPProperties().UnicastAddresses)
            .Select(static a => a.Address);
}
