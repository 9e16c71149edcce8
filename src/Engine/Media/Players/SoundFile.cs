using NAudio.Dsp;

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

    private Result<short[]> ToTelephone(CancellationToken stop)
    {
        List<short> whole = [];
        var made = new float[Block];
        var resampler = Rate == TelephoneRate ? null : Resampler();
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var count = Make(resampler, made, out var over);
            if (whole.Count + count > SoundTooLong.MostSeconds * TelephoneRate) return new SoundTooLong();
            foreach (var sample in made.AsSpan(0, count)) whole.Add((short)Math.Clamp(MathF.Round(sample), short.MinValue, short.MaxValue));
            if (over) return whole.Count == 0 ? new BadSound("it is empty") : whole.ToArray();
        }
    }

    private WdlResampler Resampler()
    {
        var resampler = new WdlResampler();
        // a sinc of so many points at the source's rate lets nothing above 4 kHz fold back into the band of a telephone
        resampler.SetMode(interp: true, filtercnt: 0, sinc: true, sinc_size: Rate > 48_000 ? 2048 : 512, sinc_interpsize: 32);
        resampler.SetFeedMode(wantInputDriven: false);
        resampler.SetRates(Rate, TelephoneRate);
        return resampler;
    }

    private int Make(WdlResampler? resampler, float[] made, out bool over)
    {
        if (resampler is null)
        {
            var same = Fill(made);
            over = same < made.Length;
            return same;
        }
        var wanted = resampler.ResamplePrepare(made.Length, 1, out var room);
        var got = Fill(room[..wanted]);
        over = got < wanted;
        return resampler.ResampleOut(made, got, made.Length, 1);
    }

    private int Fill(Span<float> room)
    {
        var filled = 0;
        while (filled < room.Length && Next(room[filled..]) is > 0 and var more) filled += more;
        return filled;
    }
}
