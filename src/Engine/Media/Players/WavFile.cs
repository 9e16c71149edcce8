using System.Buffers.Binary;
using Tccc.Media.Codecs;

namespace Tccc.Media.Players;

/// <summary>
/// A RIFF WAVE (or RF64) file: PCM of 8 to 32 bit, floating point, A-law, µ-law. The sizes that it states are believed only as far as
/// there are bytes.
/// </summary>
internal sealed class WavFile : SoundFile
{
    private const int Pcm = 1, Float = 3, Alaw = 6, Ulaw = 7, Extensible = 0xFFFE;

    private readonly record struct Format(int Tag, int Channels, int Rate, int FrameBytes, int Bits)
    {
        public int SampleBytes => (Bits + 7) / 8;
    }

    private readonly ReadOnlyMemory<byte> data;
    private readonly Format format;
    private int at;

    private WavFile(Format format, ReadOnlyMemory<byte> data) : base(format.Rate) => (this.format, this.data) = (format, data);

    /// <summary>It begins like one.</summary>
    public static bool Is(ReadOnlySpan<byte> file) =>
        file.Length >= 12 && (file.StartsWith("RIFF"u8) || file.StartsWith("RF64"u8)) && file[8..12].SequenceEqual("WAVE"u8);

    public static Result<SoundFile> Open(ReadOnlyMemory<byte> file)
    {
        Format? format = null;
        for (var rest = file[12..]; rest.Length >= 8;)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[4..]);
            // a file written while it was still growing states a size beyond its end, and RF64 the largest there is
            var body = rest.Slice(8, (int)Math.Min(size, (uint)(rest.Length - 8)));
            if (rest.Span.StartsWith("fmt "u8))
            {
                if (body.Length < 16) return new BadSound("its format chunk is too short");
                format = ReadFormat(body.Span);
            }
            else if (rest.Span.StartsWith("data"u8))
            {
                if (format is not { } f) return new BadSound("it has no format chunk before its data");
                return Refusal(f) is { } why ? new BadSound(why) : new WavFile(f, body);
            }
            rest = rest[Math.Min(rest.Length, 8 + body.Length + (body.Length & 1))..];
        }
        return new BadSound("it has no data");
    }

    public override int Next(Span<float> samples)
    {
        var count = Math.Min(samples.Length, (data.Length - at) / format.FrameBytes);
        for (var i = 0; i < count; i++, at += format.FrameBytes)
        {
            var frame = data.Span.Slice(at, format.FrameBytes);
            var sum = 0f;
            for (var channel = 0; channel < format.Channels; channel++) sum += Sample(frame[(channel * format.SampleBytes)..]);
            samples[i] = sum / format.Channels;
        }
        return count;
    }

    private static Format ReadFormat(ReadOnlySpan<byte> body)
    {
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(body);
        // the sub-format's first two bytes are the tag of old
        if (tag == Extensible && body.Length >= 26) tag = BinaryPrimitives.ReadUInt16LittleEndian(body[24..]);
        return new(
            tag,
            BinaryPrimitives.ReadUInt16LittleEndian(body[2..]),
            (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(body[4..])),
            BinaryPrimitives.ReadUInt16LittleEndian(body[12..]),
            BinaryPrimitives.ReadUInt16LittleEndian(body[14..]));
    }

    private static string? Refusal(Format f)
    {
        var bits = f.Tag switch { Pcm => f.Bits is >= 8 and <= 32, Float => f.Bits is 32 or 64, Alaw or Ulaw => f.Bits == 8, _ => false };
        if (f.Tag is not (Pcm or Float or Alaw or Ulaw)) return $"its encoding {f.Tag} is not known";
        if (!bits) return $"it has {f.Bits} bits a sample";
        if (f.Channels is < 1 or > MostChannels) return $"it has {f.Channels} channels; 1 to {MostChannels} can be used";
        if (f.Rate is < LeastRate or > MostRate) return $"its rate is {f.Rate} Hz; {LeastRate} to {MostRate} can be used";
        return f.FrameBytes == f.Channels * f.SampleBytes
            ? null
            : $"its frames of {f.FrameBytes} bytes do not fit {f.Channels} channels of {f.Bits} bits";
    }

    private float Sample(ReadOnlySpan<byte> bytes) => (format.Tag, format.SampleBytes) switch
    {
        (Alaw, _) => G711.Decode(AudioCodec.Pcma, bytes[0]),
        (Ulaw, _) => G711.Decode(AudioCodec.Pcmu, bytes[0]),
        (Float, 4) => Bounded(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        (Float, _) => Bounded((float)BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        // 8 bits have no sign, more have
        (_, 1) => (bytes[0] - 128) << 8,
        (_, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (_, 3) => (bytes[0] | bytes[1] << 8 | (sbyte)bytes[2] << 16) / 256f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 65536f,
    };
}

/// <summary>The head of the WAV files that we write: 8 kHz, PCM of 16 bit.</summary>
internal static class WavHead
{
    public const int Length = 44;

    /// <param name="size">Bytes of sound that follow.</param>
    public static void Write(Span<byte> head, int channels, uint size)
    {
        var frame = channels * sizeof(short);
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Length - 8 + size);
        "WAVEfmt "u8.CopyTo(head[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(head[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(head[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], SoundFile.TelephoneRate);
        BinaryPrimitives.WriteInt32LittleEndian(head[28..], SoundFile.TelephoneRate * frame);
        BinaryPrimitives.WriteInt16LittleEndian(head[32..], (short)frame);
        BinaryPrimitives.WriteInt16LittleEndian(head[34..], 16);
        "data"u8.CopyTo(head[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(head[40..], size);
    }
}

/// <summary>Writes what is kept of a sound: 8 kHz, one channel, PCM of 16 bit.</summary>
internal static class WavWriter
{
    public static byte[] Write(ReadOnlySpan<short> samples)
    {
        var size = samples.Length * sizeof(short);
        var file = new byte[WavHead.Length + size];
        WavHead.Write(file, channels: 1, (uint)size);
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(WavHead.Length + (i * sizeof(short))), samples[i]);
        return file;
    }
}
