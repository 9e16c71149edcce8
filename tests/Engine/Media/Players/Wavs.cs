using System.Text;

namespace Tccc.Media.Tests.Players;

/// <summary>Makes WAV files.</summary>
internal static class Wavs
{
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
            else writer.Write(sample);
        }
        return memory.ToArray();
    }
}
