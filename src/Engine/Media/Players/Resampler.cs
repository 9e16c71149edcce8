namespace Tccc.Media.Players;

/// <summary>Any rate to 8 kHz by a windowed sinc (Blackman), which lets nothing above 4 kHz fold back into the band of a telephone.</summary>
internal static class Resampler
{
    private const int Rate = 8000;

    // zero crossings on each side of the kernel: about 70 dB down within 400 Hz
    private const int Crossings = 24;

    /// <summary>The pass band as a share of the lower rate's half.</summary>
    private const double PassBand = 0.92;

    public static short[] To8000(ReadOnlySpan<float> sound, int rate)
    {
        var output = new short[(int)Math.Max(1, (long)sound.Length * Rate / rate)];
        if (rate == Rate)
        {
            for (var i = 0; i < output.Length; i++) output[i] = Clamp(sound[i]);
            return output;
        }
        var cutoff = PassBand * Math.Min(1.0, (double)Rate / rate);
        var half = (int)Math.Ceiling(Crossings / cutoff);
        // the same fractions come again after so many output samples
        var phases = Rate / (int)System.Numerics.BigInteger.GreatestCommonDivisor(Rate, rate);
        var kernels = phases <= 512 ? new float[phases][] : null;
        for (var n = 0; n < output.Length; n++)
        {
            var position = (double)((long)n * rate) / Rate;
            var centre = (int)Math.Floor(position);
            float[] kernel;
            if (kernels is null) kernel = Kernel(position - centre, cutoff, half);
            else kernel = kernels[n % phases] ??= Kernel(position - centre, cutoff, half);
            output[n] = Clamp(Convolve(sound, centre - half + 1, kernel));
        }
        return output;
    }

    private static float[] Kernel(double fraction, double cutoff, int half)
    {
        var kernel = new float[2 * half];
        for (var i = 0; i < kernel.Length; i++)
        {
            var x = i - half + 1 - fraction;
            var angle = Math.PI * (x / half);
            var window = Math.Abs(x) >= half ? 0 : 0.42 + (0.5 * Math.Cos(angle)) + (0.08 * Math.Cos(2 * angle));
            kernel[i] = (float)(cutoff * Sinc(cutoff * x) * window);
        }
        return kernel;
    }

    private static float Convolve(ReadOnlySpan<float> sound, int start, float[] kernel)
    {
        var from = Math.Max(0, -start);
        var to = Math.Min(kernel.Length, sound.Length - start);
        var sum = 0f;
        for (var i = from; i < to; i++) sum += sound[start + i] * kernel[i];
        return sum;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static short Clamp(float value) => (short)Math.Clamp(MathF.Round(value), short.MinValue, short.MaxValue);
}
