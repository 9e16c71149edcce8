namespace Tccc.Media.Players;

/// <summary>The sounds that are there without a file, made of sine waves.</summary>
internal static class BuiltInClips
{
    private const int Rate = 8000;

    // C D E G of two octaves: no two of them, nor their overtones, meet at the 440 Hz and 1 kHz that measuring tones have
    private static readonly double[] Scale = [261.63, 293.66, 329.63, 392.00, 523.25, 587.33, 659.26, 783.99];

    // eight bars of eight notes, as steps of the scale; -1 rests
    private static readonly int[] Melody =
    [
        0, 2, 3, 4, 6, 4, 3, 2, 1, 3, 4, 5, 7, 5, 4, 3,
        2, 3, 4, 6, 7, 6, 4, 3, 0, 2, 3, 4, 3, 2, 0, -1,
    ];

    /// <summary>
    /// A slow run of soft plucked notes, 12.8 s; what rings on at the end rings into the beginning, so that it loops unheard.
    /// </summary>
    public static Clip HoldMusic()
    {
        const int NoteSamples = Rate * 2 / 5;
        var sound = new double[Melody.Length * NoteSamples];
        for (var i = 0; i < Melody.Length; i++)
        {
            if (Melody[i] < 0) continue;
            Pluck(sound, i * NoteSamples, Scale[Melody[i]], 2200);
            if (i % 8 == 0) Pluck(sound, i * NoteSamples, Scale[Melody[i]] / 2, 1600);
        }
        return Clip.From(Array.ConvertAll(sound, s => (short)s));
    }

    /// <summary>Ring-back as China's networks give it (GB 3380): 450 Hz, 1 s on, 4 s off.</summary>
    public static Clip RingBack()
    {
        var sound = new short[5 * Rate];
        Tone(sound.AsSpan(0, Rate), 450, 4000);
        return Clip.From(sound);
    }

    /// <summary>Two short rising tones.</summary>
    public static Clip AnswerBeep()
    {
        var sound = new short[Rate * 28 / 100];
        Tone(sound.AsSpan(0, Rate / 10), 587.33, 5000);
        Tone(sound.AsSpan(Rate * 14 / 100, Rate / 10), 783.99, 5000);
        return Clip.From(sound);
    }

    private static void Pluck(double[] sound, int at, double hertz, double level)
    {
        const int Length = 2 * Rate;
        const int Attack = Rate / 100;
        for (var n = 0; n < Length; n++)
        {
            var envelope = Math.Min(1, (double)n / Attack) * Math.Exp(-3.0 * n / Rate) * Math.Min(1, (double)(Length - n) / Attack);
            sound[(at + n) % sound.Length] += level * envelope * Math.Sin(2 * Math.PI * hertz * n / Rate);
        }
    }

    private static void Tone(Span<short> sound, double hertz, double level)
    {
        const int Edge = Rate / 200;
        for (var n = 0; n < sound.Length; n++)
        {
            var envelope = Math.Min(1, Math.Min(n, sound.Length - 1 - n) / (double)Edge);
            sound[n] = (short)(level * envelope * Math.Sin(2 * Math.PI * hertz * n / Rate));
        }
    }
}
