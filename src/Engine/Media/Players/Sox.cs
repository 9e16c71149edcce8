using System.ComponentModel;
using System.Diagnostics;

namespace Tccc.Media.Players;

/// <summary>Makes a WAV that <see cref="WavReader"/> reads out of an MP3, or out of a WAV of a rarer kind, by sox where it is installed.</summary>
internal static class Sox
{
    private const string Program = "sox";
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(60);

    /// <summary>Null when it is neither, when sox is missing or knows no MP3, or when the file is broken.</summary>
    public static async Task<byte[]?> ToWav(ReadOnlyMemory<byte> file, CancellationToken stop)
    {
        if (KindOf(file.Span) is not { } kind) return null;
        var result = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var start = new ProcessStartInfo(Program) { RedirectStandardInput = true, RedirectStandardError = true };
        // the kind is said, never guessed from the content: sox knows formats that read other files
        foreach (var argument in (ReadOnlySpan<string>)["-V1", "-t", kind, "-", "-t", "wav", "-e", "signed-integer", "-b", "16", "-c", "1", "-r", "8000", result]) start.ArgumentList.Add(argument);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(LongestRun);
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                await process.StandardInput.BaseStream.WriteAsync(file, limit.Token);
                process.StandardInput.Close();
                await process.WaitForExitAsync(limit.Token);
                await errors;
                return process.ExitCode == 0 ? await File.ReadAllBytesAsync(result, stop) : null;
            }
            finally
            {
                if (!process.HasExited) process.Kill();
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            File.Delete(result);
        }
    }

    // an MP3 begins with an ID3 tag, or with the eleven set bits of a frame (ISO/IEC 11172-3 §2.4.2.3)
    private static string? KindOf(ReadOnlySpan<byte> file) => file switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => "wav",
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, >= 0xE0, ..] => "mp3",
        _ => null,
    };
}
