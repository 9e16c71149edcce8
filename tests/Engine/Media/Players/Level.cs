namespace Tccc.Media.Tests.Players;

/// <summary>How much of a frequency is in a sound (Goertzel): the amplitude of that sine wave.</summary>
internal static class Level
{
    public static double At(ReadOnlySpan<short> samples, double hertz, int rate = 8000)
    {
        double re = 0, im = 0;
        for (var n = 0; n < samples.Length; n++)
        {
            var window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / samples.Length));
            re += samples[n] * window * Math.Cos(2 * Math.PI * hertz * n / rate);
            im += samples[n] * window * Math.Sin(2 * Math.PI * hertz * n / rate);
        }
        return samples.IsEmpty ? 0 : 4 * Math.Sqrt((re * re) + (im * im)) / samples.Length;
    }
}
