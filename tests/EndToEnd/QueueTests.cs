using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>What somebody hears who waits: the center's music, and now and then their place in the queue; product.md §4.</summary>
public sealed class QueueTests : IAsyncLifetime
{
    private const double Music = 700;
    private const double CallersTone = 440;
    private const double AgentsTone = 1000;
    private const string Sales = "4000000001";
    private static readonly TimeSpan Announced = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-queue-").FullName;
    private Server server = null!;
    private int phones;

    public async Task InitializeAsync()
    {
        Tone.Write(Path.Combine(folder, "caller.wav"), CallersTone, TimeSpan.FromMinutes(3), 8000);
        server = await Server.Start("Announcements:Language=en");
        await server.Stop();
        Directory.CreateDirectory(Path.Combine(server.Folder, "sounds"));
        Tone.Write(Path.Combine(server.Folder, "sounds", "77.wav"), Music, TimeSpan.FromSeconds(60), 8000);
        server.Change("insert into Sounds (Id, Center, Name, Milliseconds) select 77, Id, 'tone', 60000 from Centers where Name = 'Demo'; update Centers set HoldMusicSound = 77, PlaceEverySeconds = 15 where Name = 'Demo'");
        await server.Again();
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Who_waits_hears_music_then_the_place_and_then_music_again_until_the_agent()
    {
        await using var first = await Phone();
        await first.Dial(server.Sip(Sales));
        await first.Hears(Music);
        await using var second = await Phone();
        await second.Dial(server.Sip(Sales));
        await second.Hears(Music);

        await first.HearsOtherThan(Music, Announced);
        await first.Hears(Music);
        await second.HearsOtherThan(Music, Announced);
        await second.Hears(Music);

        // one place further ahead is said the next time
        await first.HangUp();
        await second.HearsOtherThan(Music, Announced);
        await second.Hears(Music);

        await using var chromium = await Chromium.Start(AgentsTone);
        var amy = await Workbench.Open(chromium, server, "amy");
        await amy.Rings();
        await amy.Press("Answer");
        await second.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await second.HangUp();
    }

    private Task<Baresip> Phone() =>
        Baresip.Start(Directory.CreateDirectory(Path.Combine(folder, $"phone{++phones}")).FullName, Path.Combine(folder, "caller.wav"));
}
