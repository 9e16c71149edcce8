using Microsoft.Playwright;

namespace EndToEnd.Peers;

/// <summary>A real Chromium whose microphone is a WAV file.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--allow-loopback-in-peer-connection",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <param name="microphone">The file that the microphone hears, over and over.</param>
    public static async Task<Chromium> Start(string microphone)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = [.. Quiet, "--use-file-for-fake-audio-capture=" + microphone],
        });
        return new Chromium(playwright, browser);
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
        context.SetDefaultTimeout((float)Until.Soon.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
