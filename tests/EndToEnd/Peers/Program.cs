using System.Diagnostics;
using System.Text;

namespace EndToEnd.Peers;

/// <summary>A program that a test started, with all that it printed; ended with the test.</summary>
internal sealed class Program : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder printed = new();

    private Program(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    public int ExitCode => process.ExitCode;

    public string Printed
    {
        get { lock (printed) return printed.ToString(); }
    }

    public static Program Start(
        string file, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var program = new Program(new Process { StartInfo = start });
        program.process.OutputDataReceived += (_, line) => program.Keep(line.Data);
        program.process.ErrorDataReceived += (_, line) => program.Keep(line.Data);
        program.process.Start();
        program.process.BeginOutputReadLine();
        program.process.BeginErrorReadLine();
        program.process.StandardInput.Close();
        return program;
    }

    public async Task<int> Ends(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{process.StartInfo.FileName} did not end within {within.TotalSeconds} s:\n{Printed}");
        }
        return process.ExitCode;
    }

    /// <summary>Waits for the end, and gives the CPU time that it took.</summary>
    public async Task<TimeSpan> EndsWithCpu(TimeSpan within)
    {
        // the kernel forgets the figure with the process, so the last one seen counts
        var cpu = TimeSpan.Zero;
        await Until.Holds($"{process.StartInfo.FileName} ends", () =>
        {
            try
            {
                if (!process.HasExited) cpu = ProcessFigures.Cpu(process.Id);
            }
            catch (Exception e) when (e is IOException or ArgumentOutOfRangeException or IndexOutOfRangeException)
            {
                // it ended in this very moment
            }
            return process.HasExited;
        }, within, () => Printed);
        await Ends(within);
        return cpu;
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>The signal that Ctrl-C and a container's stop send.</summary>
    public async Task<int> Stop(TimeSpan within)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await Ends(within);
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (printed) printed.AppendLine(line);
    }
}
