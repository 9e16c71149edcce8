using NLayer;

namespace Tccc.Media.Players;

/// <summary>
/// An MPEG audio file (ISO/IEC 11172-3), decoded by NLayer. Where a file breaks in the middle, what stands before is what there is.
/// </summary>
internal sealed class Mp3File : SoundFile
{
    private readonly MpegFile decoder;
    private readonly int channels;
    private float[] frames = [];

    private Mp3File(MpegFile decoder) : base(decoder.SampleRate) => (this.decoder, channels) = (decoder, decoder.Channels);

    public static Result<SoundFile> Open(ReadOnlyMemory<byte> file)
    {
        if (!IsMpeg(file.Span)) return new BadSound("it is neither a WAV nor an MP3");
        try
        {
            var decoder = new MpegFile(new MemoryStream(file.ToArray(), writable: false));
            return decoder.SampleRate is >= LeastRate and <= MostRate && decoder.Channels is >= 1 and <= MostChannels
                ? new Mp3File(decoder) : new BadSound("no sound is found in it");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // whatever a decoder makes of a stranger's bytes, it is the file's fault
            return new BadSound("no sound is found in it");
        }
    }

    public override int Next(Span<float> samples)
    {
        if (frames.Length < samples.Length * channels) frames = new float[samples.Length * channels];
        var read = Decode(frames.AsSpan(0, samples.Length * channels)) / channels;
        for (var i = 0; i < read; i++)
        {
            var sum = 0f;
            for (var channel = 0; channel < channels; channel++) sum += Bounded(frames[(i * channels) + channel]);
            samples[i] = sum / channels;
        }
        return read;
    }

    private int Decode(Span<float> to)
    {
        try
        {
            return Math.Max(0, decoder.ReadSamples(to));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return 0;
        }
    }

    // an ID3 tag, or the eleven set bits of a frame (§2.4.2.3)
    private static bool IsMpeg(ReadOnlySpan<byte> file) => file is [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, >= 0xE0, ..];
}
