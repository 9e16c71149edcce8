using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Tccc.Telephony.Tests.Peers;

/// <summary>One end of a call's sound: sends a tone as PCMU and says what it hears.</summary>
internal sealed partial class RtpPeer : IDisposable
{
    private const int Frame = 160;
    private const int Window = 2400;
    private const string EventKeys = "0123456789*#ABCD";
    private const byte EventType = 101;

    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource stop = new();
    private readonly short[] heard = new short[Window];
    private readonly double tone;
    private readonly ConcurrentQueue<byte[]> next = new();
    private readonly ConcurrentQueue<(uint Timestamp, byte Code)> keys = new();
    private IPEndPoint? remote;
    private long total;

    public RtpPeer(double tone)
    {
        this.tone = tone;
        _ = Receive();
        _ = Send();
    }

    public long Received => Volatile.Read(ref total);

    /// <summary>In place of the tone: a packet of this payload type twice a second.</summary>
    public byte? Beats { get; set; }

    /// <summary>The keys that came as events (RFC 4733): packets with one timestamp are one press.</summary>
    public string Keys => string.Concat(keys.Distinct().Select(key => EventKeys[key.Code]));

    public string Sdp(string direction = "sendrecv", string codecs = "0 101") => $"""
        v=0
        o=- 1 {Environment.TickCount64} IN IP4 127.0.0.1
        s=-
        c=IN IP4 127.0.0.1
        t=0 0
        m=audio {((IPEndPoint)socket.Client.LocalEndPoint!).Port} RTP/AVP {codecs}
        a=rtpmap:101 telephone-event/8000
        a={direction}

        """.ReplaceLineEndings("\r\n");

    public void Connect(string sdp) =>
        remote =
            new(IPAddress.Parse(Address().Match(sdp).Groups[1].Value),
                int.Parse(Audio().Match(sdp).Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    public Task Hears(double frequency) => Until.Holds(() => Share(frequency) > 0.5, $"{tone} Hz hears {frequency} Hz");

    public Task HearsSilence() => Until.Holds(() => Received > 0 && Level() < 50, $"{tone} Hz hears silence");

    /// <summary>Something that is neither silence nor one of the tones of a test.</summary>
    public Task HearsMusic(params double[] not) =>
        Until.Holds(() => Level() > 100 && not.All(f => Share(f) < 0.3), $"{tone} Hz hears music");

    /// <summary>Presses a key for 100 ms, as a phone does; the end comes three times (RFC 4733 §2.5.1.4).</summary>
    public void Press(char key)
    {
        var code = (byte)EventKeys.IndexOf(key, StringComparison.Ordinal);
        for (var i = 1; i <= 7; i++) next.Enqueue([code, (byte)(i >= 5 ? 0x8a : 0x0a), .. BigEndian((ushort)(Math.Min(i, 5) * Frame))]);
    }

    /// <summary>A file of a tone, PCM 16 bit, 8 kHz.</summary>
    public static byte[] Wav(double tone, int seconds)
    {
        var samples = new short[8000 * seconds];
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)(8000 * Math.Sin(2 * Math.PI * tone * i / 8000));
        byte[] head =
        [
            .. "RIFF"u8, .. BitConverter.GetBytes(36 + (samples.Length * 2)), .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0,
            .. BitConverter.GetBytes(8000), .. BitConverter.GetBytes(16000), 2, 0, 16, 0, .. "data"u8,
            .. BitConverter.GetBytes(samples.Length * 2),
        ];
        return [.. head, .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples.AsSpan())];
    }

    public void Dispose()
    {
        stop.Cancel();
        socket.Dispose();
        stop.Dispose();
    }

    private async Task Send()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var packet = new byte[12 + Frame];
        packet[0] = 0x80;
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(8), Environment.TickCount ^ (int)tone);
        ushort sequence = 0;
        var pressedAt = 0;
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var pressing = next.TryDequeue(out var press);
            if (press is [_, _, 0, Frame]) pressedAt = n;
            var type = pressing ? EventType : Beats ?? 0;
            for (var i = 0; i < Frame; i++)
                packet[12 + i] = Encode((short)(8000 * Math.Sin(2 * Math.PI * tone * ((n * Frame) + i) / 8000)));
            press?.CopyTo(packet, 12);
            packet[1] = type;
            BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(4), (pressing ? pressedAt : n) * Frame);
            try
            {
                await tick.WaitForNextTickAsync(stop.Token);
                if (remote is not { } to || (Beats is not null && !pressing && n % 25 != 0)) continue;
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence++);
                await socket.SendAsync(packet.AsMemory(0, 12 + (press?.Length ?? (Beats is null ? Frame : 1))), to, stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                if (stop.IsCancellationRequested) return;
            }
        }
    }

    private async Task Receive()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var packet = (await socket.ReceiveAsync(stop.Token)).Buffer;
                if (packet.Length == 16 && (packet[1] & 0x7f) == EventType)
                    keys.Enqueue((BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4)), packet[12]));
                if (packet.Length <= 12 || (packet[1] & 0x7f) != 0) continue;
                lock (heard)
                {
                    var samples = packet.AsSpan(12);
                    heard.AsSpan(samples.Length).CopyTo(heard);
                    for (var i = 0; i < samples.Length; i++) heard[Window - samples.Length + i] = Decode(samples[i]);
                }

                Interlocked.Increment(ref total);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                if (stop.IsCancellationRequested) return;
            }
        }
    }

    private double Level()
    {
        lock (heard) return Math.Sqrt(heard.Average(s => (double)s * s));
    }

    /// <summary>The share of the power that is at this frequency (Goertzel).</summary>
    private double Share(double frequency)
    {
        lock (heard)
        {
            var power = heard.Sum(s => (double)s * s);
            if (power < Window * 50.0 * 50) return 0;
            var turn = 2 * Math.Cos(2 * Math.PI * frequency / 8000);
            double last = 0, before = 0;
            foreach (var sample in heard) (last, before) = (sample + (turn * last) - before, last);
            return ((last * last) + (before * before) - (turn * last * before)) / (power * Window / 2);
        }
    }

    private static byte[] BigEndian(ushort value) => [(byte)(value >> 8), (byte)value];

    // ITU-T G.711 µ-law
    private static byte Encode(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), 32635) + 132;
        var exponent = 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)magnitude) - 7;
        return (byte)~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15));
    }

    private static short Decode(byte code)
    {
        code = (byte)~code;
        var magnitude = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132;
        return (short)((code & 0x80) != 0 ? -magnitude : magnitude);
    }

    [GeneratedRegex(@"c=IN IP4 (\S+)")]
    private static partial Regex Address();

    [GeneratedRegex(@"m=audio (\d+)")]
    private static partial Regex Audio();
}
