using System.Runtime.InteropServices;
using static Tccc.Media.Sockets.LinuxSockets;

namespace Tccc.Media.Sockets;

/// <summary>
/// Two lanes: all browsers leave by one port, hence in one call; phones leave by a port each, so there only neighbours from the same port
/// do.
/// </summary>
internal sealed unsafe class LinuxSendBatch : SendBatch
{
    private const int Slots = 64;

    private readonly Lane shared = new();
    private readonly Lane own = new();

    public override Span<byte> Next(UdpPort port)
    {
        var lane = port.Shared ? shared : own;
        if (lane.Count == Slots) Send(lane);
        return new Span<byte>(lane.Messages[lane.Count].Vectors->Base, Room);
    }

    public override void Commit(UdpPort port, PeerAddress to, int length)
    {
        var lane = port.Shared ? shared : own;
        var message = lane.Messages + lane.Count;
        message->NameLength = (uint)to.WriteSockaddr(new Span<byte>(message->Name, PeerAddress.MaxSockaddrLength));
        message->Vectors->Length = (nuint)length;
        lane.Fds[lane.Count++] = ((LinuxPort)port).Fd;
    }

    public override void Flush()
    {
        if (own.Count > 0) Send(own);
        if (shared.Count > 0) Send(shared);
    }

    public override void Dispose()
    {
        shared.Dispose();
        own.Dispose();
    }

    private void Send(Lane lane)
    {
        var good = 0;
        for (var at = 0; at < lane.Count;)
        {
            var end = at + 1;
            while (end < lane.Count && lane.Fds[end] == lane.Fds[at]) end++;
            good += SendRun(lane.Fds[at], lane.Messages + at, end - at);
            at = end;
        }
        Count(good, lane.Count - good);
        lane.Count = 0;
    }

    // The kernel stops at the first message it refuses: that one is lost, the next may still go (another peer). A full buffer loses the
    // rest.
    private static int SendRun(int fd, Message* messages, int count)
    {
        var good = 0;
        for (var at = 0; at < count;)
        {
            var sent = LinuxSockets.Send(fd, messages + at, (uint)(count - at), DontWait);
            if (sent > 0)
            {
                good += sent;
                at += sent;
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            if (error == TryAgain) break;
            if (error != Interrupted) at++;
        }
        return good;
    }

    private sealed class Lane : IDisposable
    {
        public readonly Message* Messages = MessageRing.New(Slots);
        public readonly int[] Fds = new int[Slots];
        public int Count;

        public void Dispose() => MessageRing.Free(Messages);
    }
}
