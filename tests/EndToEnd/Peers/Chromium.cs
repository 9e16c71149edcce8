using Microsoft.Playwright;

namespace EndToEnd.Peers;

/// <summary>
/// A real Chromium whose microphone hears one tone. There is one browser a tone for the whole run; each test visits as people of its own,
/// whose pages close with the test.
/// </summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly Dictionary<double, Task<IBrowser>> Browsers = [];

    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--allow-loopback-in-peer-connection",
    ];

    private readonly IBrowser browser;
    private readonly List<IBrowserContext> people = [];

    private Chromium(IBrowser browser) => this.browser = browser;

    /// <param name="tone">What the microphone hears, over and over, in Hz.</param>
    public static async Task<Chromium> Start(double tone)
    {
        Task<IBrowser> browser;
        lock (Browsers)
        {
            // one that crashed is another test's finding
            if (!Browsers.TryGetValue(tone, out browser!) || browser is { IsCompleted: true, IsCompletedSuccessfully: false }
                || browser is { IsCompletedSuccessfully: true, Result.IsConnected: false })
                Browsers[tone] = browser = Launch(tone);
        }
        return new(await browser);
    }

    private static async Task<IBrowser> Launch(double tone)
    {
        // the process takes the driver and the browsers with it when it ends, and /tmp the file
        var microphone = Path.Combine(Directory.CreateTempSubdirectory("tccc-microphone-").FullName, "tone.wav");
        Tone.Write(microphone, tone, TimeSpan.FromSeconds(10), 48000);
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = [.. Quiet, "--use-file-for-fake-audio-capture=" + microphone],
        });
    }

    /// <summary>A person at a computer of their own: cookies and storage are shared with nobody.</summary>
    public async Task<IPage> Visit(string address, string language = "en", string[]? permissions = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address,
            Locale = language,
            IgnoreHTTPSErrors = true,
            ViewportSize = new() { Width = 1440, Height = 900 },
            Permissions = permissions ?? ["microphone", "notifications"],
        });
        lock (people) people.Add(context);
        context.SetDefaultTimeout((float)Until.Soon.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in people) await person.CloseAsync();
    }
}
