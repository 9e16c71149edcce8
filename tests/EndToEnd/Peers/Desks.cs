using System.Globalization;

namespace EndToEnd.Peers;

/// <summary>The desk phones of a <see cref="Fleet"/>: registered, answering at once, hanging up after a while.</summary>
internal sealed class Desks : IAsyncDisposable
{
    private readonly string folder;
    private readonly int server;
    private readonly int port = Ports.Free();
    private Program? answering;

    private Desks(string folder, int server) => (this.folder, this.server) = (folder, server);

    public static async Task<Desks> Register(string folder, int server, int count)
    {
        var desks = new Desks(folder, server);
        var users = Enumerable.Range(0, count)
            .Select(i => $"{Fleet.Extension(i)};[authentication username={Fleet.Extension(i)} password={Fleet.PhonePassword(i)}]");
        await File.WriteAllLinesAsync(Path.Combine(folder, "users.csv"), ["SEQUENTIAL", .. users]);
        await using var registering =
            desks.Sipp(
                "register.xml", "-inf", "users.csv", "-m", count.ToString(CultureInfo.InvariantCulture), "-r", "50", "-timeout", "20");
        if (await registering.Ends(TimeSpan.FromSeconds(30)) != 0)
            throw new InvalidOperationException("The desk phones did not register:\n" + desks.Errors() + registering.Printed);
        return desks;
    }

    /// <summary>From now on the phones answer.</summary>
    /// <param name="calls">After so many the phones are done, and <see cref="Done"/> tells.</param>
    public void Answer(string scenario, int calls, TimeSpan talk) => answering = Sipp(
        scenario, "-m", calls.ToString(CultureInfo.InvariantCulture), "-d", talk.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>Every call was taken and ended as the scenario says; gives the CPU time that the phones took.</summary>
    public async Task<TimeSpan> Done(TimeSpan within)
    {
        var cpu = await answering!.EndsWithCpu(within);
        return answering.ExitCode == 0
            ? cpu
            : throw new InvalidOperationException("The desk phones saw something else than their scenario:\n" + Errors());
    }

    public async ValueTask DisposeAsync()
    {
        if (answering is not null) await answering.DisposeAsync();
    }

    private Program Sipp(string scenario, params string[] options) => Program.Start("/usr/bin/sipp", [
        $"127.0.0.1:{server.ToString(CultureInfo.InvariantCulture)}", "-sf", Path.Combine(AppContext.BaseDirectory, "Peers", scenario),
        "-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-nostdin", "-trace_err", .. options],
            folder);

    private string Errors() => string.Join('\n', Directory.EnumerateFiles(folder, "*_errors.log").Select(File.ReadAllText));
}
