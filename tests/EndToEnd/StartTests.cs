using System.Net;
using System.Net.Sockets;
using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>A start that can't work says why in one clear line and ends with code 1.</summary>
public sealed class StartTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-start-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Http:Port", SocketType.Stream)]
    [InlineData("Sip:Port", SocketType.Dgram)]
    [InlineData("Sip:Port", SocketType.Stream)]
    [InlineData("Sip:TlsPort", SocketType.Stream)]
    [InlineData("Media:WebRtcPort", SocketType.Dgram)]
    public async Task A_port_that_is_taken(string setting, SocketType type)
    {
        var ports = Settings();
        using var holder = new Socket(AddressFamily.InterNetwork, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Any, ports[setting]));
        if (type == SocketType.Stream) holder.Listen();
        await using var program = Server.Launch(folder, ports.Select(p => $"{p.Key}={p.Value}"));
        await EndsWith(program, ports[setting].ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_data_folder_that_can_not_be_written()
    {
        var file = Path.Combine(folder, "a-file");
        await File.WriteAllTextAsync(file, "");
        await using var program = Server.Launch(Path.Combine(file, "data"), Settings().Select(p => $"{p.Key}={p.Value}"));
        await EndsWith(program, "a-file");
    }

    [Fact]
    public async Task A_machine_without_libssl()
    {
        // the loader looks here first, finds a library that is none, and looks no further
        var shadow = Directory.CreateDirectory(Path.Combine(folder, "lib")).FullName;
        await File.WriteAllTextAsync(Path.Combine(shadow, "libssl.so.3"), "");
        await using var program = Server.Launch(
            Path.Combine(folder, "data"), Settings()
                .Select(p => $"{p.Key}={p.Value}"), new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = shadow });
        await EndsWith(program, "libssl.so.3");
        Assert.Single(program.Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("Cell", "abc")]
    [InlineData("Sip:Address", "10.1")]
    [InlineData("Announcements:Language", "xx")]
    [InlineData("Timeouts:LongestWaitSeconds", "9")]
    public async Task A_setting_that_can_not_be(string name, string value)
    {
        await using var program = Server.Launch(
            Path.Combine(folder, "data"), Settings().Select(p => $"{p.Key}={p.Value}").Append($"{name}={value}"));
        await EndsWith(program, $"{name} is \"{value}\"; it must be");
    }

    private static Dictionary<string, int> Settings()
    {
        var http = Ports.Free();
        return new()
        {
            ["Http:Port"] = http, ["Https:Port"] = http
                + 1, ["Sip:Port"] = Ports.Free(), ["Sip:TlsPort"] = Ports.Free(), ["Media:WebRtcPort"] = Ports.Free(),
        };
    }

    private static async Task EndsWith(Program program, string named)
    {
        Assert.Equal(1, await program.Ends(Limit));
        var lines = program.Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Contains(lines, line => line.Contains(named, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", program.Printed, StringComparison.Ordinal);
    }
}
