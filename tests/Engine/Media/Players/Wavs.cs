using System.Text;

namespace Tccc.Media.Tests.Players;

/// <summary>Makes WAV files.</summary>
internal static class Wavs
{
    /// <summary>Samples of a tone at 8 kHz.</summary>
    public static short[] Tone(double hertz, int samples, double level = 8000) =>
        [.. Enumerable.Range(0, samples).Select(i => (short)(level * Math.Sin(2 * Math.PI * hertz * i / 8000)))];

    /// <summary>A file of these samples, 8 kHz mono.</summary>
    public static byte[] Of(short[] samples)
    {
        var wav = Of(8000, 1, 16, samples.Length);
        Buffer.BlockCopy(samples, 0, wav, wav.Length - (samples.Length * 2), samples.Length * 2);
        return wav;
    }

    /// <summary>A file of a tone; of other depths than 8 and 16 bits, one of zeros.</summary>
    public static byte[] Of(int rate, int channels, int bits, int frames, double hertz = 500, double level = 8000, int tag = 1)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, Encoding.ASCII);
        var bytes = frames * channels * bits / 8;
        writer.Write("RIFF"u8);
        writer.Write(36 + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)tag);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * channels * bits / 8);
        writer.Write((short)(channels * bits / 8));
        writer.Write((short)bits);
        writer.Write("data"u8);
        writer.Write(bytes);
        for (var i = 0; i < frames * channels; i++)
        {
            var sample = (short)(level * Math.Sin(2 * Math.PI * hertz * (i / channels) / rate));
            if (bits == 8) writer.Write((byte)((sample >> 8) + 128));
            else if (bits == 16) writer.Write(sample);
            else writer.Write(new byte[bits / 8]);
        }
        return memory.ToArray();
    }
}
