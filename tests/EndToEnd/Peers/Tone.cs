using System.Buffers.Binary;

namespace EndToEnd.Peers;

/// <summary>Makes WAV files of one tone, and measures how much of a tone is in what was heard.</summary>
internal static class Tone
{
    private const int HeaderBytes = 44;

    public static void Write(string file, double hertz, TimeSpan length, int rate, double level = 0.35)
    {
        var samples = (int)(length.TotalSeconds * rate);
        var wav = new byte[HeaderBytes + samples * 2];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), samples * 2);
        for (var i = 0; i < samples; i++)
            BinaryPrimitives.WriteInt16LittleEndian(
                wav.AsSpan(HeaderBytes + i * 2), (short)(level * short.MaxValue * Math.Sin(2 * Math.PI * hertz * i / rate)));
        File.WriteAllBytes(file, wav);
    }

    /// <summary>The last part of a mono 16-bit WAV file that is still growing (its header's length is not yet true).</summary>
    public static short[] Tail(string file, TimeSpan length, int rate = 8000)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var wanted = (int)(length.TotalSeconds * rate) * 2;
        var data = stream.Length - HeaderBytes & ~1L;
        if (data < wanted) return [];
        stream.Position = HeaderBytes + data - wanted;
        var bytes = new byte[wanted];
        stream.ReadExactly(bytes);
        var samples = new short[wanted / 2];
        for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(i * 2));
        return samples;
    }

    /// <summary>Root mean square of the samples, 0 to 1.</summary>
    public static double Level(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty) return 0;
        double sum = 0;
        foreach (var s in samples) sum += (double)s * s;
        return Math.Sqrt(sum / samples.Length) / short.MaxValue;
    }

    /// <summary>How much of the samples' energy lies at the frequency, 0 to 1 (Goertzel's algorithm).</summary>
    public static double Share(ReadOnlySpan<short> samples, double hertz, int rate = 8000)
    {
        double energy = 0, s1 = 0, s2 = 0;
        var k = 2 * Math.Cos(2 * Math.PI * hertz / rate);
        foreach (var s in samples)
        {
            (s1, s2) = (s + k * s1 - s2, s1);
            energy += (double)s * s;
        }
        return energy == 0 ? 0 : (s1 * s1 + s2 * s2 - k * s1 * s2) / (energy * samples.Length / 2);
    }
}
