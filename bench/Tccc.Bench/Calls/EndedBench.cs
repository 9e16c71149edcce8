using System.Net;
using System.Text;
using Tccc;
using Tccc.Sip;

namespace Bench.Calls;

/// <summary>
/// What a call that ended still holds while its transactions absorb what comes late (RFC 3261 §17, timers H, J, K, L and M: at most 32 s):
/// two endpoints on loopback, one calls and hangs up, the other answers; the heap of both after it, less the heap before.
/// </summary>
internal static class EndedBench
{
    private const int WarmUp = 200;
    private const int Calls = 2000;
    private const int AtOnce = 50;
    private const double LimitKb = 4;

    private static readonly byte[] Sdp = Encoding.ASCII.GetBytes(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n"
        + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n");

    public static async Task<IEnumerable<Figure>> Run()
    {
        var (caller, called) = (new Side(), new Side());
        await using var
            from = new SipEndpoint(new() { Port = 0, Bind = IPAddress.Loopback }, caller, TimeProvider.System, new SystemRandomness());
        await using var to =
            new SipEndpoint(new() { Port = 0, Bind = IPAddress.Loopback }, called, TimeProvider.System, new SystemRandomness());
        await from.Start();
        await to.Start();
        await Make(from, to.Port, WarmUp);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Make(from, to.Port, Calls);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(from);
        GC.KeepAlive(to);
        return [new(
            "memory of a call that ended, caller's and called side together, until its last timer", held / 1024.0 / Calls, "KB", null,
            "none", LimitKb)];
    }

    private static async Task Make(SipEndpoint from, int port, int count)
    {
        for (var made = 0; made < count; made += AtOnce)
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Call(from, port)));
    }

    private static Task Call(SipEndpoint from, int port)
    {
        var call = new Ends();
        call.Session = from.Invite(new()
        {
            RequestUri = new("4000000001", "127.0.0.1", port), From =
                new("13900001111", "127.0.0.1"), Destination = new("127.0.0.1", port), Body = Sdp,
        }, call);
        return call.Over;
    }

    private sealed class Side : ISipUser
    {
        public bool IsCarrier(IPAddress address) => true;

        public Admission Admit(SipMethod method, IPEndPoint source, SipUri requestUri, SipUri from) => new Admission.Trusted(null);

        public DigestAccount? FindAccount(string username) => null;

        public ISessionEvents? Invited(SipSession session)
        {
            session.Ring();
            session.Accept(Sdp);
            return new Ends { Session = session };
        }

        public void RegistrationChanged(string username, bool registered)
        {
        }
    }

    /// <summary>Hangs up when the other side answered.</summary>
    private sealed class Ends : ISessionEvents
    {
        private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SipSession Session { get; set; } = null!;

        public Task Over => over.Task;

        public void On(SessionEvent e)
        {
            if (e is SessionEvent.Answered) Session.Hangup();
            if (e is SessionEvent.Ended) over.TrySetResult();
        }
    }
}
