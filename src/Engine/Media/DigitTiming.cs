namespace Tccc.Media;

/// <summary>How long each key of those lasts that go out one after the other, whatever carries them. product.md §5 «Keypad».</summary>
public static class DigitTiming
{
    /// <summary>Stands among digits for a pause; it is no key itself.</summary>
    public const char Comma = ',';

    public static readonly TimeSpan Tone = TimeSpan.FromMilliseconds(120);

    /// <summary>Silence after each tone.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(80);

    /// <summary>What a comma waits.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>From the beginning of this digit to the beginning of the next.</summary>
    public static TimeSpan Of(char digit) => digit == Comma ? Pause : Tone + Gap;
}
