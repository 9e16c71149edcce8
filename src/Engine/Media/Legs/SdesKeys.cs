using Tccc.Media.Sdp;

namespace Tccc.Media.Legs;

/// <summary>
/// The keys of one phone's leg (RFC 4568): which of ours stand in the next description, and what both directions work with. A key that
/// stays keeps its
/// state, so that no packet index is used twice; a new one begins with a roll-over counter of 0. The endpoint's lock guards changes;
/// both threads
/// that send, and the one that receives, read.
/// </summary>
internal sealed class SdesKeys(LegSurroundings around) : IDisposable
{
    private sealed record Context(SdesCrypto Ours, SdesCrypto Theirs, SrtpSender Sender, SrtpReceiver Receiver);

    private volatile Context? context;
    private IReadOnlyList<SdesCrypto> offered = [];

    /// <summary>Sound is encrypted.</summary>
    public bool On => context is not null;

    /// <summary>What stood in our last offer.</summary>
    public IReadOnlyList<SdesCrypto> Offered => offered;

    /// <summary>For our offer: the key in use, or one for each suite, the cheaper first.</summary>
    public IReadOnlyList<SdesCrypto> Offer()
    {
        if (context is { } now) offered = [now.Ours.As(1)];
        else if (offered.Count == 0)
            offered = [New(1, SrtpProfile.AeadAes128Gcm), New(2, SrtpProfile.Aes128CmHmacSha1_80)];
        return offered;
    }

    /// <summary>For the answer to this key of theirs: ours stays as long as theirs does.</summary>
    public SdesCrypto Answer(SdesCrypto theirs)
    {
        var ours = context is { } now && now.Theirs.HasKeyOf(theirs) ? now.Ours.As(theirs.Tag) : New(theirs.Tag, theirs.Profile);
        Use(ours, theirs);
        return ours;
    }

    /// <summary>Their answer to our offer.</summary>
    public void Accept(SdesCrypto theirs) => Use(offered.First(ours => ours.Tag == theirs.Tag), theirs);

    /// <summary>The session goes on without keys.</summary>
    public void Drop()
    {
        offered = [];
        if (Interlocked.Exchange(ref context, null) is not { } before) return;
        before.Sender.Dispose();
        before.Receiver.Dispose();
    }

    /// <summary>Protects in place; 0 when it must not leave. Without keys: as it is.</summary>
    public int ProtectRtp(Span<byte> room, int length) => context is { } now ? now.Sender.ProtectRtp(room, length) : length;

    public int ProtectRtcp(Span<byte> room, int length) => context is { } now ? now.Sender.ProtectRtcp(room, length) : length;

    public bool UnprotectRtp(Span<byte> datagram, out int length)
    {
        length = datagram.Length;
        return context is not { } now || now.Receiver.UnprotectRtp(datagram, out length);
    }

    public bool UnprotectRtcp(Span<byte> datagram, out int length)
    {
        length = datagram.Length;
        return context is not { } now || now.Receiver.UnprotectRtcp(datagram, out length);
    }

    /// <summary>Everything fails from now on; nothing becomes plain.</summary>
    public void Dispose()
    {
        context?.Sender.Dispose();
        context?.Receiver.Dispose();
    }

    private SdesCrypto New(int tag, SrtpProfile profile) => SdesCrypto.New(tag, profile, around.Randomness);

    private void Use(SdesCrypto ours, SdesCrypto theirs)
    {
        var before = context;
        var sender = before is not null && before.Ours.HasKeyOf(ours) ? before.Sender : new SrtpSender(ours.Profile, ours.Key, ours.Salt);
        var receiver = before is not null && before.Theirs.HasKeyOf(theirs)
            ? before.Receiver : new SrtpReceiver(theirs.Profile, theirs.Key, theirs.Salt, around.Counters.WebRtc, forgets: true);
        context = new Context(ours, theirs, sender, receiver);
        offered = [];
        if (before is null) return;
        if (before.Sender != sender) before.Sender.Dispose();
        if (before.Receiver != receiver) before.Receiver.Dispose();
    }
}
