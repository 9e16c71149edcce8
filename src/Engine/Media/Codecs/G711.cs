namespace Tccc.Media.Codecs;

/// <summary>The two laws of ITU-T G.711.</summary>
internal enum AudioCodec : byte
{
    Pcmu,
    Pcma,
}

/// <summary>ITU-T G.711: A-law and µ-law to and from 16-bit linear, and from one law to the other (its tables 3 and 4).</summary>
internal static class G711
{
    private const int Bias = 0x84;
    private const int Clip = 32635;

    /// <summary>µ-law and A-law bytes that decode to (as good as) nothing.</summary>
    public const byte UlawSilence = 0xFF, AlawSilence = 0xD5;

    private static readonly short[] FromUlaw = Table(DecodeUlaw);
    private static readonly short[] FromAlaw = Table(DecodeAlaw);
    private static readonly byte[] UlawToAlaw = LawTable(ulaw: true);
    private static readonly byte[] AlawToUlaw = LawTable(ulaw: false);

    public static short Decode(AudioCodec codec, byte value) => codec == AudioCodec.Pcmu ? FromUlaw[value] : FromAlaw[value];

    public static byte Encode(AudioCodec codec, short sample) => codec == AudioCodec.Pcmu ? EncodeUlaw(sample) : EncodeAlaw(sample);

    public static byte Silence(AudioCodec codec) => codec == AudioCodec.Pcmu ? UlawSilence : AlawSilence;

    public static string Name(AudioCodec codec) => codec == AudioCodec.Pcmu ? "PCMU" : "PCMA";

    /// <summary>From one law to the other; <paramref name="to"/> is at least as long as <paramref name="from"/>.</summary>
    public static void Transcode(AudioCodec source, ReadOnlySpan<byte> from, Span<byte> to)
    {
        var table = source == AudioCodec.Pcmu ? UlawToAlaw : AlawToUlaw;
        to = to[..from.Length];
        for (var i = 0; i < to.Length; i++) to[i] = table[from[i]];
    }

    private static short DecodeUlaw(byte value)
    {
        var u = ~value & 0xFF;
        var magnitude = ((((u & 0x0F) << 3) + Bias) << ((u & 0x70) >> 4)) - Bias;
        return (short)((u & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static short DecodeAlaw(byte value)
    {
        var a = value ^ 0x55;
        var segment = (a & 0x70) >> 4;
        var magnitude = ((a & 0x0F) << 4) + 8;
        if (segment > 0) magnitude = (magnitude + 0x100) << (segment - 1);
        return (short)((a & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static byte EncodeUlaw(short sample)
    {
        var magnitude = Math.Min(Math.Abs((int)sample), Clip) + Bias;
        var segment = 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)magnitude) - 7;
        var code = (sample < 0 ? 0x80 : 0) | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F);
        return (byte)~code;
    }

    private static byte EncodeAlaw(short sample)
    {
        // A-law has no zero: -1..-16 is the first negative step
        var magnitude = sample >= 0 ? sample : ~sample;
        var segment = magnitude < 256 ? 0 : 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)magnitude) - 7;
        var code = (segment << 4) | ((magnitude >> (segment == 0 ? 4 : segment + 3)) & 0x0F);
        return (byte)((sample >= 0 ? code | 0x80 : code) ^ 0x55);
    }

    private static short[] Table(Func<byte, short> decode)
    {
        var table = new short[256];
        for (var i = 0; i < 256; i++) table[i] = decode((byte)i);
        return table;
    }

    // Tables 3 and 4 run by decoder value numbers; regular but for where a step of one law meets two of the other.
    private static byte[] LawTable(bool ulaw)
    {
        var table = new byte[256];
        for (var number = 0; number < 128; number++)
        {
            if (ulaw)
            {
                table[0xFF ^ number] = (byte)((0x80 | AlawNumber(number)) ^ 0x55);
                table[0x7F ^ number] = (byte)(AlawNumber(number) ^ 0x55);
            }
            else
            {
                table[(0x80 | number) ^ 0x55] = (byte)(0xFF ^ UlawNumber(number));
                table[number ^ 0x55] = (byte)(0x7F ^ UlawNumber(number));
            }
        }
        return table;
    }

    private static int AlawNumber(int ulaw) => ulaw switch
    {
        < 16 => ulaw / 2,
        < 33 => ulaw - 8,
        < 37 => (2 * ulaw) - 40,
        < 48 => ulaw - 4,
        < 50 => (2 * ulaw) - 51,
        < 64 => ulaw - 2,
        < 80 => ulaw - 1,
        80 => 79,
        _ => ulaw,
    };

    private static int UlawNumber(int alaw) => alaw switch
    {
        < 8 => (2 * alaw) + 1,
        < 24 => alaw + 8,
        < 32 => 32 + ((alaw - 24) / 2),
        < 44 => alaw + 4,
        < 48 => 48 + ((alaw - 44) / 2),
        < 62 => alaw + 2,
        < 64 => 64,
        < 79 => alaw + 1,
        _ => alaw,
    };
}
