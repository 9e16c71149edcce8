using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Tccc.Media.Players;

/// <summary>
/// Text to WAV by espeak-ng, kept at the rate of a telephone: a start reads dozens of them and resamples none. The text
/// goes through standard input, so nothing in it can be taken for an option.
/// </summary>
internal sealed class Speech(string folder)
{
    public const int LongestText = 4000;

    private const string Program = "espeak-ng";
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(60);

    /// <summary>The WAV file with this text; made when it is not there yet.</summary>
    public async Task<Result<string>> FileFor(string text, string voice, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(text)) return new NoSpeech("the text is empty");
        if (text.Length > LongestText) return new NoSpeech($"the text is longer than {LongestText} characters");
        if (!IsVoice(voice)) return new NoSpeech($"'{voice}' is not the name of a voice");
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{SoundFile.TelephoneRate}\n{voice}\n{text}")));
        var file = Path.Combine(folder, $"{name}.wav");
        if (File.Exists(file)) return file;
        Directory.CreateDirectory(folder);
        // a file of its own until it is complete: two savers of the same text do not meet
        var unfinished = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            if (await Run(text, voice, unfinished, stop) is { } error) return error;
            var samples = SoundFile.Read(await File.ReadAllBytesAsync(unfinished, stop), stop);
            if (!samples.Ok) return samples.Error;
            await File.WriteAllBytesAsync(unfinished, WavWriter.Write(samples.Value), stop);
            File.Move(unfinished, file, overwrite: true);
            return file;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<Error?> Run(string text, string voice, string file, CancellationToken stop)
    {
        var start =
            new ProcessStartInfo(
                Program) { RedirectStandardInput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false) };
        foreach (var argument in (ReadOnlySpan<string>)["--stdin", "-b", "1", "-v", voice, "-w", file]) start.ArgumentList.Add(argument);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(LongestRun);
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                await process.StandardInput.WriteAsync(text.AsMemory(), limit.Token);
                process.StandardInput.Close();
                await process.WaitForExitAsync(limit.Token);
                var said = (await errors).Trim();
                return process.ExitCode == 0
                    && File.Exists(file) ? null : new NoSpeech($"{Program}: {(said.Length > 0 ? said : $"exit code {process.ExitCode}")}");
            }
            finally
            {
                if (!process.HasExited) process.Kill();
            }
        }
        catch (Win32Exception)
        {
            return new NoSpeech($"{Program} is not installed");
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return new NoSpeech($"{Program} did not finish");
        }
    }

    // «en», «en-us», «cmn-latn-pinyin», «en+f3»: letters, digits, dashes; never a path or an option
    private static bool IsVoice(string voice) =>
        voice.Length is > 0 and <= 40 && char.IsAsciiLetter(voice[0]) && voice.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+');
}
