using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>Reads Sip:* and Media:*; what can't be is a <see cref="StartupException"/> that names the setting and the value.</summary>
internal static class EndpointSettings
{
    public static SipOptions Sip(IConfiguration settings, ServerCertificate? certificate) => new()
    {
        Port = Port(settings, "Sip:Port", 5060),
        TlsPort = Port(settings, "Sip:TlsPort", 5061),
        Certificate = certificate is null ? null : new(certificate),
        Authorities = Authorities(settings["Sip:TlsAuthorities"]),
        AdvertisedAddress = Address(settings, "Sip:Address"),
        Realm = DeskPhone.Realm,
    };

    public static MediaOptions Media(IConfiguration settings)
    {
        var (min, max) = Ports(settings, "Media:RtpPorts", 20000, 29999);
        return new()
        {
            Address = Address(settings, "Media:Address"),
            Loopback = settings.IsOn("Media:Loopback"),
            RtpPortMin = min,
            RtpPortMax = max,
            WebRtcPort = Port(settings, "Media:WebRtcPort", 40000),
        };
    }

    private static X509Certificate2Collection? Authorities(string? path)
    {
        if (path is not { Length: > 0 }) return null;
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"Sip:TlsAuthorities names {path}, which can't be read: {e.Message}", e);
        }
        if (found.Count > 0) return found;
        throw new StartupException($"Sip:TlsAuthorities names {path}, which holds no certificate; it must be PEM.");
    }

    private static string? Address(IConfiguration settings, string name) => settings[name] switch
    {
        null or "" => null,
        // "1" and "010.1" are addresses to the library, and others than whoever typed them meant
        var text when IPAddress.TryParse(text, out var address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text) => text,
        var text => throw new StartupException($"{name} is \"{text}\"; it must be an IP address in digits."),
    };

    private static int Port(IConfiguration settings, string name, int otherwise) => settings[name] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue => port,
        var text => throw new StartupException($"{name} is \"{text}\"; it must be a port from 0 to 65535."),
    };

    private static (int Min, int Max) Ports(IConfiguration settings, string name, int min, int max)
    {
        if (settings[name] is not { Length: > 0 } text) return (min, max);
        var ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length == 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out min)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out max) && min > 0 && min < max
                && max <= ushort.MaxValue) return (min, max);
        throw new StartupException($"{name} is \"{text}\"; it must be two ports with a dash between, such as 20000-29999.");
    }
}
