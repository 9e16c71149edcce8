namespace Tccc.Media.Quality;

/// <summary>
/// Which sequence numbers of a source came. What is missing is lost when <see cref="Depth"/> higher numbers are known, so that what comes
/// out of order is no loss, and what comes twice hides none. The media thread writes; others read counts that may be a packet old.
/// </summary>
internal sealed class LossWindow
{
    /// <summary>Numbers that a packet may be late, 320 ms of sound: no listener waits longer for one.</summary>
    public const int Depth = 16;

    // bit i: the number that is i below the highest came
    private uint seen;
    private int filled;
    private bool missed;
    private long expected;
    private long lost;
    private long bursts;

    /// <summary>Numbers that came or are lost, of all sources so far.</summary>
    public long Expected => Volatile.Read(ref expected);

    public long Lost => Volatile.Read(ref lost);

    /// <summary>How often one or more in a row were lost.</summary>
    public long Bursts => Volatile.Read(ref bursts);

    /// <summary>The first number of a source; what lies between it and the last of the one before is no loss.</summary>
    public void Begin()
    {
        while (filled > 0) Settle(filled--);
        (seen, filled, missed) = (1, 1, false);
    }

    /// <summary>A number so many above the highest, or the highest again.</summary>
    public void Forward(int step)
    {
        for (; step > 0; step--)
        {
            if (filled == Depth) Settle(Depth);
            else filled++;
            seen <<= 1;
        }
        seen |= 1;
    }

    /// <summary>A number so many below the highest: late, or a second time.</summary>
    public void Back(int behind)
    {
        if (behind < filled) seen |= 1u << behind;
    }

    private void Settle(int place)
    {
        var came = (seen >> (place - 1) & 1) != 0;
        Volatile.Write(ref expected, expected + 1);
        if (!came)
        {
            Volatile.Write(ref lost, lost + 1);
            if (!missed) Volatile.Write(ref bursts, bursts + 1);
        }
        missed = !came;
    }
}
