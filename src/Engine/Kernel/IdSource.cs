namespace Tccc;

/// <summary>
/// Makes ids: 41 bits of milliseconds since 2026-01-01 UTC, 10 bits of cell, 12 bits of sequence. Ids of one process
/// rise strictly, also when the clock steps back, and those of a process that is told <see cref="After"/> go on where another's ended. Safe
/// to call from any thread.
/// </summary>
public sealed class IdSource(TimeProvider time, int cell = 0)
{
    /// <summary>The highest cell number.</summary>
    public const int MaxCell = 1023;

    private const int SequenceBits = 12;
    private const int CellBits = 10;
    private const long SequenceMask = (1 << SequenceBits) - 1;
    private static readonly long Epoch = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly long cell = cell is >= 0 and <= MaxCell ? cell : throw new ArgumentOutOfRangeException(nameof(cell));
    private long last;

    /// <summary>The next id of the kind asked for.</summary>
    public TId Next<TId>() where TId : struct, IId<TId> => TId.From(Next());

    /// <summary>When an id was made, to the millisecond, or a little later than that where very many were made in one.</summary>
    public static DateTimeOffset MadeAt(long id) => DateTimeOffset.FromUnixTimeMilliseconds(Epoch + (id >> (SequenceBits + CellBits)));

    /// <summary>From now on ids are higher than this one, which an earlier process made, whatever the clock says.</summary>
    public void After(long highest)
    {
        // the last of its millisecond, of whichever cell it is
        var least = ((highest >> (SequenceBits + CellBits)) << SequenceBits) | SequenceMask;
        for (var seen = Volatile.Read(ref last); seen < least; seen = Volatile.Read(ref last))
            Interlocked.CompareExchange(ref last, least, seen);
    }

    /// <summary>The next id as a bare number, for rows that nothing outside their table names.</summary>
    public long Next()
    {
        while (true)
        {
            // One counter holds milliseconds and sequence, so a full sequence simply borrows from the next millisecond.
            var seen = Volatile.Read(ref last);
            var next = Math.Max(seen + 1, Math.Max(1, time.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << SequenceBits);
            if (Interlocked.CompareExchange(ref last, next, seen) != seen) continue;
            return ((next >> SequenceBits) << (SequenceBits + CellBits)) | (cell << SequenceBits) | (next & SequenceMask);
        }
    }
}
