using System.ComponentModel;

namespace Tccc.Media.Sockets;

/// <summary>
/// Hands out pairs: an even port for RTP and the next for RTCP (RFC 3550 §11). Goes round, so that a port rests before it serves another
/// call.
/// </summary>
internal sealed class PortRange
{
    private readonly PacketLoop loop;
    private readonly int first;
    private readonly int pairs;
    private readonly bool[] used;
    private int next;

    public PortRange(PacketLoop loop, int min, int max, int start)
    {
        this.loop = loop;
        first = (min + 1) & ~1;
        pairs = Math.Max(0, (max - first + 1) / 2);
        used = new bool[pairs];
        next = pairs == 0 ? 0 : start % pairs;
    }

    /// <summary>
    /// Two bound ports of both families, for a peer may move from one to the other; null when none is free, or the process may open no
    /// more. A port that somebody else holds is skipped. The endpoint's lock guards this.
    /// </summary>
    public (UdpPort Rtp, UdpPort Rtcp)? Take()
    {
        for (var i = 0; i < pairs; i++)
        {
            var pair = (next + i) % pairs;
            if (used[pair]) continue;
            UdpPort? rtp = null;
            try
            {
                rtp = loop.Bind(first + (2 * pair), dual: true);
                if (rtp is null) continue;
                if (loop.Bind(first + (2 * pair) + 1, dual: true) is { } rtcp)
                {
                    used[pair] = true;
                    next = (pair + 1) % pairs;
                    return (rtp, rtcp);
                }
                rtp.Dispose();
            }
            catch (Win32Exception e) when (e.NativeErrorCode is LinuxSockets.TooManyOfProcess or LinuxSockets.TooManyOfMachine)
            {
                rtp?.Dispose();
                return null;
            }
        }
        return null;
    }

    public void Give(UdpPort rtp) => used[(rtp.Number - first) / 2] = false;
}
