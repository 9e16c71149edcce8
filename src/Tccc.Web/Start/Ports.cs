using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Tccc.Platform;
using Tccc.Telephony;
using Tccc.Web.Guards;

namespace Tccc.Web.Start;

/// <summary>The two web ports, and the line that says that the server is ready; operations.md «Settings».</summary>
internal static partial class Ports
{
    private const int DefaultHttp = 8080;
    private const int DefaultHttps = 8443;

    public static void AddPorts(this WebApplicationBuilder builder)
    {
        // run from a build folder, the files of wwwroot are still where they are written
        builder.WebHost.UseStaticWebAssets();
        // a page's bytes leave on the thread that wrote them: nothing in the house blocks one for long
        builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            var settings = context.Configuration;
            var services = kestrel.ApplicationServices;
            kestrel.AddServerHeader = false;
            new ConnectionShares(Proxies.Named(settings)).Hold(kestrel);
            kestrel.ListenAnyIP(Port(settings, "Http:Port", DefaultHttp));
            var certificate = services.GetRequiredService<HttpsCertificate>();
            services.GetRequiredService<PublicAddress>().Know(certificate.Names);
            kestrel.ListenAnyIP(
                Port(settings, "Https:Port", DefaultHttps),
                https => https.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(certificate.Tls) }));
        });
        builder.Services.AddSingleton(static provider => HttpsCertificate.Get(
            provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<TimeProvider>().GetUtcNow()));
        builder.Services.AddSingleton<ServerCertificate>(
            static provider => () => provider.GetRequiredService<HttpsCertificate>().Tls.ServerCertificateContext!);
        builder.Services.AddHostedService<Ready>().AddHostedService<StartMemory>();
    }

    private static int Port(IConfiguration settings, string name, int otherwise)
    {
        if (settings[name] is not { Length: > 0 } text) return otherwise;
        return int.TryParse(text, out var port) && port is >= 0 and <= IPEndPoint.MaxPort
            ? port
            : throw new StartupException(
                $"{name} is \"{text}\"; it must be a port from 1 to {IPEndPoint.MaxPort}, or 0 for any that is free.");
    }

    /// <summary>Says that everything has started, and where the pages are.</summary>
    private sealed partial class Ready(IServer server, HttpsCertificate certificate, ILogger<Ready> log) : IHostedLifecycleService
    {
        public Task StartedAsync(CancellationToken cancellationToken)
        {
            var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            LogReady(
                string.Join(
                    ", ", addresses.Select(
                        static a =>
                            a.Replace("[::]", "localhost", StringComparison.Ordinal)
                                .Replace("0.0.0.0", "localhost", StringComparison.Ordinal))));
            if (certificate.SelfMade) LogFingerprint(certificate.Fingerprint);
            return Task.CompletedTask;
        }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        [LoggerMessage(LogLevel.Information, "Tccc is ready: {Addresses}")]
        private partial void LogReady(string addresses);

        [LoggerMessage(LogLevel.Information, "The https certificate was made here; its SHA-256 fingerprint: {Fingerprint}")]
        private partial void LogFingerprint(string fingerprint);
    }
}
