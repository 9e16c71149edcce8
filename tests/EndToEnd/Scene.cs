using System.Globalization;
using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>
/// What most of these tests begin with: a server of their own, a browser whose microphone hears one tone, and SIP phones that say another.
/// </summary>
public abstract class Scene : IAsyncLifetime
{
    private protected const double CallersTone = 440;
    private protected const double AgentsTone = 1000;

    /// <summary>The number of the demo center that leads to the group Sales.</summary>
    private protected const string Sales = "4000000001";

    private protected readonly string folder = Directory.CreateTempSubdirectory("tccc-peers-").FullName;
    private protected Server server = null!;
    private protected Chromium chromium = null!;
    private int phones;

    /// <summary>What the server is told beside its folder and ports.</summary>
    private protected virtual string[] Settings => [];

    public async Task InitializeAsync()
    {
        Tone.Write(Path.Combine(folder, "caller.wav"), CallersTone, TimeSpan.FromMinutes(3), 8000);
        server = await Server.Start(Settings);
        chromium = await Chromium.Start(AgentsTone);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await chromium.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <param name="number">What it calls itself.</param>
    private protected Task<Baresip> Phone(string number = "caller") => Baresip.Start(
        Directory.CreateDirectory(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"phone{++phones}"))).FullName,
        Path.Combine(folder, "caller.wav"), number);
}
