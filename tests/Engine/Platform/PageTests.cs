using System.Globalization;
using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Tccc.Platform.Tests;

public sealed class PageTests
{
    private static readonly AgentScope Amy = new(new(1), new(1), Languages.English);
    private static readonly AgentScope Bob = new(new(2), new(2), Languages.Chinese);

    [Fact]
    public async Task A_stream_begins_with_every_fragment_and_then_brings_what_is_refreshed()
    {
        await using var host = await Start();
        var (streams, state) = (host.Get<WorkbenchStreams>(), host.Get<State>());
        await using var page = streams.Open(Amy, "w1", CancellationToken.None).GetAsyncEnumerator();
        Assert.Equal("one", (await Next(page)).EventType);
        Assert.Equal("two", (await Next(page)).EventType);

        state.Word = "<changed>";
        streams.Refresh(Amy.Agent, "two");
        var item = await Next(page);
        Assert.Equal("two", item.EventType);
        Assert.Equal("<p id=\"two\">&lt;changed&gt;\nagent 1</p>", item.Data);
    }

    [Fact]
    public async Task A_page_that_reconnects_sees_the_present_whatever_was_lost()
    {
        await using var host = await Start();
        var (streams, state) = (host.Get<WorkbenchStreams>(), host.Get<State>());
        using (var gone = new CancellationTokenSource())
        {
            await using var first = streams.Open(Amy, "w1", gone.Token).GetAsyncEnumerator();
            await Next(first);
            await Next(first);
            var waiting = first.MoveNextAsync().AsTask();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
        Assert.Empty(streams.WorkbenchesOf(Amy.Agent));
        state.Word = "lost";
        streams.Refresh(Amy.Agent, "one");

        await using var again = streams.Open(Amy, "w1", CancellationToken.None).GetAsyncEnumerator();
        Assert.Contains("lost", (await Next(again)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_page_gets_the_newest_once()
    {
        await using var host = await Start();
        var (streams, state) = (host.Get<WorkbenchStreams>(), host.Get<State>());
        await using var page = streams.Open(Amy, "w1", CancellationToken.None).GetAsyncEnumerator();
        await Next(page);
        await Next(page);
        for (var i = 0; i < 1000; i++)
        {
            state.Word = $"{i}";
            streams.Refresh(Amy.Agent, "one", "two");
        }
        Assert.Contains("999", (await Next(page)).Data, StringComparison.Ordinal);
        Assert.Contains("999", (await Next(page)).Data, StringComparison.Ordinal);
        streams.Close(Amy.Agent, "w1", new("elsewhere", "taken-over"));
        Assert.Equal(new("elsewhere", "taken-over"), await Next(page));
        Assert.False(await page.MoveNextAsync());
    }

    [Fact]
    public async Task A_refresh_of_a_center_reaches_its_pages_and_no_other()
    {
        await using var host = await Start();
        var streams = host.Get<WorkbenchStreams>();
        await using var amy = streams.Open(Amy, "a", CancellationToken.None).GetAsyncEnumerator();
        await using var bob = streams.Open(Bob, "b", CancellationToken.None).GetAsyncEnumerator();
        foreach (var page in new[] { amy, bob })
        {
            await Next(page);
            await Next(page);
        }
        var bobWaits = bob.MoveNextAsync();
        streams.RefreshCenter(Amy.Center, "one");
        Assert.Equal("one", (await Next(amy)).EventType);
        Assert.False(bobWaits.IsCompleted);
        streams.Refresh(Bob.Agent, "two");
        Assert.True(await bobWaits);
        Assert.Equal("two", bob.Current.EventType);
    }

    [Fact]
    [Trait("Case", "F-A13")]
    public async Task A_quiet_stream_beats()
    {
        var time = new ManualTime();
        await using var host = await Start(builder => builder.Services.AddSingleton<TimeProvider>(time));
        await using var page = host.Get<WorkbenchStreams>().Open(Amy, "w1", CancellationToken.None).GetAsyncEnumerator();
        await Next(page);
        await Next(page);
        var waiting = page.MoveNextAsync();
        Assert.False(waiting.IsCompleted);
        time.Advance(Sse.HeartbeatEvery);
        Assert.True(await waiting);
        Assert.Equal(Sse.Heartbeat.EventType, page.Current.EventType);
    }

    [Fact]
    public async Task A_thousand_pages_are_all_told()
    {
        await using var host = await Start();
        var streams = host.Get<WorkbenchStreams>();
        var pages = Enumerable.Range(10, 1000)
            .Select(i => streams.Open(new(new(i), new(5), Languages.English), "w", CancellationToken.None).GetAsyncEnumerator()).ToList();
        foreach (var page in pages)
        {
            await Next(page);
            await Next(page);
        }
        host.Get<State>().Word = "all";
        streams.RefreshCenter(new(5), "one");
        foreach (var (i, page) in pages.Index())
        {
            Assert.Equal($"<p id=\"one\">all\nagent {i + 10}</p>", (await Next(page)).Data);
            await page.DisposeAsync();
        }
        Assert.Empty(streams.WorkbenchesOf(new(10)));
    }

    [Fact]
    public async Task A_browser_gets_fragments_of_many_lines_whole_and_the_stream_ends_when_the_server_stops()
    {
        await using var host =
            await Start(
                map: app =>
                    app.MapGet(
                        "/stream",
                        (WorkbenchStreams streams, HttpContext http) => Sse.Stream(streams.Open(Amy, "w1", http.RequestAborted))));
        using var client = host.Client();
        using var response = await client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        await using var page = SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
        Assert.Equal(new("<p id=\"one\">word\nagent 1</p>", "one"), await Next(page));
        await Next(page);
        var stopping = host.Stop();
        Assert.False(await page.MoveNextAsync());
        await stopping;
    }

    [Fact]
    public async Task A_fragment_speaks_its_agent_s_language()
    {
        await using var host = await Start();
        var fragments = host.Get<Fragments>();
        Assert.Contains(
            "This page is too old. Reload it and try again.", await fragments.Render<Words>(Languages.English), StringComparison.Ordinal);
        Assert.Contains(
            "页面已过期", System.Net.WebUtility.HtmlDecode(await fragments.Render<Words>(Languages.Chinese)), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => host.Get<WorkbenchStreams>().RefreshCenter(new(1), "nobody"));
    }

    [Fact]
    public async Task A_word_is_kept_for_its_language_alone_and_takes_its_figures_anew()
    {
        await using var host = await Start();
        var texts = Assert.IsType<KeptTexts<Texts>>(host.Get<IStringLocalizer<Texts>>());
        for (var again = 0; again < 2; again++)
        {
            CultureInfo.CurrentUICulture = Languages.English;
            Assert.Equal("This page is too old. Reload it and try again.", texts["This page is too old. Reload it and try again."]);
            CultureInfo.CurrentUICulture = Languages.Chinese;
            Assert.Equal("页面已过期", texts["This page is too old. Reload it and try again."].Value[..5]);
            Assert.Equal($"nobody translates {again}", texts["nobody translates {0}", again]);
        }
        Assert.Equal(3, texts.Count);
    }

    [Fact]
    public async Task Words_that_people_invent_do_not_fill_the_memory()
    {
        await using var host = await Start();
        var texts = (KeptTexts<Texts>)host.Get<IStringLocalizer<Texts>>();
        for (var i = 0; i <= KeptTexts<Texts>.AtMost; i++) Assert.Equal($"Reason {i}", texts[$"Reason {i}"]);
        Assert.Equal(1, texts.Count);
    }

    private static Task<TestHost> Start(Action<WebApplicationBuilder>? with = null, Action<WebApplication>? map = null) => TestHost.Start(
        builder =>
        {
            builder.Services.AddSingleton<State>().AddFragment<One>().AddFragment<Two>();
            with?.Invoke(builder);
        },
        map);

    private static async Task<SseItem<string>> Next(IAsyncEnumerator<SseItem<string>> page)
    {
        Assert.True(await page.MoveNextAsync());
        return page.Current;
    }

    private sealed class State
    {
        public string Word { get; set; } = "word";
    }

    private sealed class One(State state) : IFragment
    {
        public string Name => "one";

        public ValueTask<FragmentView> For(AgentScope scope) =>
            new(FragmentView.Of<Paragraph>(("Name", Name), ("Text", $"{state.Word}\nagent {scope.Agent}")));
    }

    private sealed class Two(State state) : IFragment
    {
        public string Name => "two";

        public ValueTask<FragmentView> For(AgentScope scope) =>
            new(FragmentView.Of<Paragraph>(("Name", Name), ("Text", $"{state.Word}\nagent {scope.Agent}")));
    }

    private sealed class Paragraph : ComponentBase
    {
        [Parameter]
        public string Name { get; set; } = "";

        [Parameter]
        public string Text { get; set; } = "";

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "p");
            builder.AddAttribute(1, "id", Name);
            builder.AddMarkupContent(2, Text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal));
            builder.CloseElement();
        }
    }

    private sealed class Words : ComponentBase
    {
        [Inject]
        public required IStringLocalizer<Texts> Texts { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder) =>
            builder.AddContent(0, Texts["This page is too old. Reload it and try again."]);
    }
}
