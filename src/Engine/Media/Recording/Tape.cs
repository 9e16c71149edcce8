using System.Buffers;
using System.Runtime.InteropServices;
using Tccc.Media.Codecs;

namespace Tccc.Media.Recording;

/// <summary>The channels of a recording in the order of the file.</summary>
internal enum Channel : byte
{
    /// <summary>What the recorded party says.</summary>
    Said,
    /// <summary>What people say to it.</summary>
    Heard,
}

/// <summary>What stands before the sound of each packet that waits.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct Label(long Ticks, uint Ssrc, uint Timestamp, ushort Length, AudioCodec Codec, Channel Channel)
{
    public static readonly int Size = Marshal.SizeOf<Label>();
}

/// <summary>
/// What waits of one recording between the threads that carry sound and the one that writes: packets as they are, with the time at which
/// they came. It holds <see cref="Recordings.MostWaiting"/> bytes at most; one more ends the recording. It begins at the front again
/// whenever it was emptied, so that of its memory only as much is ever touched as the storage makes wait.
/// </summary>
internal sealed class Tape(LegId leg, string path, TimeSpan begun)
{
    private readonly Lock gate = new();
    private byte[] waiting = ArrayPool<byte>.Shared.Rent(Recordings.MostWaiting);
    private int read;
    private int end;
    private volatile bool paused;
    private Ending? ending;

    public sealed record Ending(TimeSpan At, RecordingEnd How);

    public LegId Leg => leg;

    public string Path => path;

    public TimeSpan Begun => begun;

    /// <summary>What comes meanwhile is dropped.</summary>
    public bool Paused
    {
        set => paused = value;
    }

    /// <summary>Null while it goes on. Nothing is put after it.</summary>
    public Ending? Ended
    {
        get
        {
            lock (gate) return ending;
        }
    }

    /// <summary>Copies a packet's sound; allocates nothing.</summary>
    public void Put(Channel channel, AudioCodec codec, uint ssrc, uint timestamp, ReadOnlySpan<byte> sound, TimeSpan now)
    {
        if (paused || sound.IsEmpty) return;
        lock (gate)
        {
            if (ending is not null) return;
            var size = Label.Size + sound.Length;
            if (size > Recordings.MostWaiting - end)
            {
                ending = new Ending(now, RecordingEnd.TooFarBehind);
                return;
            }
            var room = waiting.AsSpan(end, size);
            MemoryMarshal.Write(room, new Label(now.Ticks, ssrc, timestamp, (ushort)sound.Length, codec, channel));
            sound.CopyTo(room[Label.Size..]);
            end += size;
        }
    }

    /// <summary>The first end counts.</summary>
    public void Stop(TimeSpan now, RecordingEnd how)
    {
        lock (gate) ending ??= new Ending(now, how);
    }

    /// <summary>All that waits, good until <see cref="Taken"/>. For the writer alone.</summary>
    public ReadOnlySpan<byte> Take()
    {
        lock (gate) return waiting.AsSpan(read, end - read);
    }

    public void Taken(int bytes)
    {
        lock (gate)
        {
            read += bytes;
            if (read == end) read = end = 0;
        }
    }

    /// <summary>Gives the memory back, once it has ended.</summary>
    public void Empty()
    {
        lock (gate)
        {
            ArrayPool<byte>.Shared.Return(waiting);
            (waiting, read, end) = ([], 0, 0);
        }
    }
}
