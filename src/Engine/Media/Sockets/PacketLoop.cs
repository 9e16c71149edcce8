using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Tccc.Media.Sockets;

/// <summary>
/// The media thread: receives on all ports, gives each datagram to its handler, sends what that gave, and runs orders between.
/// </summary>
internal abstract class PacketLoop(MediaClock clock) : IDisposable
{
    private readonly ConcurrentQueue<Action> orders = new();
    private readonly ConcurrentQueue<UdpPort> released = new();
    private Thread? thread;
    private long received;
    private int waits;
    private volatile bool stopping;

    public long Received => Volatile.Read(ref received);

    /// <summary>The batch of the media thread.</summary>
    public abstract SendBatch Batch { get; }

    protected bool Stopping => stopping;

    protected MediaClock Clock => clock;

    /// <summary>The best loop of this system.</summary>
    public static PacketLoop New(MediaClock clock, bool portable) =>
        !portable && OperatingSystem.IsLinux()
            && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64
                ? new EpollLoop(clock)
                : new SelectLoop(clock);

    /// <summary>A batch for another thread.</summary>
    public abstract SendBatch NewBatch();

    public void Start()
    {
        thread = new Thread(Run) { Name = "media", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    /// <summary>Binds to all addresses of IPv4, or to all addresses; 0 is any free port. Null when the port is taken. Any thread.</summary>
    public abstract UdpPort? Bind(int number, bool dual, bool shared = false);

    /// <summary>Receives on this port, one of <see cref="Bind"/>, from now on; any thread.</summary>
    public abstract void Add(UdpPort port);

    /// <summary>
    /// Stops receiving on the port. It is closed by <see cref="CloseReleased"/>, so that no thread sends from a number that is another
    /// socket by then.
    /// </summary>
    public void Remove(UdpPort port)
    {
        Forget(port);
        // a media thread that waits holds no port; one that works may hold this one until its round is over
        if (Waits) released.Enqueue(port);
        else Post(() => released.Enqueue(port));
    }

    /// <summary>
    /// Closes ports that this loop has left; to be called by the other thread that sends, between its flush and its next packet.
    /// </summary>
    public void CloseReleased()
    {
        while (released.TryDequeue(out var port)) port.Dispose();
    }

    /// <summary>Runs an order on the media thread; any thread.</summary>
    public void Post(Action order)
    {
        orders.Enqueue(order);
        Wake();
    }

    public virtual void Dispose()
    {
        stopping = true;
        if (thread is null)
        {
            // never started: the orders that release ports wait still
            Run();
        }
        else
        {
            Wake();
            thread.Join();
        }
        CloseReleased();
    }

    /// <summary>
    /// The media thread waits for packets. Said with a full fence before, and taken back with one after, so that who has forgotten a port
    /// first sees it right.
    /// </summary>
    protected bool Waits
    {
        get => Interlocked.CompareExchange(ref waits, 0, 0) == 1;
        set => Interlocked.Exchange(ref waits, value ? 1 : 0);
    }

    /// <summary>Any thread.</summary>
    protected abstract void Forget(UdpPort port);

    protected abstract void Wake();

    /// <summary>One round: wait, receive, handle. The base runs orders and flushes.</summary>
    protected abstract void Round();

    protected void Count(int datagrams) => Volatile.Write(ref received, received + datagrams);

    private void Run()
    {
        while (!stopping)
        {
            Round();
            Batch.Flush();
            while (orders.TryDequeue(out var order)) order();
        }
        while (orders.TryDequeue(out var order)) order();
        Batch.Flush();
    }
}
