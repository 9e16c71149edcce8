using System.Buffers.Binary;
using Tccc.Media.Codecs;
using Tccc.Media.Recording;
using Tccc.Media.Tests.Legs;

namespace Tccc.Media.Tests.Recording;

/// <summary>Storage that is slow, full or gone costs at most the recording, and its end says so.</summary>
public class StorageTests
{
    private static short LevelOf(int packet) => (short)(1000 + (packet % 50 * 500));

    // both channels, as two streams of packets
    private static void Say(Deck deck, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            deck.Tape.Put(
                Channel.Said, AudioCodec.Pcmu, 1, (uint)(i * Deck.Frame), Sound(LevelOf(i)), deck.At(i * 20));
            deck.Tape.Put(
                Channel.Heard, AudioCodec.Pcmu, 2, (uint)(i * Deck.Frame), Sound(LevelOf(i + 7)), deck.At(i * 20));
        }
    }

    private static byte[] Sound(short level)
    {
        var sound = new byte[Deck.Frame];
        sound.AsSpan().Fill(G711.Encode(AudioCodec.Pcmu, level));
        return sound;
    }

    private static void Holds(Deck deck, int packets)
    {
        var (said, heard) = deck.Sound();
        Assert.Equal(packets * Deck.Frame, said.Length);
        for (var i = 0; i < packets; i++)
        {
            Assert.Equal(Deck.As(LevelOf(i)), said[(i * Deck.Frame) + 80]);
            Assert.Equal(Deck.As(LevelOf(i + 7)), heard[(i * Deck.Frame) + 80]);
        }
    }

    [Fact]
    public async Task Nothing_is_lost_where_the_storage_stands_still_for_two_seconds_of_ten()
    {
        Storage? storage = null;
        using var deck = new Deck(path => storage = new Storage(path));
        for (var packet = 0; packet < 3000;)
        {
            // 8 s in which it answers
            for (var end = packet + 400; packet < end; packet += 10)
            {
                Say(deck, packet, packet + 10);
                deck.Write((packet + 10) * 20);
            }
            storage!.Answers.Reset();
            storage.Waits.Reset();
            // enough for a piece, so that the writer meets the stall
            Say(deck, packet, packet + 40);
            var at = (packet + 40) * 20;
            var writer = Task.Run(() => deck.Write(at));
            Assert.True(storage.Waits.Wait(Until.Deadline));
            // it goes on while the writer waits
            Say(deck, packet + 40, packet + 100);
            // what it was taking, and what came since
            Assert.InRange(deck.Tape.Take().Length, 120 * 180, 200 * 180);
            packet += 100;
            storage.Answers.Set();
            await writer;
            deck.Write(packet * 20);
        }
        var ended = deck.Stop(60_000);
        Assert.Equal((RecordingEnd.Complete, TimeSpan.FromMinutes(1)), (ended.How, ended.Length));
        Holds(deck, 3000);
    }

    [Fact]
    public void A_storage_that_stands_still_for_longer_than_may_wait_cuts_the_recording_and_keeps_what_was_before()
    {
        using var deck = new Deck();
        Say(deck, 0, 50);
        deck.Write(1000);
        // nobody takes any of it for 20 s
        Say(deck, 50, 1050);
        Assert.InRange(deck.Tape.Take().Length, Recordings.MostWaiting - 180, Recordings.MostWaiting);
        deck.Write(21_000);
        var ended = deck.Ended!;
        Assert.Equal((RecordingEnd.TooFarBehind, deck.Path), (ended.How, ended.Path));
        // 14 s fit
        Assert.InRange(ended.Length.TotalSeconds, 15, 16);
        Holds(deck, (int)(ended.Length.TotalMilliseconds / 20));
    }

    [Theory]
    [InlineData(Storage.NoSpace, RecordingEnd.DiskFull)]
    [InlineData(unchecked((int)0x80070070), RecordingEnd.DiskFull)]
    [InlineData(5, RecordingEnd.WriteFailed)]
    public void A_full_disk_cuts_the_recording_and_the_file_plays_to_there(int code, RecordingEnd how)
    {
        using var deck = new Deck(path => new Storage(path) { Room = 100_001, Refusal = new IOException("Refused", code) });
        Say(deck, 0, 500);
        deck.Write(10_000);
        Assert.Equal((how, deck.Path), (deck.Ended!.How, deck.Ended.Path));
        var (said, _) = deck.Sound();
        Assert.InRange(said.Length, 20_000, 25_000);
        Assert.Equal(said.Length / 8000.0, deck.Ended.Length.TotalSeconds);
        Assert.Equal(Deck.As(LevelOf(10)), said[(10 * Deck.Frame) + 80]);
        // it takes nothing more, and holds nothing
        Say(deck, 500, 600);
        Assert.Equal(0, deck.Tape.Take().Length);
        Assert.False(File.Exists(deck.Path + Recordings.Unfinished));
    }

    [Fact]
    public void A_disk_that_is_full_from_the_beginning_leaves_no_file_that_claims_to_be_one()
    {
        using var deck = new Deck(path => new Storage(path) { Room = 10 });
        Say(deck, 0, 50);
        deck.Write(1000);
        Assert.Equal(
            new MediaEvent.RecordingEnded(new LegId(7), null, TimeSpan.Zero, RecordingEnd.DiskFull, "No space left on device"),
            deck.Ended);
        Assert.Empty(Directory.EnumerateFiles(deck.Folder));
    }

    [Fact]
    public void What_the_system_says_of_a_full_disk_is_understood()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var deck = new Deck(_ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0));
        Say(deck, 0, 50);
        deck.Write(1000);
        Assert.Equal((RecordingEnd.DiskFull, null), (deck.Ended!.How, deck.Ended.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        using var deck = new Deck(path => Recorder.Create(path.Replace("call.wav", "none/call.wav", StringComparison.Ordinal)));
        Say(deck, 0, 50);
        deck.Write(1000);
        Assert.Equal((RecordingEnd.WriteFailed, null), (deck.Ended!.How, deck.Ended.Path));
        Assert.Contains("none/call.wav", deck.Ended.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_never_written_over()
    {
        using var deck = new Deck();
        File.WriteAllText(deck.Path, "somebody's");
        Say(deck, 0, 50);
        var ended = deck.Stop(1000);
        Assert.Equal((RecordingEnd.WriteFailed, null), (ended.How, ended.Path));
        Assert.Equal("somebody's", File.ReadAllText(deck.Path));
        Assert.Equal(50 * Deck.Frame, Deck.Read(deck.Path + Recordings.Unfinished).Said.Length);
    }

    [Fact]
    public void Nobody_else_on_the_machine_may_read_it()
    {
        if (OperatingSystem.IsWindows()) return;
        using var deck = new Deck();
        Say(deck, 0, 50);
        deck.Stop(1000);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(deck.Path));
    }

    [Fact]
    public void The_longest_one_ends_where_its_sizes_can_still_be_said()
    {
        Counter? counter = null;
        using var deck = new Deck(_ => counter = new Counter());
        for (var hour = 1; hour <= 12; hour++)
        {
            Assert.Null(deck.Ended);
            deck.Put(Channel.Said, (hour * 3_600_000.0) - 1000, (uint)(hour * 28_800_000L), 5000);
            deck.Write(hour * 3_600_000.0);
        }
        Assert.Equal((RecordingEnd.TooLong, Recordings.Longest), (deck.Ended!.How, deck.Ended.Length));
        var bytes = 12L * 3600 * 8000 * 4;
        Assert.InRange(bytes, 1, int.MaxValue - 44);
        Assert.Equal(44 + bytes, counter!.Length);
        Assert.Equal(bytes, BinaryPrimitives.ReadUInt32LittleEndian(counter.Head.AsSpan(40)));
        Assert.Equal(36 + bytes, BinaryPrimitives.ReadUInt32LittleEndian(counter.Head.AsSpan(4)));
    }

    [Fact]
    public void A_packet_that_waits_costs_no_allocation()
    {
        using var deck = new Deck();
        var sound = new byte[Deck.Frame];
        deck.Tape.Put(Channel.Said, AudioCodec.Pcmu, 1, 0, sound, deck.At(0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 1000; i++) deck.Tape.Put(Channel.Said, AudioCodec.Pcmu, 1, (uint)i, sound, deck.At(i));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
