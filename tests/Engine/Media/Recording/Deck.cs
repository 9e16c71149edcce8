using System.Buffers.Binary;
using Tccc.Media.Codecs;
using Tccc.Media.Players;
using Tccc.Media.Recording;

namespace Tccc.Media.Tests.Recording;

/// <summary>One recording in a folder of its own, on a clock that only the test moves.</summary>
internal sealed class Deck : IDisposable
{
    public const int Rate = 8000, Frame = 160;
    private static readonly TimeSpan Begun = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private readonly string folder = Directory.CreateTempSubdirectory("tccc-deck").FullName;
    private readonly Reel reel;
    private double written;

    public Deck(Func<string, Stream>? create = null, TimeSpan? begun = null)
    {
        Path = System.IO.Path.Combine(folder, "call.wav");
        Tape = new Tape(new LegId(7), Path, begun ?? Begun);
        reel = new Reel(Tape, create ?? Recorder.Create);
    }

    public string Folder => folder;

    public string Path { get; }

    public Tape Tape { get; }

    /// <summary>How it ended.</summary>
    public MediaEvent.RecordingEnded? Ended { get; private set; }

    public TimeSpan At(double milliseconds) => Tape.Begun + (Millisecond * milliseconds);

    /// <summary>A packet of a level that both laws have, by its arrival in milliseconds since the beginning.</summary>
    public void Put(
        Channel channel, double at, uint timestamp, short level, uint ssrc = 1, int samples = Frame, AudioCodec codec = AudioCodec.Pcmu)
    {
        var sound = new byte[samples];
        sound.AsSpan().Fill(G711.Encode(codec, level));
        Put(channel, at, timestamp, sound, ssrc, codec);
    }

    public void Put(Channel channel, double at, uint timestamp, byte[] sound, uint ssrc = 1, AudioCodec codec = AudioCodec.Pcmu)
    {
        // the writer comes as often as it does
        for (; written + 200 <= at; written += 200) Write(written + 200);
        Tape.Put(channel, codec, ssrc, timestamp, sound, At(at));
    }

    public void Write(double at)
    {
        written = at;
        Ended ??= reel.Write(At(at));
    }

    public MediaEvent.RecordingEnded Stop(double at)
    {
        for (; written + 200 <= at; written += 200) Write(written + 200);
        Tape.Stop(At(at), RecordingEnd.Complete);
        Write(at);
        return Ended ?? throw new InvalidOperationException("It goes on.");
    }

    public (short[] Said, short[] Heard) Sound() => Read(Path);

    /// <summary>The channels of a file whose head is true.</summary>
    public static (short[] Said, short[] Heard) Read(string path)
    {
        var file = File.ReadAllBytes(path);
        var head = new byte[WavHead.Length];
        WavHead.Write(head, 2, (uint)(file.Length - WavHead.Length));
        Assert.Equal(head, file[..WavHead.Length]);
        Assert.True(WavFile.Open(file).Ok);
        var said = new short[(file.Length - WavHead.Length) / 4];
        var heard = new short[said.Length];
        for (var i = 0; i < said.Length; i++)
        {
            said[i] = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(WavHead.Length + (i * 4)));
            heard[i] = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(WavHead.Length + (i * 4) + 2));
        }
        return (said, heard);
    }

    public static short As(short level, AudioCodec codec = AudioCodec.Pcmu) => G711.Decode(codec, G711.Encode(codec, level));

    public void Dispose()
    {
        reel.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
