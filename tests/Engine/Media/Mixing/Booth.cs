using System.Net;
using Tccc.Media.Codecs;
using Tccc.Media.Legs;
using Tccc.Media.Rtp;
using Tccc.Media.Sdp;
using Tccc.Media.Sockets;
using Tccc.Media.Tests.Players;
using Tccc.Media.Tests.Rtp;
using Tccc.Media.Tests.Sdp;

namespace Tccc.Media.Tests.Mixing;

/// <summary>
/// Phones' legs on one thread and a clock that only the test moves: what comes in and goes out are arrays, so that each sample is known.
/// </summary>
internal sealed class Booth : IMediaEvents, IDisposable
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private readonly PacketLoop loop;
    private readonly Catch batch = new();
    private readonly LegSurroundings around;
    private readonly Switchboard legs = new();
    private readonly List<Guest> guests = [];
    private long milliseconds;

    public Booth()
    {
        var clock = new MediaClock(TimeProvider.System);
        loop = PacketLoop.New(clock, portable: true);
        around = new LegSurroundings(new MediaOptions { NoRtpSeconds = 0 }, clock, new MediaCounters(), this, new SystemRandomness());
    }

    public string Digits { get; private set; } = "";

    /// <summary>All that legs said, key presses left out.</summary>
    public List<MediaEvent> Events { get; } = [];

    public MediaClock Clock => around.Clock;

    /// <summary>Keeps what leaves, or drops it where it is not looked at.</summary>
    public bool Listens
    {
        set => batch.Listens = value;
    }

    public TimeSpan Now => Millisecond * milliseconds;

    /// <param name="phase">Milliseconds after the tick at which its packets come.</param>
    public Guest Enter(long id, double hertz, AudioCodec codec = AudioCodec.Pcmu, int phase = 5)
    {
        var leg = new RtpLeg(new LegId(id), around, loop.Bind(0, dual: false)!, loop.Bind(0, dual: false)!, new FarEnd());
        var guest = new Guest(leg, hertz, codec, phase);
        leg.Agree(RtpTerms.Read(Offers.Phone(codec == AudioCodec.Pcmu ? "0 101" : "8 101"), MediaEncryption.Off).Value);
        leg.Confirm();
        legs.Add(leg);
        guests.Add(guest);
        batch.Guests.Add(leg.Rtp, guest);
        return guest;
    }

    public void Leave(Guest guest)
    {
        legs.Remove(guest.Id);
        guests.Remove(guest);
    }

    public void Hear(Guest listener, Heard what)
    {
        if (legs.Order(listener.Leg, what, out var room)) listener.Leg.Hear(what, null, room);
    }

    /// <summary>Each hears all the others.</summary>
    public void Meet(params Guest[] all)
    {
        foreach (var guest in all) Hear(guest, new Heard.Legs([.. all.Where(other => other != guest).Select(other => other.Id)]));
    }

    public void Run(int forMilliseconds)
    {
        for (var end = milliseconds + forMilliseconds; milliseconds < end; milliseconds++)
        {
            foreach (var guest in guests)
                if (guest.Talks && milliseconds % 20 == guest.Phase) guest.Say(Now, batch);
            if (milliseconds % 20 != 0) continue;
            foreach (var guest in guests) guest.Leg.Tick(milliseconds / 20, Now, batch);
        }
    }

    public void Press(Guest guest, char key) => guest.Press(key, Now, batch);

    /// <summary>A datagram from a guest, as it is; by the port that <paramref name="reports"/> or sound comes on.</summary>
    public void Send(Guest guest, byte[] datagram, bool reports = false) =>
        guest.Leg.On(reports ? guest.Leg.Rtcp : guest.Leg.Rtp, datagram, Guest.From, Now, batch);

    public void On(MediaEvent e)
    {
        if (e is MediaEvent.DigitReceived digit) Digits += digit.Digit;
        else Events.Add(e);
    }

    public void Dispose()
    {
        batch.Dispose();
        foreach (var guest in batch.Guests.Values)
        {
            guest.Leg.Rtp.Dispose();
            guest.Leg.Rtcp.Dispose();
        }
        loop.Dispose();
    }

    /// <summary>One phone: a tone for a voice, and ears that keep all that came.</summary>
    internal sealed class Guest(RtpLeg leg, double hertz, AudioCodec codec, int phase)
    {
        public const double Amplitude = 8000;
        public static readonly PeerAddress From = PeerAddress.From(new IPEndPoint(IPAddress.Loopback, 4000));
        private readonly byte[] packet = new byte[RtpPacket.HeaderLength + OutStream.FrameSamples];
        private readonly List<short> sounds = [];
        private ushort sequence = 65000;
        private uint timestamp = uint.MaxValue - 100_000;
        private double angle;
        private bool marked;

        public RtpLeg Leg => leg;

        /// <summary>Whether the network loses the packet of this number.</summary>
        public Func<ushort, bool>? Loses { get; set; }

        public LegId Id => leg.Id;

        public int Phase => phase;

        public bool Talks { get; set; } = true;

        /// <summary>All that came, as sequence number, timestamp, source and payload type.</summary>
        public List<(ushort Sequence, uint Timestamp, uint Ssrc, byte Type)> Packets { get; } = [];

        /// <summary>The largest step from a sample to the next since it was last set.</summary>
        public int Step { get; set; }

        public void Say(TimeSpan now, SendBatch batch)
        {
            RtpPacket.WriteHeader(packet, (byte)(codec == AudioCodec.Pcmu ? 0 : 8), marked, ++sequence, timestamp, (uint)leg.Id.Value);
            marked = false;
            timestamp += OutStream.FrameSamples;
            for (var i = 0; i < OutStream.FrameSamples; i++, angle += 2 * Math.PI * hertz / 8000)
                packet[RtpPacket.HeaderLength + i] = G711.Encode(codec, (short)(Amplitude * Math.Sin(angle)));
            if (Loses?.Invoke(sequence) != true) leg.On(leg.Rtp, packet, From, now, batch);
        }

        /// <summary>Has left out so much of what is silent, and marks what follows (RFC 3551 §4.1).</summary>
        public void LeftOut(int milliseconds)
        {
            timestamp += (uint)milliseconds * 8;
            marked = true;
        }

        /// <summary>The next packet of its stream with another payload.</summary>
        public byte[] Other(byte payloadType, int size) =>
            Rtp.Packets.Of(++sequence, timestamp, payloadType, (uint)leg.Id.Value, size);

        public void Press(char key, TimeSpan now, SendBatch batch)
        {
            for (var i = 0; i < 7; i++)
            {
                var press = Rtp.Packets.Event(
                    ++sequence, timestamp, TelephoneEvent.CodeOf(key)!.Value, i >= 4, Math.Min(i + 1, 5) * OutStream.FrameSamples,
                    ssrc: (uint)leg.Id.Value);
                leg.On(leg.Rtp, press, From, now, batch);
            }
            timestamp += 7 * OutStream.FrameSamples;
        }

        public void Took(ReadOnlySpan<byte> datagram)
        {
            var came = Rtp.Packets.Read(datagram);
            Packets.Add((came.Sequence, came.Timestamp, came.Ssrc, came.PayloadType));
            foreach (var value in came.Payload)
            {
                var sample = G711.Decode((AudioCodec)(came.PayloadType / 8), value);
                if (sounds.Count > 0) Step = Math.Max(Step, Math.Abs(sample - sounds[^1]));
                sounds.Add(sample);
            }
        }

        /// <summary>Amplitude of somebody's voice in the last frames.</summary>
        public double Hears(Guest other, int frames = 40) => Level.At([.. sounds.TakeLast(frames * OutStream.FrameSamples)], other.Hertz);

        /// <summary>The loudest of the last frames.</summary>
        public int Peak(int frames = 40) => sounds.TakeLast(frames * OutStream.FrameSamples).Max(s => Math.Abs((int)s));

        private double Hertz => hertz;
    }

    private sealed class Catch : SendBatch
    {
        private readonly byte[] room = new byte[Room];

        public Dictionary<UdpPort, Guest> Guests { get; } = [];

        public bool Listens { get; set; } = true;

        public override Span<byte> Next(UdpPort port) => room;

        public override void Commit(UdpPort port, PeerAddress to, int length)
        {
            if (Listens && Guests.TryGetValue(port, out var guest)) guest.Took(room.AsSpan(0, length));
        }

        public override void Flush() { }

        public override void Dispose() { }
    }
}
