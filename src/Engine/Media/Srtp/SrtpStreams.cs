using System.Runtime.CompilerServices;

namespace Tccc.Media;

/// <summary>What is known of one SSRC: the highest index and which of the ones below it were seen, RFC 3711 §3.3.2.</summary>
internal struct SrtpStream
{
    /// <summary>Packets that may come late before they count as replayed.</summary>
    public const int WindowSize = 128;

    public uint Ssrc;

    /// <summary>Rises with every packet of any stream; tells which was silent longest.</summary>
    public ulong LastUse;

    private ulong highest;
    private UInt128 seen;
    private bool started;

    /// <summary>The 48-bit index that a sequence number most likely has, §3.3.1; -1 when it would lie before the first.</summary>
    public readonly long Estimate(ushort sequence)
    {
        if (!started) return sequence;
        var roc = (long)(highest >> 16);
        var last = (int)(highest & 0xFFFF);
        if (last < 0x8000 && sequence - last > 0x8000) roc--;
        else if (last >= 0x8000 && last - 0x8000 > sequence) roc++;
        return roc < 0 ? -1 : roc << 16 | sequence;
    }

    /// <summary>The index that follows the highest.</summary>
    public readonly ulong Next => started ? highest + 1 : 0;

    public readonly bool IsFresh(ulong index)
    {
        if (!started || index > highest) return true;
        var age = highest - index;
        return age < WindowSize && (seen >> (int)age & UInt128.One) == UInt128.Zero;
    }

    /// <summary>Notes an index as used; call it only once its packet is authenticated.</summary>
    public void Note(ulong index)
    {
        if (!started) (started, highest, seen) = (true, index, UInt128.One);
        else if (index > highest)
        {
            var step = index - highest;
            seen = (step >= WindowSize ? UInt128.Zero : seen << (int)step) | UInt128.One;
            highest = index;
        }
        else seen |= UInt128.One << (int)(highest - index);
    }
}

/// <summary>The SSRCs of one direction, RTP or RTCP: a handful, so a plain search beats any table.</summary>
/// <param name="forgets">
/// When all places are taken, the one silent longest goes. For who receives only: a sender that forgot an index would use it twice.
/// </param>
internal sealed class SrtpStreams(bool forgets = false)
{
    /// <summary>SSRCs that one direction of one leg may have, RTP and RTCP counted apart.</summary>
    public const int MaxStreams = 16;

    private SrtpStream[] streams = new SrtpStream[1];
    private int count;
    private ulong uses;

    /// <summary>
    /// The stream of an SSRC. One that is not known gets a place that is its own only after <see cref="Keep"/>, so a packet
    /// that fails its tag leaves nothing behind. Null reference when all places are taken.
    /// </summary>
    public ref SrtpStream Find(uint ssrc)
    {
        for (var i = 0; i < count; i++)
            if (streams[i].Ssrc == ssrc) return ref streams[i];
        if (count == MaxStreams && !forgets) return ref Unsafe.NullRef<SrtpStream>();
        // with one place beyond the last, for who has not shown the key yet
        if (count == streams.Length) Array.Resize(ref streams, Math.Min(2 * count, MaxStreams + 1));
        streams[count] = new() { Ssrc = ssrc };
        return ref streams[count];
    }

    /// <summary>Keeps the stream that the last <see cref="Find"/> gave.</summary>
    public void Keep(ref SrtpStream stream)
    {
        stream.LastUse = ++uses;
        if (count == streams.Length || !Unsafe.AreSame(ref stream, ref streams[count])) return;
        if (count < MaxStreams) count++;
        else streams[Stalest()] = stream;
    }

    private int Stalest()
    {
        var found = 0;
        for (var i = 1; i < count; i++)
            if (streams[i].LastUse < streams[found].LastUse) found = i;
        return found;
    }
}
