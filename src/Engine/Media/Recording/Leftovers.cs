using Tccc.Media.Players;

namespace Tccc.Media.Recording;

/// <summary>Files of recordings that were under way when the process ended.</summary>
internal static class Leftovers
{
    public static IReadOnlyList<CutRecording> Mend(string folder)
    {
        List<CutRecording> mended = [];
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        if (!Directory.Exists(folder)) return mended;
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Recordings.Unfinished, everywhere).ToList())
        {
            try
            {
                mended.Add(MendOne(file, file[..^Recordings.Unfinished.Length]));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // stays for the next time
            }
        }
        return mended;
    }

    private static CutRecording MendOne(string file, string name)
    {
        long bytes;
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite))
        {
            bytes = Math.Max(0, stream.Length - WavHead.Length) / StereoFile.FrameBytes * StereoFile.FrameBytes;
            bytes = Math.Min(bytes, (long)Recordings.Longest.TotalSeconds * SoundFile.TelephoneRate * StereoFile.FrameBytes);
            if (bytes > 0)
            {
                var head = new byte[WavHead.Length];
                WavHead.Write(head, StereoFile.Channels, (uint)bytes);
                stream.Write(head);
                stream.SetLength(WavHead.Length + bytes);
                stream.Flush(flushToDisk: true);
            }
        }
        if (bytes == 0)
        {
            File.Delete(file);
            return new CutRecording(name, null, TimeSpan.Zero);
        }
        File.Move(file, name, overwrite: false);
        return new CutRecording(name, name, StereoFile.LengthOf(bytes));
    }
}
