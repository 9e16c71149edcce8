using System.Buffers.Binary;
using Tccc.Media.Players;

namespace Tccc.Media.Rtp;

/// <summary>The payload of a telephone-event packet (RFC 4733 §2.3).</summary>
internal readonly record struct TelephoneEvent(byte Code, bool End, ushort Duration)
{
    public const int Length = 4;

    // -10 dBm0, within what RFC 4733 §2.3.2 wants of a sender
    private const byte Volume = 10;
    private const string Keys = "0123456789*#ABCD";

    /// <summary>The key, or null for events that are no keys (flash, tones).</summary>
    public char? Digit => Code < Keys.Length ? Keys[Code] : null;

    public static bool TryRead(ReadOnlySpan<byte> payload, out TelephoneEvent value)
    {
        value = default;
        if (payload.Length < Length) return false;
        value = new TelephoneEvent(payload[0], (payload[1] & 0x80) != 0, BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return true;
    }

    public void Write(Span<byte> to)
    {
        to[0] = Code;
        to[1] = (byte)((End ? 0x80 : 0) | Volume);
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], Duration);
    }

    public static byte? CodeOf(char digit) => Keys.IndexOf(char.ToUpperInvariant(digit)) is >= 0 and var code ? (byte)code : null;
}

/// <summary>
/// Tells presses apart: all packets of one press carry the timestamp of its beginning, so whichever of them arrives first is the press,
/// and lost beginnings or ends do no harm.
/// </summary>
internal sealed class DigitDetector
{
    /// <summary>Presses told in a second; nobody's fingers are faster, and each is a letter to the call.</summary>
    public const int MostInASecond = 25;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TimeSpan secondBegan;
    private int inSecond;
    private bool any;
    private uint ssrc;
    private uint timestamp;

    public char? On(in RtpPacket packet, TimeSpan now)
    {
        if (!TelephoneEvent.TryRead(packet.Payload, out var e)) return null;
        var known = any && ssrc == packet.Ssrc && (int)(packet.Timestamp - timestamp) <= 0;
        if (known) return null;
        (any, ssrc, timestamp) = (true, packet.Ssrc, packet.Timestamp);
        if (now - secondBegan >= Second) (secondBegan, inSecond) = (now, 0);
        return ++inSecond > MostInASecond ? null : e.Digit;
    }
}

/// <summary>
/// Presses of ours on the 20 ms grid, as long as <see cref="DigitTiming"/> says, the last packet of each three times (RFC 4733 §2.5.1.4).
/// </summary>
internal sealed class DigitSender
{
    private const int LastPackets = 3;

    // a comma; no event of RFC 4733 has this number
    private const byte PauseCode = 255;

    private static readonly int TicksOn = Ticks(DigitTiming.Tone);
    private static readonly int TicksEach = Ticks(DigitTiming.Tone + DigitTiming.Gap);
    private static readonly int TicksPaused = Ticks(DigitTiming.Pause);

    private readonly Queue<byte> codes = new();
    private int tick;
    private uint timestamp;

    public bool Busy => codes.Count > 0;

    /// <summary>
    /// A press, or the gap after it, is under way and has the stream to itself; what is heard goes on in a comma's pause.
    /// </summary>
    public bool Pressing => Busy && codes.Peek() != PauseCode;

    /// <summary>A digit that can be sent, or a comma.</summary>
    public static bool Takes(char digit) => digit == DigitTiming.Comma || TelephoneEvent.CodeOf(digit) is not null;

    /// <summary>False when too many wait already; then none is added.</summary>
    public bool TryAdd(string digits)
    {
        if (codes.Count + digits.Length > TooManyDigits.Most) return false;
        foreach (var digit in digits)
        {
            if (digit == DigitTiming.Comma) codes.Enqueue(PauseCode);
            else if (TelephoneEvent.CodeOf(digit) is { } code) codes.Enqueue(code);
        }
        return true;
    }

    /// <summary>The packet of this tick, or 0 between presses and in a pause.</summary>
    public int Next(OutStream stream, byte payloadType, TimeSpan now, Span<byte> to)
    {
        var code = codes.Peek();
        if (code == PauseCode)
        {
            Pass(TicksPaused);
            return 0;
        }
        var length = 0;
        if (tick == 0) timestamp = stream.BeginEvent(this, now);
        if (tick < TicksOn + LastPackets - 1)
        {
            Span<byte> payload = stackalloc byte[TelephoneEvent.Length];
            var duration = (ushort)(Math.Min(tick + 1, TicksOn) * OutStream.FrameSamples);
            new TelephoneEvent(code, tick >= TicksOn - 1, duration).Write(payload);
            length = stream.EventPacket(payload, payloadType, tick == 0, timestamp, now, to);
        }
        Pass(TicksEach);
        return length;
    }

    private static int Ticks(TimeSpan span) => (int)(span / Pacer.Step);

    /// <summary>One tick of so many is over; with the last the next digit comes.</summary>
    private void Pass(int ticks)
    {
        if (++tick < ticks) return;
        tick = 0;
        codes.Dequeue();
    }
}
