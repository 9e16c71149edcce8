using System.Net;
using System.Net.Sockets;

namespace EndToEnd.Peers;

/// <summary>
/// Ports nobody uses at the moment, each handed out once a run, below those that the system gives to whoever asks for any and above
/// those that Chromium opens no page at (10080 is the last).
/// </summary>
internal static class Ports
{
    private static int next = 11_000;

    /// <summary>
    /// The first of <paramref name="count"/> neighbours free for TCP and UDP alike (baresip also takes the port after its own).
    /// </summary>
    public static int Free(int count = 2)
    {
        while (true)
        {
            var first = Interlocked.Add(ref next, count) - count;
            if (Enumerable.Range(first, count).All(IsFree)) return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Any, port));
            using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
