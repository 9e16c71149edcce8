using System.Diagnostics;
using Tccc.Media.Codecs;
using Tccc.Media.Tests.Legs;
using Tccc.Media.Tests.Players;

namespace Tccc.Media.Tests.Recording;

/// <summary>Recordings over real sockets, threads and files.</summary>
public sealed class RecordTests : IAsyncLifetime, IDisposable
{
    private const double Loud = 6000, Quiet = 200;
    private readonly string folder = Directory.CreateTempSubdirectory("tccc-record").FullName;
    private readonly Studio studio = new();
    private readonly Phone alice = new();
    private readonly CancellationTokenSource quiet = new();
    private readonly List<Thread> voices = [];
    private readonly Phone bob = new() { Ssrc = 99, Codec = AudioCodec.Pcma };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await studio.DisposeAsync();

    public void Dispose()
    {
        quiet.Cancel();
        foreach (var voice in voices) voice.Join();
        quiet.Dispose();
        alice.Dispose();
        bob.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    // 50 a second on the whole, however late the thread is
    private void Talk(Action say)
    {
        var voice = new Thread(() =>
        {
            var clock = Stopwatch.StartNew();
            for (var said = 0; !quiet.Token.WaitHandle.WaitOne(5);)
                for (; said < clock.ElapsedMilliseconds / 20; said++) say();
        });
        voice.Start();
        voices.Add(voice);
    }

    // of 25 ms each the one in the middle: on a busy machine a voice stumbles
    private static double LevelOf(short[] samples, double hertz) =>
        samples.Chunk(200).Where(part => part.Length == 200).Select(part => Level.At(part, hertz)).Order().ToList()
            is { Count: > 0 } levels ? levels[levels.Count / 2] : -1;

    private string In(string name) => Path.Combine(folder, name);

    [Fact]
    public void One_that_is_over_before_it_began_leaves_no_file()
    {
        var a = studio.Call(alice);
        Assert.True(studio.Endpoint.Record(a, In("x.wav")).Ok);
        studio.Endpoint.StopRecording(a);
        var ended = EndOf(a);
        Assert.Equal(RecordingEnd.Complete, ended.How);
        Assert.Equal(ended.Length > TimeSpan.Zero ? In("x.wav") : null, ended.Path);
        Assert.Equal(ended.Length > TimeSpan.Zero ? 1 : 0, Directory.EnumerateFiles(folder).Count());
    }

    private MediaEvent.RecordingEnded EndOf(LegId leg)
    {
        MediaEvent.RecordingEnded? ended = null;
        Until.True(
            () => (ended = studio.Events.OfType<MediaEvent.RecordingEnded>().LastOrDefault(e => e.Leg == leg)) is not null,
            "the recording's end");
        return ended!;
    }

    [Fact]
    public void A_call_is_in_the_file_with_each_party_on_its_own_side()
    {
        var (a, b) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(a, b);
        Talk(() => alice.Say(450));
        Talk(() => bob.Say(1000));
        Until.True(() => alice.Hears(1000) > Loud && bob.Hears(450) > Loud, "they hear each other");
        var clock = Stopwatch.StartNew();
        Assert.True(studio.Endpoint.Record(a, In("call.wav")).Ok);
        Until.True(() => File.Exists(In("call.wav.part")) && new FileInfo(In("call.wav.part")).Length > 44, "it grows");
        Until.True(() => clock.ElapsedMilliseconds > 1500, "more than a second of it");
        Assert.False(File.Exists(In("call.wav")));
        studio.Endpoint.StopRecording(a);
        var took = clock.Elapsed;
        var ended = EndOf(a);
        Assert.Equal((RecordingEnd.Complete, In("call.wav")), (ended.How, ended.Path));
        Assert.InRange(ended.Length, took - TimeSpan.FromMilliseconds(500), took);
        var (said, heard) = Deck.Read(In("call.wav"));
        Assert.InRange(LevelOf(said, 450), Loud, 9000);
        Assert.InRange(LevelOf(said, 1000), 0, Quiet);
        Assert.InRange(LevelOf(heard, 1000), Loud, 9000);
        Assert.InRange(LevelOf(heard, 450), 0, Quiet);
        Assert.False(File.Exists(In("call.wav.part")));
        // another one of the same call, which ends with the leg
        Assert.True(studio.Endpoint.Record(a, In("again.wav")).Ok);
        studio.Endpoint.PauseRecording(a);
        Until.True(() => File.Exists(In("again.wav.part")), "it begins");
        studio.Endpoint.Close(a);
        Until.True(() => studio.Events.OfType<MediaEvent.RecordingEnded>().Count() == 2, "its end");
        Assert.Equal((RecordingEnd.Complete, In("again.wav")), (EndOf(a).How, EndOf(a).Path));
        Assert.All(Deck.Read(In("again.wav")).Said, s => Assert.Equal(0, s));
    }

    [Fact]
    public void Orders_that_can_not_be_are_refused()
    {
        var a = studio.Call(alice);
        Assert.IsType<UnknownLeg>(studio.Endpoint.Record(new LegId(99), In("x.wav")).Error);
        Assert.Throws<ArgumentException>(() => studio.Endpoint.Record(a, "x.wav"));
        Assert.True(studio.Endpoint.Record(a, In("x.wav")).Ok);
        Assert.IsType<AlreadyRecording>(studio.Endpoint.Record(a, In("y.wav")).Error);
        // nothing is recorded there
        foreach (var leg in (LegId[])[studio.Call(bob), new LegId(99)])
        {
            studio.Endpoint.PauseRecording(leg);
            studio.Endpoint.ResumeRecording(leg);
            studio.Endpoint.StopRecording(leg);
        }
        studio.Endpoint.StopRecording(a);
        Assert.Equal(RecordingEnd.Complete, EndOf(a).How);
    }

    [Fact]
    public void One_that_failed_may_be_begun_again()
    {
        var a = studio.Call(alice);
        Assert.True(studio.Endpoint.Record(a, In("none/x.wav")).Ok);
        Assert.Equal((RecordingEnd.WriteFailed, null), (EndOf(a).How, EndOf(a).Path));
        Assert.True(studio.Endpoint.Record(a, In("x.wav")).Ok);
        Until.True(() => File.Exists(In("x.wav.part")), "it begins");
        studio.Endpoint.StopRecording(a);
        Until.True(() => File.Exists(In("x.wav")), "the file");
    }

    [Fact]
    public async Task The_end_of_the_server_is_the_end_of_all_files()
    {
        var (a, b) = (studio.Call(alice), studio.Call(bob));
        Assert.True(studio.Endpoint.Record(a, In("a.wav")).Ok);
        Assert.True(studio.Endpoint.Record(b, In("b.wav")).Ok);
        Until.True(() => Directory.EnumerateFiles(folder, "*.part").Count() == 2, "both begin");
        await studio.DisposeAsync();
        Assert.Equal([In("a.wav"), In("b.wav")], Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal));
        Assert.Equal(2, studio.Events.OfType<MediaEvent.RecordingEnded>().Count(e => e.How == RecordingEnd.Complete));
    }

    [Fact]
    public void There_are_never_more_than_may_be()
    {
        using var recorder =
            new Tccc.Media.Recording.Recorder(new MediaClock(TimeProvider.System), studio, _ => throw new NotSupportedException());
        var tapes = Enumerable.Range(0, Recordings.MostAtOnce).Select(i => recorder.Begin(new LegId(i), In($"{i}.wav"))).ToList();
        Assert.DoesNotContain(null, tapes);
        Assert.Null(recorder.Begin(new LegId(9999), In("one-more.wav")));
        recorder.Start();
        Until.True(() => recorder.Count == 0, "all have failed");
        Assert.NotNull(recorder.Begin(new LegId(9999), In("one-more.wav")));
    }
}
