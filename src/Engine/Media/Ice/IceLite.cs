namespace Tccc.Media;

internal enum IceState
{
    /// <summary>No checked binding yet.</summary>
    New,
    /// <summary>One came; <see cref="IceLite.Remote"/> is where to send, DTLS may start.</summary>
    Connected,
    /// <summary>The peer nominated a tuple.</summary>
    Completed,
    /// <summary>Consent ran out; final.</summary>
    Disconnected,
}

/// <summary>What one binding request changed.</summary>
/// <param name="ReplyLength">Bytes of the reply to send back to where the request came from; 0 = send nothing.</param>
/// <param name="Checked">The request was right: its source belongs to this leg.</param>
/// <param name="NewTuple">The source was not known before: map it to the leg.</param>
/// <param name="RemoteChanged"><see cref="IceLite.Remote"/> is another one now (also when it is the first).</param>
/// <param name="Forgotten">Set when an old tuple had to go: take it out of the map.</param>
internal readonly record struct IceStep(
    int ReplyLength, bool Checked = false, bool NewTuple = false, bool RemoteChanged = false, PeerAddress Forgotten = default);

/// <summary>
/// The ICE-lite agent of one leg, RFC 8445 §2.5 and RFC 7675: answers checks, never sends any, is always controlled. No
/// socket, no thread, no clock; call it from one thread.
/// </summary>
internal sealed class IceLite
{
    /// <summary>
    /// RFC 7675 §5.1: seconds after the last checked binding until nothing may be sent any more. Also the time a new leg has for its first
    /// one.
    /// </summary>
    public const int ConsentSeconds = 30;

    /// <summary>Tuples kept for a leg; the one silent longest that is not in use goes when there are more.</summary>
    public const int MaxTuples = 8;

    /// <summary>Room that <see cref="OnBinding"/> needs for a reply.</summary>
    public const int MaxReplyLength = 160;

    /// <summary>
    /// A tuple in use that was silent so long gives way to another that is checked, nominated or not: the peer's address has
    /// changed. Browsers check the pair in use every 2.5 s or more often.
    /// </summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Consent = TimeSpan.FromSeconds(ConsentSeconds);

    private readonly IceCredentials local;
    private readonly WebRtcCounters counters;
    private readonly Tuple[] tuples = new Tuple[MaxTuples];
    private int count;

    /// <param name="local">Our credentials; the peer's are not needed, for we send no checks.</param>
    /// <param name="counters">Where refusals are counted.</param>
    /// <param name="now">Monotonic time from any fixed origin, the same in every call.</param>
    public IceLite(IceCredentials local, WebRtcCounters counters, TimeSpan now)
    {
        (this.local, this.counters) = (local, counters);
        Due = now + Consent;
    }

    public IceState State { get; private set; }

    /// <summary>Where to send: the first checked tuple, later the nominated one. <c>default</c> while New.</summary>
    public PeerAddress Remote { get; private set; }

    /// <summary>When consent runs out unless another binding comes.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>
    /// Takes a message that <see cref="IceCredentials.KeyOf(in StunMessage)"/> led here; anything but a Binding request is ignored.
    /// </summary>
    public IceStep OnBinding(in StunMessage message, PeerAddress from, TimeSpan now, Span<byte> reply)
    {
        if (State == IceState.Disconnected || message.Class != StunClass.Request || message.Method != StunMessage.Binding) return default;
        var refusal = IceReply.Refuse(message, local, counters, reply);
        if (refusal >= 0) return new(refusal);

        Due = now + Consent;
        var (newTuple, forgotten) = Remember(from, now);
        var changed = Choose(from, message.Has(StunAttribute.UseCandidate), now);
        return new(IceReply.Success(message, local, from, reply), Checked: true, newTuple, changed, forgotten);
    }

    /// <summary>True when consent has just run out: the state is Disconnected now.</summary>
    public bool OnTimer(TimeSpan now)
    {
        if (State == IceState.Disconnected || now < Due) return false;
        State = IceState.Disconnected;
        Interlocked.Increment(ref counters.IceConsentExpired);
        return true;
    }

    private bool Choose(PeerAddress from, bool nominated, TimeSpan now)
    {
        if (nominated) State = IceState.Completed;
        else if (State == IceState.New) State = IceState.Connected;
        else if (now - LastSeen(Remote) < Silence) return false;

        if (Remote == from) return false;
        Remote = from;
        return true;
    }

    private TimeSpan LastSeen(PeerAddress address)
    {
        var at = Find(address);
        return at < 0 ? TimeSpan.Zero : tuples[at].Seen;
    }

    private (bool New, PeerAddress Forgotten) Remember(PeerAddress from, TimeSpan now)
    {
        var at = Find(from);
        if (at >= 0)
        {
            tuples[at].Seen = now;
            return (false, default);
        }
        PeerAddress forgotten = default;
        if (count < MaxTuples) at = count++;
        else
        {
            at = Stalest();
            forgotten = tuples[at].Address;
        }
        tuples[at] = new() { Address = from, Seen = now };
        return (true, forgotten);
    }

    private int Find(PeerAddress address)
    {
        for (var i = 0; i < count; i++)
            if (tuples[i].Address == address) return i;
        return -1;
    }

    private int Stalest()
    {
        var found = -1;
        for (var i = 0; i < count; i++)
            if (tuples[i].Address != Remote && (found < 0 || tuples[i].Seen < tuples[found].Seen)) found = i;
        return found;
    }

    private struct Tuple
    {
        public PeerAddress Address;
        public TimeSpan Seen;
    }
}
