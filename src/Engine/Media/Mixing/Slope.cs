using Tccc.Media.Codecs;

namespace Tccc.Media.Mixing;

/// <summary>A step from one sound to another becomes a slope, so that nothing clicks.</summary>
internal static class Slope
{
    /// <summary>Samples of it, 4 ms: no click any more, and no sound that is missed.</summary>
    public const int Length = 32;

    /// <summary>Leads from the sample that was heard last into a payload, which is not empty.</summary>
    public static void LeadInto(Span<byte> payload, AudioCodec codec, short last)
    {
        var step = last - G711.Decode(codec, payload[0]);
        for (var i = 0; i < Math.Min(Length, payload.Length); i++)
            payload[i] = G711.Encode(codec, At(G711.Decode(codec, payload[i]), step, Length - 1 - i));
    }

    /// <summary>A sample with so many of the slope still to come.</summary>
    public static short At(int sample, int step, int left) =>
        (short)Math.Clamp(sample + (step * left / Length), short.MinValue, short.MaxValue);
}
