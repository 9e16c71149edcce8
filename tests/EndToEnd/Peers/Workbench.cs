using System.Globalization;
using Microsoft.Playwright;

namespace EndToEnd.Peers;

/// <summary>An agent at the page, who finds things by the names of the contract, as a screen reader does.</summary>
internal sealed class Workbench(IPage page)
{
    public const string Password = "Demo#2026";

    public IPage Page => page;

    public ILocator RingBar => page.GetByRole(AriaRole.Alertdialog, new() { Name = "Incoming call" });

    public ILocator Call => page.GetByRole(AriaRole.Region, new() { Name = "Current call" });

    public ILocator Status => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Status: ") });

    /// <summary>Signs in, enters the Demo center, and is in the workbench.</summary>
    public static async Task<Workbench> Open(Chromium chromium, Server server, string account, bool goOnline = true, string? address = null)
    {
        var page = await chromium.Visit(address ?? server.Address);
        await SignIn(page, account);
        var workbench = new Workbench(page);
        await workbench.Enter(goOnline);
        if (goOnline) await workbench.Is("Available");
        return workbench;
    }

    public static async Task SignIn(IPage page, string account, string password = Password)
    {
        await page.GotoAsync("/login");
        await page.GetByLabel("E-mail").FillAsync(account + "@demo.test");
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    public async Task Enter(bool goOnline)
    {
        await page.WaitForURLAsync("**/centers");
        await page.GetByLabel("Go online in the workbench").First.SetCheckedAsync(goOnline);
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter", Exact = true }).First.ClickAsync();
        await page.WaitForURLAsync("**/workbench**");
        await Status.WaitForAsync();
    }

    public Task Is(string state, TimeSpan? within = null) =>
        Until.Holds(
            $"the agent's state is {state}", async () => (await State()).StartsWith(state, StringComparison.Ordinal), within,
            () => "It is " + State().Result);

    public async Task<string> State() =>
        (await Status.GetAttributeAsync("aria-label") ?? "")["Status: ".Length..];

    public async Task Choose(string state)
    {
        await Status.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = state, Exact = true })
            .Or(page.GetByRole(AriaRole.Menuitem, new() { Name = state, Exact = true })).First.ClickAsync();
    }

    public Task Rings() => Rings(TimeSpan.FromSeconds(15));

    public Task Rings(TimeSpan within) => RingBar.WaitForAsync(new() { Timeout = (float)within.TotalMilliseconds });

    public Task RingsNoMore() => RingBar.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

    public Task Press(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>The line to the server is up, so that an offer can come.</summary>
    public Task LineIsUp() =>
        Until.Holds("the line is up", async () => await page.EvaluateAsync<bool>("() => window.tccc?.line?.state === 'connected'"));

    /// <summary>Keeps every microphone that the page opens from now on: they are what the browser's own sign tells of.</summary>
    public Task WatchMicrophone() => page.EvaluateAsync("""
        () => {
          const devices = navigator.mediaDevices, open = devices.getUserMedia.bind(devices);
          window.microphones = [];
          devices.getUserMedia = async wish => {
            const stream = await open(wish);
            window.microphones.push(...stream.getTracks());
            return stream;
          };
        }
        """);

    public Task MicrophoneIs(bool open) => Until.Holds(open ? "the microphone is open" : "no microphone is open",
        async () => await page.EvaluateAsync<bool>("() => window.microphones.some(track => track.readyState === 'live')") == open);

    /// <summary>Whether the microphone's sound leaves the page.</summary>
    public Task<bool> IsSending() => page.EvaluateAsync<bool>("() => window.tccc.line.sending");

    /// <summary>Nearly all that the page plays now is this tone.</summary>
    public Task Hears(double hertz, TimeSpan? within = null)
    {
        Sound? heard = null;
        return Until.Holds(
            $"the page plays {hertz} Hz", async () => (heard = await Listen()) is { Level: > 0.01 } && Math.Abs(heard.Peak - hertz) < 25,
            within, () => $"It played {heard}");
    }

    public Task HearsSilence(TimeSpan? within = null)
    {
        Sound? heard = null;
        return Until.Holds(
            "the page plays silence", async () => (heard = await Listen()) is { Level: < 0.003 }, within, () => $"It played {heard}");
    }

    /// <summary>
    /// Notes every tone that the page plays from now on, and whether a ring bar is ever there: what is too short for looking again and
    /// again.
    /// </summary>
    public Task KeepEar() => page.EvaluateAsync("""
        () => {
          const audio = [...document.querySelectorAll('audio')].find(a => a.srcObject?.getAudioTracks().length);
          const context = new AudioContext(), analyser = context.createAnalyser();
          analyser.fftSize = 2048;
          analyser.smoothingTimeConstant = 0;
          context.createMediaStreamSource(audio.srcObject).connect(analyser);
          context.resume();
          const ear = window.ear = { peaks: [], rang: false };
          const time = new Float32Array(analyser.fftSize), bins = new Float32Array(analyser.frequencyBinCount);
          setInterval(() => {
            ear.rang ||= document.querySelector('[role=alertdialog][aria-label="Incoming call"]') !== null;
            analyser.getFloatTimeDomainData(time);
            if (Math.sqrt(time.reduce((sum, x) => sum + x * x, 0) / time.length) < 0.01) return;
            analyser.getFloatFrequencyData(bins);
            ear.peaks.push(Math.round(bins.indexOf(Math.max(...bins)) * context.sampleRate / analyser.fftSize));
          }, 15);
        }
        """);

    /// <summary>The ear has heard this tone.</summary>
    public Task EarHeard(double hertz)
    {
        var heard = "";
        return Until.Holds(
            $"the page played {hertz} Hz", async () => (heard = await page.EvaluateAsync<string>("() => window.ear.peaks.join(' ')"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Any(p => Math.Abs(int.Parse(p, CultureInfo.InvariantCulture) - hertz) < 25), seen: () => "It played " + heard);
    }

    public Task<bool> EverRang() => page.EvaluateAsync<bool>("() => window.ear.rang");

    private sealed record Sound(double Level, double Peak);

    // A tap on what the page's <audio> elements play: the product needs no hook for it.
    private const string Tap = """
        () => {
          const sources = [...document.querySelectorAll('audio')].map(a => a.srcObject).filter(s => s && s.getAudioTracks().some(t => t.readyState === 'live'));
          if (!sources.length) return '0 0';
          window.tap ??= { context: new AudioContext(), nodes: new Map() };
          const tap = window.tap, stream = sources[0];
          if (!tap.nodes.has(stream)) {
            const analyser = tap.context.createAnalyser();
            analyser.fftSize = 8192;
            analyser.smoothingTimeConstant = 0;
            tap.context.createMediaStreamSource(stream).connect(analyser);
            tap.nodes.set(stream, analyser);
          }
          tap.context.resume();
          const analyser = tap.nodes.get(stream);
          const time = new Float32Array(analyser.fftSize), bins = new Float32Array(analyser.frequencyBinCount);
          analyser.getFloatTimeDomainData(time);
          analyser.getFloatFrequencyData(bins);
          const level = Math.sqrt(time.reduce((sum, x) => sum + x * x, 0) / time.length);
          return `${level} ${bins.indexOf(Math.max(...bins)) * tap.context.sampleRate / analyser.fftSize}`;
        }
        """;

    private async Task<Sound> Listen()
    {
        var parts = (await page.EvaluateAsync<string>(Tap)).Split(' ').Select(p => double.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return new Sound(parts[0], parts[1]);
    }
}
