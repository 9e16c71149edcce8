using Tccc.Media.Codecs;

namespace Tccc.Media.Tests.Codecs;

public class G711Tests
{
    // ITU-T G.711 tables 1a and 2a: decoder output values of the positive half, scaled to 16 bits (x4 for µ-law of 14 bits, x8 for A-law of
    // 13)
    private static readonly int[] UlawSegmentStarts = [0, 132, 396, 924, 1980, 4092, 8316, 16764];
    private static readonly int[] AlawSegmentStarts = [8, 264, 528, 1056, 2112, 4224, 8448, 16896];

    // tables 3 and 4, by decoder value numbers from 1
    private static readonly byte[] UlawToAlaw =
    [
        1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
        25, 27, 29, 31, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 46, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
        64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96,
        97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123,
        124, 125, 126, 127, 128,
    ];

    private static readonly byte[] AlawToUlaw =
    [
        1, 3, 5, 7, 9, 11, 13, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 32, 33, 33, 34, 34, 35, 35,
        36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 48, 49, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 64,
        65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95,
        96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122,
        123, 124, 125, 126, 127,
    ];

    [Fact]
    public void Decoded_values_are_those_of_the_ITU_tables()
    {
        for (var number = 0; number < 128; number++)
        {
            var segment = number / 16;
            var u = UlawSegmentStarts[segment] + ((number % 16) * (8 << segment));
            Assert.Equal(u, G711.Decode(AudioCodec.Pcmu, (byte)(0xFF ^ number)));
            Assert.Equal(-u, G711.Decode(AudioCodec.Pcmu, (byte)(0x7F ^ number)));
            var a = AlawSegmentStarts[segment] + ((number % 16) * (16 << Math.Max(0, segment - 1)));
            Assert.Equal(a, G711.Decode(AudioCodec.Pcma, (byte)((0x80 | number) ^ 0x55)));
            Assert.Equal(-a, G711.Decode(AudioCodec.Pcma, (byte)(number ^ 0x55)));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_sample_becomes_the_value_of_its_interval(bool alaw)
    {
        var codec = alaw ? AudioCodec.Pcma : AudioCodec.Pcmu;
        for (var sample = (int)short.MinValue; sample <= short.MaxValue; sample++)
        {
            var code = G711.Encode(codec, (short)sample);
            var segment = ((alaw ? code ^ 0x55 : ~code) & 0x70) >> 4;
            // each value stands in the middle of its interval; beyond the last interval everything is the last value
            var half = alaw ? 8 << Math.Max(0, segment - 1) : 4 << segment;
            var meant = Math.Clamp(sample, -32635, 32635);
            Assert.True(Math.Abs(G711.Decode(codec, code) - meant) <= half, $"{sample} became {G711.Decode(codec, code)}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decoding_and_encoding_again_changes_no_byte(bool alaw)
    {
        var codec = alaw ? AudioCodec.Pcma : AudioCodec.Pcmu;
        for (var b = 0; b < 256; b++)
        {
            // µ-law has two zeros; the positive one is written
            if (!alaw && b == 0x7F) continue;
            Assert.Equal(b, G711.Encode(codec, G711.Decode(codec, (byte)b)));
        }
    }

    [Fact]
    public void One_law_becomes_the_other_as_tables_3_and_4_say()
    {
        Span<byte> to = stackalloc byte[1];
        for (var number = 0; number < 128; number++)
        {
            foreach (var negative in (ReadOnlySpan<int>)[0, 0x80])
            {
                G711.Transcode(AudioCodec.Pcmu, [(byte)(0xFF ^ number ^ negative)], to);
                Assert.Equal((byte)((0x80 | (UlawToAlaw[number] - 1)) ^ 0x55 ^ negative), to[0]);
                G711.Transcode(AudioCodec.Pcma, [(byte)((0x80 | number) ^ 0x55 ^ negative)], to);
                Assert.Equal((byte)(0xFF ^ AlawToUlaw[number] ^ negative), to[0]);
            }
        }
    }

    [Fact]
    public void Silence_stays_silence()
    {
        Span<byte> to = stackalloc byte[1];
        G711.Transcode(AudioCodec.Pcmu, [G711.UlawSilence], to);
        Assert.Equal(G711.AlawSilence, to[0]);
        Assert.InRange((int)G711.Decode(AudioCodec.Pcma, G711.AlawSilence), 0, 8);
        Assert.Equal(0, G711.Decode(AudioCodec.Pcmu, G711.UlawSilence));
    }
}
