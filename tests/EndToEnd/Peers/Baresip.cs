using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace EndToEnd.Peers;

/// <summary>A real SIP phone: baresip without a sound card. It speaks a WAV file and records what it hears.</summary>
internal sealed class Baresip : IAsyncDisposable
{
    private const string Modules = "g711.so aufile.so aubridge.so sndfile.so srtp.so";
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(0.4);

    private readonly string folder;
    private readonly int control;
    private readonly List<JsonElement> events = [];
    private Program program = null!;
    private TcpClient? wire;

    private Baresip(string folder, int control) => (this.folder, this.control) = (folder, control);

    public string Printed => program.Printed;

    /// <summary>Where it takes calls.</summary>
    public int SipPort { get; } = Ports.Free(2);

    /// <param name="account">An entry of baresip's accounts file after the address, such as ";auth_pass=secret;regint=60".</param>
    public static async Task<Baresip> Start(
        string folder, string wav, string user = "caller", string account = ";regint=0", string server = "127.0.0.1")
    {
        var phone = new Baresip(folder, Ports.Free(1));
        Directory.CreateDirectory(phone.Recordings);
        var rtp = Ports.Free(10);
        await File.WriteAllTextAsync(Path.Combine(folder, "config"), string.Join('\n',
        [
            "poll_method epoll", $"sip_listen 127.0.0.1:{phone.SipPort}", "net_interface 127.0.0.1", "call_max_calls 4",
            "audio_player aubridge,null", $"audio_source aufile,{wav}", "audio_alert aubridge,null",
            "ausrc_srate 8000", "auplay_srate 8000", "ausrc_channels 1", "auplay_channels 1", "audio_txmode poll", "audio_buffer 20-160",
            $"rtp_ports {rtp}-{rtp + 9}", "module_path /usr/lib/baresip/modules",
            .. Modules.Split(' ').Select(m => "module " + m),
            "module_tmp uuid.so", "module_tmp account.so", "module_app menu.so", "module_app ctrl_tcp.so", "module_app debug_cmd.so",
            $"ctrl_tcp_listen 127.0.0.1:{phone.control}", $"snd_path {phone.Recordings}", "menu_bell no", "ringback_disabled yes",
            "statmode_default off", "",
        ]));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "accounts"), $"<sip:{user}@{server}>;audio_codecs=PCMU/8000/1;ptime=20{account}\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "contacts"), "");
        phone.program = Program.Start("/usr/bin/baresip", ["-f", folder, "-4"], folder);
        try
        {
            await Until.Holds("baresip takes commands", phone.Connect, seen: () => phone.Printed);
        }
        catch
        {
            // the caller gets no phone that it could put away
            await phone.DisposeAsync();
            throw;
        }
        _ = phone.ReadEvents();
        return phone;
    }

    private string Recordings => Path.Combine(folder, "rec");

    public Task Dial(string uri) => Send("dial", uri);

    public Task Answer() => Send("accept");

    /// <summary>Unregisters and ends, as a phone does that is switched off in its menu.</summary>
    public Task Quit() => Send("quit");

    public Task HangUp() => Send("hangup");

    public Task Hold() => Send("hold");

    public Task Resume() => Send("resume");

    public Task Established() => Saw("CALL_ESTABLISHED");

    public Task Closed() => Saw("CALL_CLOSED");

    /// <summary>What the phone prints, for what happens before it takes commands: its registration.</summary>
    public Task Prints(string text) =>
        Until.Holds($"baresip prints {text}", () => Printed.Contains(text, StringComparison.Ordinal), seen: () => Printed);

    public Task Saw(string type, TimeSpan? within = null) =>
        Until.Holds($"baresip reports {type}", () => Count(type) > 0, within, () => Printed);

    public int Count(string type)
    {
        lock (events) return events.Count(e => e.TryGetProperty("type", out var t) && t.GetString() == type);
    }

    /// <summary>The keys that were pressed at the other end, in their order.</summary>
    public string Keys
    {
        get
        {
            lock (events)
                return string.Concat(
                    events.Where(e => e.TryGetProperty("type", out var t) && t.GetString() == "CALL_DTMF_START")
                        .Select(e => e.GetProperty("param").GetString()));
        }
    }

    /// <summary>What the phone said at the end of its last call, such as "486 Busy Here".</summary>
    public string? LastClosing()
    {
        lock (events)
            return events.LastOrDefault(
                e => e.TryGetProperty("type", out var t) && t.GetString() == "CALL_CLOSED") is { ValueKind: JsonValueKind.Object } e
                    && e.TryGetProperty("param", out var p) ? p.GetString() : null;
    }

    /// <summary>Nearly all that the phone hears now is this tone.</summary>
    public Task Hears(double hertz, TimeSpan? within = null) =>
        Until.Holds(
            $"the phone hears {hertz} Hz", () => Now() is { Length: > 0 } now && Tone.Level(now) > 0.02 && Tone.Share(now, hertz) > 0.8,
            within, Heard);

    /// <summary>Two who speak at once, and nobody else.</summary>
    public Task HearsBoth(double one, double other) =>
        Until.Holds(
            $"the phone hears {one} and {other} Hz",
            () => Now() is { Length: > 0 } now && Tone.Share(now, one) > 0.2 && Tone.Share(now, other) > 0.2
                && Tone.Share(now, one) + Tone.Share(now, other) > 0.8, seen: Heard);

    public Task HearsSilence(TimeSpan? within = null) =>
        Until.Holds("the phone hears silence", () => Now() is { Length: > 0 } now && Tone.Level(now) < 0.003, within, Heard);

    /// <summary>Sound that is neither the agent's nor the phone's own tone.</summary>
    public Task HearsMusic(TimeSpan? within = null) =>
        Until.Holds(
            "the phone hears music",
            () => Now() is { Length: > 0 } now && Tone.Level(now) > 0.005 && Tone.Share(now, 1000) < 0.5 && Tone.Share(now, 440) < 0.5,
            within, Heard);

    /// <summary>A voice: something that is neither silence nor this tone.</summary>
    public Task HearsOtherThan(double hertz, TimeSpan? within = null) =>
        Until.Holds(
            $"the phone hears something else than {hertz} Hz",
            () => Now() is { Length: > 0 } now && Tone.Level(now) > 0.005 && Tone.Share(now, hertz) < 0.3, within, Heard);

    public async ValueTask DisposeAsync()
    {
        wire?.Dispose();
        await program.DisposeAsync();
    }

    private short[] Now() =>
        Directory.EnumerateFiles(Recordings, "dump-*-dec.wav").Order(StringComparer.Ordinal).LastOrDefault() is { } file
            ? Tone.Tail(file, Window)
            : [];

    private string Heard()
    {
        var now = Now();
        return string.Create(CultureInfo.InvariantCulture, $"It heard level {Tone.Level(now):0.000}, 440 Hz {Tone.Share(now, 440):0.00}, 1 kHz {Tone.Share(now, 1000):0.00}\n{Printed}");
    }

    private bool Connect()
    {
        try
        {
            wire = new TcpClient("127.0.0.1", control);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task Send(string command, string parameters = "")
    {
        var json = JsonSerializer.Serialize(new { command, @params = parameters, token = "t" });
        await wire!.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(json)}:{json},"));
    }

    private async Task ReadEvents()
    {
        var buffer = new List<byte>();
        var chunk = new byte[4096];
        try
        {
            while (await wire!.GetStream().ReadAsync(chunk) is > 0 and var read)
            {
                buffer.AddRange(chunk[..read]);
                while (TakeNetstring(buffer) is { } json)
                    lock (events) events.Add(JsonDocument.Parse(json).RootElement.Clone());
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // the phone was ended
        }
    }

    private static byte[]? TakeNetstring(List<byte> buffer)
    {
        var colon = buffer.IndexOf((byte)':');
        if (colon < 0) return null;
        var length = int.Parse(Encoding.ASCII.GetString([.. buffer[..colon]]), CultureInfo.InvariantCulture);
        if (buffer.Count < colon + length + 2) return null;
        var json = buffer.Slice(colon + 1, length).ToArray();
        buffer.RemoveRange(0, colon + length + 2);
        return json;
    }
}
