namespace Tccc.Media.Players;

/// <summary>
/// A sound as a file holds it, read bit by bit: its rate, and its samples mixed to one channel, full scale being that of 16 bit.
/// </summary>
internal abstract class SoundFile(int rate)
{
    /// <summary>What a telephone hears.</summary>
    public const int TelephoneRate = 8000;

    public const int LeastRate = 4000, MostRate = 192_000, MostChannels = 8;

    private const float Full = 32768;
    private const int Block = 4096;

    public int Rate => rate;

    /// <summary>The whole sound at 8 kHz. What comes of it is bounded while it grows; says what is wrong, never throws on input.</summary>
    public static Result<short[]> Read(ReadOnlyMemory<byte> file, CancellationToken stop = default)
    {
        var opened = WavFile.Is(file.Span) ? WavFile.Open(file) : Mp3File.Open(file);
        return opened.Ok ? opened.Value.ToTelephone(stop) : opened.Error;
    }

    /// <summary>The next samples; 0 at the end, or where nothing more can be made of the file.</summary>
    public abstract int Next(Span<float> samples);

    /// <summary>A sample that is a number within full scale, whatever the file says.</summary>
    protected static float Bounded(float sample) => float.IsNaN(sample) ? 0 : Math.Clamp(sample * Full, -Full, Full);

    /// <summary>As many samples as there are, if they are fewer than there is room.</summary>
    protected internal int Fill(Span<float> room)
    {
        var filled = 0;
        while (filled < room.Length && Next(room[filled..]) is > 0 and var more) filled += more;
        return filled;
    }

    private Result<short[]> ToTelephone(CancellationToken stop)
    {
        var source = Rate == TelephoneRate ? this : new Resampled(this);
        List<short> whole = [];
        var made = new float[Block];
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var count = source.Fill(made);
            if (whole.Count + count > SoundTooLong.MostSeconds * TelephoneRate) return new SoundTooLong();
            foreach (var sample in made.AsSpan(0, count)) whole.Add((short)Math.Clamp(MathF.Round(sample), short.MinValue, short.MaxValue));
            if (count < made.Length) return whole.Count == 0 ? new BadSound("it is empty") : whole.ToArray();
        }
    }
}
