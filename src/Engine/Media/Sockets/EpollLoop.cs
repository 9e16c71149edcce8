using System.Runtime.InteropServices;
using static Tccc.Media.Sockets.LinuxSockets;

namespace Tccc.Media.Sockets;

/// <summary>Linux: epoll tells which ports have something, recvmmsg takes all of it at once, sendmmsg sends all that came of it.</summary>
internal sealed unsafe class EpollLoop : PacketLoop
{
    private const int MostAtOnce = 32;
    private const int EventsAtOnce = 128;
    private const int WakeSlot = 0;

    private readonly int epoll;
    private readonly int wake;
    private readonly byte* events;
    private readonly Message* messages;
    private readonly LinuxSendBatch batch = new();
    private readonly Lock table = new();
    private readonly Stack<int> freeSlots = new();
    private volatile LinuxPort?[] ports = new LinuxPort?[64];
    private int slots = WakeSlot + 1;

    public EpollLoop(MediaClock clock) : base(clock)
    {
        epoll = Check(EpollCreate(0x80000));
        wake = Check(EventFd(0, 0x80800));
        events = (byte*)NativeMemory.AllocZeroed((nuint)(EventsAtOnce * EventSize));
        messages = MessageRing.New(MostAtOnce);
        Watch(EpollAdd, wake, WakeSlot);
    }

    public override SendBatch Batch => batch;

    public override SendBatch NewBatch() => new LinuxSendBatch();

    public override UdpPort? Bind(int number, bool dual, bool shared = false) => LinuxPort.TryBind(number, dual, shared);

    public override void Add(UdpPort port)
    {
        var added = (LinuxPort)port;
        lock (table)
        {
            if (!freeSlots.TryPop(out var slot)) slot = slots++;
            var all = ports;
            if (slot >= all.Length)
            {
                Array.Resize(ref all, all.Length * 2);
                ports = all;
            }
            all[slot] = added;
            added.Slot = slot;
        }
        Watch(EpollAdd, added.Fd, added.Slot);
    }

    public override void Dispose()
    {
        base.Dispose();
        batch.Dispose();
        _ = Close(epoll);
        _ = Close(wake);
        NativeMemory.Free(events);
        MessageRing.Free(messages);
    }

    protected override void Forget(UdpPort port)
    {
        var forgotten = (LinuxPort)port;
        var unused = stackalloc byte[16];
        _ = EpollControl(epoll, EpollDelete, forgotten.Fd, unused);
        lock (table)
        {
            ports[forgotten.Slot] = null;
            freeSlots.Push(forgotten.Slot);
        }
    }

    protected override void Wake()
    {
        ulong one = 1;
        _ = Write(wake, &one, sizeof(ulong));
    }

    protected override void Round()
    {
        Waits = true;
        var count = EpollWait(epoll, events, EventsAtOnce, -1);
        Waits = false;
        var all = ports;
        for (var i = 0; i < count; i++)
        {
            var slot = *(int*)(events + (i * EventSize) + EventData);
            if (slot == WakeSlot) Drain();
            else if (all[slot] is { } port) Receive(port);
        }
    }

    private void Receive(LinuxPort port)
    {
        var count = LinuxSockets.Receive(port.Fd, messages, MostAtOnce, DontWait, null);
        if (count <= 0 || port.Handler is not { } handler) return;
        var now = Clock.Now;
        for (var i = 0; i < count; i++)
        {
            var message = messages + i;
            var from = PeerAddress.FromSockaddr(new ReadOnlySpan<byte>(message->Name, (int)message->NameLength));
            // longer than any RTP over a real network: the rest was cut off, so it is no packet any more
            if (message->Bytes < MessageRing.Room)
                handler.On(port, new Span<byte>(message->Vectors->Base, (int)message->Bytes), from, now, batch);
            message->NameLength = PeerAddress.MaxSockaddrLength;
        }
        Count(count);
    }

    private void Drain()
    {
        ulong value;
        _ = Read(wake, &value, sizeof(ulong));
    }

    private void Watch(int operation, int fd, int slot)
    {
        var change = stackalloc byte[16];
        *(uint*)change = EpollIn;
        *(long*)(change + EventData) = slot;
        Check(EpollControl(epoll, operation, fd, change));
    }

    private static int Check(int result) =>
        result >= 0
            ? result
            : throw new MediaStartException($"The media sockets can't be watched: system error {Marshal.GetLastPInvokeError()}.");
}

/// <summary>Messages that point at their own buffers and addresses, made once.</summary>
internal static unsafe class MessageRing
{
    public const int Room = 2048;

    private const int AddressRoom = 32;

    public static Message* New(int count)
    {
        var each = sizeof(Message) + sizeof(IoVector) + AddressRoom + Room;
        var memory = (byte*)NativeMemory.AllocZeroed((nuint)(count * each));
        var messages = (Message*)memory;
        var vectors = (IoVector*)(messages + count);
        var addresses = (byte*)(vectors + count);
        var buffers = addresses + (count * AddressRoom);
        for (var i = 0; i < count; i++)
        {
            vectors[i].Base = buffers + (i * Room);
            vectors[i].Length = Room;
            messages[i].Name = addresses + (i * AddressRoom);
            messages[i].NameLength = PeerAddress.MaxSockaddrLength;
            messages[i].Vectors = vectors + i;
            messages[i].VectorCount = 1;
        }
        return messages;
    }

    public static void Free(Message* messages) => NativeMemory.Free(messages);
}
