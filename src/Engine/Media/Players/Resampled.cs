using NAudio.Dsp;

namespace Tccc.Media.Players;

/// <summary>A sound of any rate, as a telephone hears it.</summary>
internal sealed class Resampled : SoundFile
{
    private readonly SoundFile source;
    private readonly WdlResampler resampler = new();
    private bool over;

    public Resampled(SoundFile source) : base(TelephoneRate)
    {
        this.source = source;
        // a sinc of so many points at the source's rate lets nothing above 4 kHz fold back into the band of a telephone
        resampler.SetMode(interp: true, filtercnt: 0, sinc: true, sinc_size: source.Rate > 48_000 ? 2048 : 512, sinc_interpsize: 32);
        resampler.SetFeedMode(wantInputDriven: false);
        resampler.SetRates(source.Rate, TelephoneRate);
    }

    public override int Next(Span<float> samples)
    {
        var made = 0;
        while (made == 0 && !over)
        {
            var wanted = resampler.ResamplePrepare(samples.Length, 1, out var room);
            var got = source.Fill(room[..wanted]);
            over = got < wanted;
            made = resampler.ResampleOut(samples, got, samples.Length, 1);
        }
        return made;
    }
}
