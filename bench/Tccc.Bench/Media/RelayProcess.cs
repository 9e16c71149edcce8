using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Bench.Media;

/// <summary>A relay that is measured from outside: ours or the C one, on the first core.</summary>
internal sealed partial class RelayProcess : IDisposable
{
    private readonly Process process;

    private const string TaskSet = "/usr/bin/taskset";

    private static bool CanPin => Environment.ProcessorCount > 1 && File.Exists(TaskSet);

    private RelayProcess(string program, params string[] arguments)
    {
        string[] command = CanPin ? [TaskSet, "-c", "0", program, .. arguments] : [program, .. arguments];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        process = Process.Start(start)!;
    }

    /// <summary>The bare relay of bench/relay.c, compiled now; gives the port of each leg.</summary>
    public static RelayProcess InC(int legs, out int[] ports)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "relay.c");
        var program = Path.Combine(AppContext.BaseDirectory, "relay");
        using (var compiler = Process.Start("cc", ["-O2", "-o", program, source]))
        {
            compiler.WaitForExit();
            if (compiler.ExitCode != 0) throw new InvalidOperationException("cc could not compile bench/relay.c");
        }
        var relay = new RelayProcess(program, legs.ToString(CultureInfo.InvariantCulture));
        ports = [
            .. relay.ReadLine().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture))];
        return relay;
    }

    public static RelayProcess Ours() => new(Environment.ProcessPath!, typeof(RelayProcess).Assembly.Location, RelayServer.Argument);

    /// <summary>Keeps this process, which makes the load, to these cores: the first one is the relay's alone.</summary>
    public static void PinLoad(string cores)
    {
        if (!CanPin) return;
        using var set =
            Process.Start(
                new ProcessStartInfo(
                    TaskSet,
                    ["-a", "-c", "-p", cores, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput =
                        true })!;
        set.StandardOutput.ReadToEnd();
        set.WaitForExit();
    }

    /// <summary>Opens a leg of ours: its id and the answer.</summary>
    public (string Leg, string Answer) Answer(string kind, string offer)
    {
        var words = Ask($"answer {kind} {Convert.ToBase64String(Encoding.UTF8.GetBytes(offer))}").Split(' ');
        return (words[0], Encoding.UTF8.GetString(Convert.FromBase64String(words[1])));
    }

    public string Ask(string order)
    {
        process.StandardInput.WriteLine(order);
        process.StandardInput.Flush();
        return ReadLine();
    }

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident bytes.</summary>
    public long Resident
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Stands still, or goes on: what is not measured must not take time from what is.</summary>
    public void Pause(bool pause)
    {
        if (Kill(process.Id, pause ? Stop : Continue) != 0) throw new InvalidOperationException("The relay ended.");
    }

    public void Dispose()
    {
        Pause(false);
        process.StandardInput.Close();
        if (!process.WaitForExit(5000)) process.Kill();
        process.Dispose();
    }

    private const int Stop = 19, Continue = 18;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private string ReadLine() => process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The relay ended.");
}
