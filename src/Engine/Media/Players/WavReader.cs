using System.Buffers.Binary;

namespace Tccc.Media.Players;

/// <summary>Reads RIFF WAVE files with PCM of 8 or 16 bit, and gives 8 kHz mono. Says what is wrong with others; never throws on input.</summary>
internal static class WavReader
{
    public const int LongestSeconds = 15 * 60;

    private const int MinRate = 4000, MaxRate = 192_000, MaxChannels = 8;
    private const int Pcm = 1, Extensible = 0xFFFE;

    private readonly record struct Format(int Tag, int Channels, int Rate, int Bits)
    {
        public int FrameBytes => Channels * Bits / 8;
    }

    public static Result<short[]> Read(ReadOnlySpan<byte> wav)
    {
        if (wav.Length < 12 || !wav[..4].SequenceEqual("RIFF"u8) || !wav[8..12].SequenceEqual("WAVE"u8)) return new BadWav("it is no RIFF WAVE file");
        Format? format = null;
        for (var rest = wav[12..]; rest.Length >= 8;)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            // a file written while it was still growing states a size beyond its end
            var body = rest.Slice(8, (int)Math.Min(size, (uint)(rest.Length - 8)));
            if (rest[..4].SequenceEqual("fmt "u8))
            {
                if (body.Length < 16) return new BadWav("its format chunk is too short");
                format = ReadFormat(body);
            }
            else if (rest[..4].SequenceEqual("data"u8))
            {
                return format is { } f ? ReadSamples(f, body) : new BadWav("it has no format chunk before its data");
            }
            rest = rest[Math.Min(rest.Length, 8 + body.Length + (body.Length & 1))..];
        }
        return new BadWav("it has no data");
    }

    private static Format ReadFormat(ReadOnlySpan<byte> body)
    {
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(body);
        // the sub-format's first two bytes are the tag of old
        if (tag == Extensible && body.Length >= 26) tag = BinaryPrimitives.ReadUInt16LittleEndian(body[24..]);
        return new Format(tag, BinaryPrimitives.ReadUInt16LittleEndian(body[2..]), (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(body[4..])), BinaryPrimitives.ReadUInt16LittleEndian(body[14..]));
    }

    private static Result<short[]> ReadSamples(Format f, ReadOnlySpan<byte> data)
    {
        if (f.Tag != Pcm) return new BadWav($"its encoding {f.Tag} is not PCM");
        if (f.Bits is not (8 or 16)) return new BadWav($"it has {f.Bits} bits a sample; 8 and 16 can be used");
        if (f.Channels is < 1 or > MaxChannels) return new BadWav($"it has {f.Channels} channels; 1 to {MaxChannels} can be used");
        if (f.Rate is < MinRate or > MaxRate) return new BadWav($"its rate is {f.Rate} Hz; {MinRate} to {MaxRate} can be used");
        var frames = data.Length / f.FrameBytes;
        if (frames == 0) return new BadWav("it is empty");
        if (frames / f.Rate >= LongestSeconds) return new BadWav($"it is longer than {LongestSeconds} seconds");
        var mono = new float[frames];
        for (var i = 0; i < frames; i++)
        {
            var sum = 0;
            for (var c = 0; c < f.Channels; c++)
            {
                var at = ((i * f.Channels) + c) * f.Bits / 8;
                sum += f.Bits == 8 ? (data[at] - 128) << 8 : BinaryPrimitives.ReadInt16LittleEndian(data[at..]);
            }
            mono[i] = (float)sum / f.Channels;
        }
        return Resampler.To8000(mono, f.Rate);
    }
}
