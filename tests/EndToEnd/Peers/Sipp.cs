using System.Globalization;

namespace EndToEnd.Peers;

/// <summary>A real load of SIP calls: sipp with a scenario of this folder.</summary>
internal static class Sipp
{
    public static Program Start(string scenario, string folder, int server, params string[] options) =>
        At(Ports.Free(), scenario, folder, server, options);

    public static Program At(int port, string scenario, string folder, int server, params string[] options) =>
        Program.Start("/usr/bin/sipp", [
            $"127.0.0.1:{server.ToString(CultureInfo.InvariantCulture)}", "-sf", Path.Combine(AppContext.BaseDirectory, "Peers", scenario),
            "-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-nostdin", "-trace_err", .. options],
                folder);
}
