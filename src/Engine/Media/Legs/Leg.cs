using System.Buffers.Binary;
using Tccc.Media.Codecs;
using Tccc.Media.Mixing;
using Tccc.Media.Players;
using Tccc.Media.Quality;
using Tccc.Media.Recording;
using Tccc.Media.Rtp;
using Tccc.Media.Sdp;
using Tccc.Media.Sockets;

namespace Tccc.Media.Legs;

/// <summary>What the SDP exchange agreed on, as the packet path needs it.</summary>
/// <param name="Formats">What we send.</param>
/// <param name="Arriving">What a payload type means that comes.</param>
/// <param name="PeerOwesSound">Both directions are open. A peer that holds may send something or nothing (RFC 3264 §8.4).</param>
internal sealed record Agreed(AudioFormats Formats, PayloadKind[] Arriving, bool PeerOwesSound, bool PeerReceives)
{
    public Agreed(AudioFormats formats, PayloadKind[] arriving, Direction direction)
        : this(formats, arriving, direction == Direction.SendRecv, direction.HasFlag(Direction.RecvOnly)) { }
}

/// <summary>
/// One party's media. The media thread receives, the timer thread paces what we make ourselves; both write to the one stream of the party,
/// which the gate guards. What arrives goes to every leg of the audience.
/// </summary>
internal abstract class Leg(LegId id, LegSurroundings around)
{
    // a source that sends nothing for so long is filled up with silence, so that the stream goes on
    private static readonly TimeSpan SourceSilence = TimeSpan.FromMilliseconds(200);

    // a party whose own stream stands still for longer is not the one way of two
    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(1);

    /// <summary>Ticks between two looks at quality, 100 ms.</summary>
    private const int TicksToLook = 5;

    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(20);

    private readonly DigitDetector detector = new();
    private readonly DigitSender digits = new();
    private readonly LegMeter meter = new();
    private readonly OneWayWatch oneWay = new();
    private volatile Leg[] audience = [];
    private volatile Voice? voice;
    private volatile Tape? tape;
    private volatile Agreed? agreed;
    private Heard heard = new Heard.Nothing();
    private TimeSpan heardSince;

    // the peer owes sound since then: the first order, or what last changed the leg
    private long watchedSinceTicks;
    private Playing? playing;
    private Playing? interrupted;
    private Room? room;
    private bool relayedUntilNow;

    // the mix is one of others than before
    private bool mixSteps;

    // the last sample of sound that left; none of a key press
    private short lastHeard;
    private bool lostToSilence;
    private bool connectedToRtp;
    private bool hasSounded;

    // hears another leg, and neither a clip nor key presses of ours are under way
    private volatile bool relaysOnly;

    // hears a clip over and over: on hold or waiting, so that nothing is recorded, whoever listens in
    private volatile bool waits;

    // a phone that still hears its own network's ring-back gets no packet from us; a browser's line is warm from the beginning
    private volatile bool begun;

    public LegId Id => id;

    public abstract LegKind Kind { get; }

    /// <summary>Place in the switchboard's table.</summary>
    public int Slot { get; set; }

    /// <summary>The legs that hear this one.</summary>
    public Leg[] Audience
    {
        get => audience;
        set => audience = value;
    }

    /// <summary>What this one says, for the mixes that it is in; null while it is in none.</summary>
    public Voice? Voice
    {
        get => voice;
        set => voice = value;
    }

    /// <summary>Takes what is said; null while nothing is recorded.</summary>
    public Tape? Tape
    {
        get => tape;
        set => tape = value;
    }

    public Agreed? Agreed
    {
        get => agreed;
        set => agreed = value;
    }

    public RtpReception Reception { get; } = new();

    public OutStream Out { get; } = new(around.NextRandom(), (ushort)(around.NextRandom() & 0x7FFF), around.NextRandom());

    public ReportExchange Reports { get; } = new(around);

    protected LegSurroundings Around => around;

    protected Lock Gate { get; } = new();

    protected bool Closed { get; private set; }

    /// <summary>There is an address, and keys where keys are needed.</summary>
    protected abstract bool CanEmit { get; }

    protected abstract UdpPort RtpPort { get; }

    private bool MaySend => begun || Kind == LegKind.WebRtc;

    /// <summary>Protects where needed, and commits the RTP packet at the start of the room to the batch.</summary>
    protected abstract void Emit(Span<byte> room, int length, SendBatch batch);

    protected abstract void EmitReport(ReadOnlySpan<byte> report, SendBatch? batch);

    public Voice NewVoice() => new(around.Counters);

    /// <summary>What the party hears from now on; the switchboard has wired the source, or found the room of a mix.</summary>
    public void Hear(Heard what, Clip? clip, Room? mix)
    {
        lock (Gate)
        {
            if (!begun) WatchAnew();
            begun = true;
            relayedUntilNow = heard is Heard.Leg;
            (heard, room, mixSteps) = (what, mix, mix is not null);
            heardSince = around.Clock.Now;
            Out.Part();
            relaysOnly = what is Heard.Leg && !digits.Busy;
            waits = what is Heard.Clip { Loop: true };
            var next = clip is not null && what is Heard.Clip(var clipId, var loop) ? new Playing(clip, clipId, loop) : null;
            // music that a clip interrupted goes on where it stopped; anything else between makes it begin anew
            if (next is { Loops: true } && interrupted?.IsOf(clip!) == true) next = interrupted;
            interrupted = next is not { Loops: false } ? null : playing is { Loops: true } ? playing : interrupted;
            playing = next;
        }
    }

    /// <summary>False when too many wait already.</summary>
    public bool SendDigits(string text)
    {
        lock (Gate)
        {
            if (!digits.TryAdd(text)) return false;
            if (!begun) WatchAnew();
            begun = true;
            relaysOnly = false;
            return true;
        }
    }

    /// <summary>The peer's silence counts from now.</summary>
    protected void WatchAnew()
    {
        Volatile.Write(ref watchedSinceTicks, around.Clock.Now.Ticks);
        Reception.GoesOnAnew();
    }

    /// <summary>
    /// A valid packet of the peer, on the media thread. One that is no sound is life all the same (RFC 6263 §4.6), and leaves no gap.
    /// </summary>
    protected void ReceiveAny(in RtpPacket packet, int size, TimeSpan now, SendBatch batch)
    {
        var kind = agreed is { } terms ? terms.Arriving[packet.PayloadType] : PayloadKind.Unknown;
        if (kind < PayloadKind.ComfortNoise)
        {
            Receive(packet, kind, size, now, batch);
            return;
        }
        if (kind == PayloadKind.Unknown) Interlocked.Increment(ref around.Counters.UnknownFormat);
        if (Reception.Begun && packet.Ssrc == Reception.Ssrc) Reception.Arrived(packet, size, steady: false, now);
        else Reception.Heard(now);
        oneWay.CameOther(packet, kind == PayloadKind.ComfortNoise, now);
        if (!connectedToRtp || lostToSilence) FirstPacket();
        foreach (var listener in audience) listener.PassOver(this, packet);
    }

    /// <summary>A valid packet of the peer, on the media thread.</summary>
    private void Receive(in RtpPacket packet, PayloadKind kind, int size, TimeSpan now, SendBatch batch)
    {
        // events may come as a stream of their own beside the audio; that stream is not measured nor passed on
        var beside = kind == PayloadKind.Event && Reception.Begun && packet.Ssrc != Reception.Ssrc;
        if (beside) Reception.Heard(now);
        else Reception.Arrived(packet, size, kind != PayloadKind.Event, now);
        oneWay.Came(packet, now);
        if (!connectedToRtp || lostToSilence) FirstPacket();
        if (!hasSounded && kind != PayloadKind.Event) FirstSound();
        if (kind == PayloadKind.Event && detector.On(packet, now) is { } digit) around.Events.On(new MediaEvent.DigitReceived(id, digit));
        if (beside) return;
        var listeners = audience;
        foreach (var listener in listeners)
        {
            // a key is the call's to hand on: it arrives once, by INFO where events are not taken, and not at whom it is not meant for
            if (kind == PayloadKind.Event) listener.PassOver(this, packet);
            else listener.Relay(this, packet, (AudioCodec)kind, now, batch);
        }
        // a key is no sound in a mix either, nor on a tape
        if (kind == PayloadKind.Event) return;
        var mixed = voice;
        mixed?.Put(packet, (AudioCodec)kind);
        if (!waits && (listeners.Length > 0 || mixed is not null))
            tape?.Put(Channel.Said, (AudioCodec)kind, packet.Ssrc, packet.Timestamp, packet.Payload, now);
    }

    private void FirstPacket()
    {
        connectedToRtp = true;
        lostToSilence = false;
        if (Kind == LegKind.Rtp) around.Events.On(new MediaEvent.Connected(id));
    }

    private void FirstSound()
    {
        hasSounded = true;
        if (Kind == LegKind.Rtp) around.Events.On(new MediaEvent.SoundBegan(id));
    }

    private void PassOver(Leg source, in RtpPacket packet)
    {
        lock (Gate) Out.LeaveOut(source, packet);
    }

    private void Relay(Leg source, in RtpPacket packet, AudioCodec codec, TimeSpan now, SendBatch batch)
    {
        if (agreed is not { PeerReceives: true } terms) return;
        lock (Gate)
        {
            // our own key presses have the stream to themselves
            if (Closed || !CanEmit || digits.Pressing) return;
            var formats = terms.Formats;
            var room = batch.Next(RtpPort);
            var mixedUntilNow = Out.IsFrom(Room.Player);
            AudioCodec? transcode = codec != formats.Codec ? codec : null;
            var length = Out.Relay(source, packet, formats.PayloadType, transcode, now, room[..^SrtpSender.MaxOverhead]);
            if (length == 0) return;
            Follow(room[RtpPacket.HeaderLength..length], formats.Codec, steps: mixedUntilNow);
            Keep(room[..length], formats.Codec, now);
            Emit(room, length, batch);
        }
    }

    /// <summary>One step of the 20 ms grid, on the timer thread.</summary>
    public void Tick(long tick, TimeSpan now, SendBatch batch)
    {
        if (tick % 50 == 0) Watch(now);
        if (tick % TicksToLook == 0) Look(now);
        // most legs of a busy server need nothing of this thread: their stream is what another leg sends
        if (relaysOnly && !Out.IsFrom(Silence.Player) && !SourceIsSilent(now) && !Reports.IsDue(now)) return;
        ClipId? ended = null;
        lock (Gate)
        {
            if (Closed || !MaySend || agreed is not { } terms) return;
            if (CanEmit || !terms.PeerReceives) ended = Pace(terms, tick, now, batch);
            if (CanEmit && Reports.IsDue(now)) Report(now, batch);
        }
        if (ended is { } clip) around.Events.On(new MediaEvent.ClipEnded(id, clip));
    }

    /// <summary>Says goodbye to the peer; nothing leaves after it.</summary>
    public virtual void Close(TimeSpan now)
    {
        lock (Gate)
        {
            if (Closed) return;
            if (CanEmit && MaySend)
            {
                Span<byte> report = stackalloc byte[Rtcp.MaxLength];
                EmitReport(report[..Reports.Write(report, Out, Reception, now, bye: true)], batch: null);
            }
            Closed = true;
        }
    }

    public LegStats Stats(TimeSpan now) => new()
    {
        Kind = Kind,
        Connected = IsConnected,
        Codec = agreed is { } terms ? G711.Name(terms.Formats.Codec) : "",
        TelephoneEvents = agreed?.Formats.Events is not (null or AudioFormats.None),
        PacketsReceived = Reception.Packets,
        BytesReceived = Reception.Bytes,
        PacketsLost = Reception.Lost,
        JitterMs = Reception.Jitter / RtpReception.UnitsPerMs,
        PacketsSent = Out.Packets,
        BytesSent = Out.Octets,
        RemotePacketsLost = Reports.RemoteLost,
        RemoteFractionLost = Reports.RemoteFractionLost,
        RemoteJitterMs = Reports.RemoteJitterMs,
        RoundTripMs = Reports.RoundTripMs,
        Strangers = Strangers,
        SinceLastReceived = Reception.LastArrival is { } last ? now - last : null,
        LastInterval = meter.Last,
        OneWay = oneWay.Missed,
    };

    public IReadOnlyList<QualityInterval> TakeQuality(TimeSpan now) => meter.Take(Reception, Reports.Quality, now);

    protected virtual bool IsConnected => connectedToRtp && !lostToSilence;

    protected virtual long Strangers => 0;

    // what we make ourselves: key presses, a clip, or silence where there is nothing else
    /// <summary>Neither did the stream go on nor has the source had time to begin.</summary>
    private bool SourceIsSilent(TimeSpan now) => now - Out.LastSentAt > SourceSilence && now - heardSince > SourceSilence;

    private ClipId? Pace(Agreed terms, long tick, TimeSpan now, SendBatch batch)
    {
        var formats = terms.Formats;
        if (digits.Busy)
        {
            var pressing = digits.Pressing;
            var room = batch.Next(RtpPort);
            Finish(terms, room, digits.Next(Out, formats.Events, now, room), batch);
            relaysOnly = heard is Heard.Leg && !digits.Busy;
            if (pressing)
            {
                lastHeard = 0;
                return null;
            }
        }
        if (playing is { } player)
        {
            Frame(terms, player, player.Next(formats.Codec), tick, now, batch);
            if (!player.Over) return null;
            playing = null;
            heard = new Heard.Nothing();
            return player.Id;
        }
        if (room is { } mix)
        {
            // the last relayed packet is being heard; what follows it may still come
            if (relayedUntilNow && now - Out.LastSentAt < FrameTime) return null;
            relayedUntilNow = false;
            var frame = mix.Frame(id, formats.Codec, tick);
            mixSteps |= mix.Steps;
            Frame(terms, Room.Player, frame, tick, now, batch);
            return null;
        }
        // silence that fills up for a source goes on every tick until a packet of the source takes the stream back
        if (heard is not Heard.Leg || Out.IsFrom(Silence.Player) || SourceIsSilent(now))
            Frame(terms, Silence.Player, Silence.Frame(formats.Codec), tick, now, batch);
        return null;
    }

    private void Frame(Agreed terms, object player, ReadOnlySpan<byte> frame, long tick, TimeSpan now, SendBatch batch)
    {
        if (!terms.PeerReceives) return;
        var room = batch.Next(RtpPort);
        var steps = mixSteps || Out.IsFrom(Room.Player) != (player == Room.Player);
        var length = Out.Frame(player, frame, terms.Formats.PayloadType, tick, now, room);
        Follow(room[RtpPacket.HeaderLength..length], terms.Formats.Codec, steps);
        mixSteps = false;
        if (player == Room.Player) Keep(room[..length], terms.Formats.Codec, now);
        Finish(terms, room, length, batch);
    }

    /// <summary>A packet that people say to this party, before it is encrypted.</summary>
    private void Keep(ReadOnlySpan<byte> packet, AudioCodec codec, TimeSpan now) =>
        tape?.Put(Channel.Heard, codec, Out.Ssrc, BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), packet[RtpPacket.HeaderLength..], now);

    /// <summary>Sound follows what was heard before it; where a mix begins, ends, or steps to other voices, by a slope.</summary>
    private void Follow(Span<byte> sound, AudioCodec codec, bool steps)
    {
        if (sound.IsEmpty) return;
        if (steps) Slope.LeadInto(sound, codec, lastHeard);
        lastHeard = G711.Decode(codec, sound[^1]);
    }

    private void Finish(Agreed terms, Span<byte> room, int length, SendBatch batch)
    {
        if (length > 0 && terms.PeerReceives && CanEmit) Emit(room, length, batch);
    }

    private void Report(TimeSpan now, SendBatch batch)
    {
        Span<byte> report = stackalloc byte[Rtcp.MaxLength];
        EmitReport(report[..Reports.Write(report, Out, Reception, now, bye: false)], batch);
    }

    private void Look(TimeSpan now)
    {
        meter.Tick(Reception, Reports.Quality, now);
        var owes = MaySend && CanEmit && agreed is { PeerOwesSound: true } && (audience.Length > 0 || voice is not null)
            && now - Out.LastSentAt < StandsStill;
        if (oneWay.Look(owes, now) is not { } began || Closed) return;
        if (began) Interlocked.Increment(ref around.Counters.OneWay);
        around.Events.On(began ? new MediaEvent.OneWay(id) : new MediaEvent.BothWays(id));
    }

    private void Watch(TimeSpan now)
    {
        var limit = around.Options.NoRtpSeconds;
        if (Kind != LegKind.Rtp || limit <= 0 || lostToSilence || !begun || agreed is not { PeerOwesSound: true }) return;
        var since = Math.Max(Volatile.Read(ref watchedSinceTicks), Reception.LastArrival?.Ticks ?? 0);
        if (now.Ticks - since < limit * TimeSpan.TicksPerSecond) return;
        lostToSilence = true;
        around.Events.On(new MediaEvent.Lost(id, LostReason.NoRtp));
    }
}
