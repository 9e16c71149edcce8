using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>Brings telephony up before the web pages, and takes it down with every call ended by name.</summary>
internal sealed partial class TelephonyService(
    Switchboard board, MediaEndpoint media, SipEndpoint sip, TrunkMonitor trunks, SoundFiles sounds, PhoneBindings phones,
        IConfiguration configuration, ILogger<TelephonyService> log) : IHostedService, IDisposable
{
    /// <summary>How long ending the calls may take when the server stops.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource stopping = new();
    private Task speaking = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var language = configuration["Announcements:Language"] switch
        {
            null or "" => Languages.Chinese,
            var text => Languages.Match(text)
                ?? throw new StartupException($"Announcements:Language is \"{text}\"; it must be zh-CN or en."),
        };
        var ended = await board.Writer.Write(CallRows.EndLeftOvers);
        if (ended > 0) LogLeftOvers(log, ended);
        await sounds.Load(cancellationToken);
        try
        {
            media.Start();
            if (await phones.Restore(sip) is > 0 and var restored) LogRestored(log, restored);
            await sip.Start();
        }
        catch (Exception e) when (e is MediaStartException or SipStartException)
        {
            throw new StartupException(e.Message, e);
        }

        LogListening(log, sip.Port, sip.TlsPort);
        trunks.Follow();
        board.Devices.ReportPhones();
        // Speaking takes a moment the first time; calls need not wait for it.
        speaking = Speak(language, stopping.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        board.Calls.Closed = true;
        foreach (var call in board.Calls.All) call.Post(new Stopping());
        using var limit = new PeriodicTimer(TimeSpan.FromMilliseconds(10), board.Time);
        var began = board.Time.GetTimestamp();
        while (!board.Calls.IsEmpty && board.Time.GetElapsedTime(began) < Patience)
            await limit.WaitForNextTickAsync(CancellationToken.None);
        trunks.Stop();
        await sip.DisposeAsync();
        await media.DisposeAsync();
        await speaking;
    }

    public void Dispose() => stopping.Dispose();

    private async Task Speak(CultureInfo language, CancellationToken stop)
    {
        try
        {
            if (await board.Announcements.Speak(language, stop) is { } error)
                LogMute(log, string.Format(CultureInfo.InvariantCulture, error.Message, error.Args));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the server stops before all is spoken; the next start goes on
        }
    }

    [LoggerMessage(LogLevel.Information, "SIP listens on port {Port} (UDP and TCP) and on port {TlsPort} (TLS)")]
    private static partial void LogListening(ILogger log, int port, int tlsPort);

    [LoggerMessage(LogLevel.Information, "{Count} desk phones are registered as before")]
    private static partial void LogRestored(ILogger log, int count);

    [LoggerMessage(LogLevel.Warning, "{Count} calls were up when the server last ended; their records say ServerRestarted")]
    private static partial void LogLeftOvers(ILogger log, int count);

    [LoggerMessage(LogLevel.Warning, "Callers hear no announcements: {Why}")]
    private static partial void LogMute(ILogger log, string why);
}
