using Tccc.Media.Tests.Legs;

namespace Tccc.Media.Tests.Quality;

/// <summary>Quality over real sockets, by the face that calls see.</summary>
public sealed class OverSocketsTests : IAsyncLifetime, IDisposable
{
    private readonly Studio studio = new();
    private readonly Phone alice = new();
    private readonly Phone bob = new() { Ssrc = 99 };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await studio.DisposeAsync();

    public void Dispose()
    {
        alice.Dispose();
        bob.Dispose();
    }

    [Fact]
    public void A_call_s_intervals_are_taken_before_its_leg_is_closed()
    {
        var (a, b) = (studio.Call(alice), studio.Call(bob));
        studio.Bridge(a, b);
        alice.Talk(440);
        bob.Talk(1000);
        Until.True(() => studio.Endpoint.Stats(a)!.LastInterval is not null, "an interval");
        Assert.False(studio.Endpoint.Stats(a)!.OneWay);
        Assert.InRange(studio.Endpoint.Stats(a)!.LastInterval!.Received.Loss!.Value, 0, 0.05);
        Assert.Null(studio.Endpoint.Stats(a)!.LastInterval!.Received.Mos);
        var first = Assert.Single(studio.Endpoint.TakeQuality(a));
        Assert.Equal(TimeSpan.Zero, first.Began);
        Assert.InRange(first.Length, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(8));
        Assert.Null(studio.Endpoint.Stats(a)!.LastInterval);
        studio.Endpoint.Close(a);
        Assert.Empty(studio.Endpoint.TakeQuality(a));
        Assert.Single(studio.Endpoint.TakeQuality(b));
    }

    [Fact]
    public async Task A_browser_without_a_voice_is_missed_and_heard_of_again()
    {
        using var browser = new Browser();
        await using var other = new Studio();
        var (customer, agent) = (other.Call(alice), other.NewLeg());
        browser.Take(other.Endpoint.Answer(agent, LegKind.WebRtc, browser.Offer()).Value);
        Until.True(() => browser.Connected && other.Endpoint.Stats(agent)!.Connected, "connection");
        other.Bridge(customer, agent);
        alice.Talk(440);
        Until.True(() => other.Events.OfType<MediaEvent.OneWay>().Any(), "the browser is missed");
        Assert.Equal([new MediaEvent.OneWay(agent)], other.Events.OfType<MediaEvent.OneWay>());
        Assert.True(other.Endpoint.Stats(agent)!.OneWay);
        browser.Talk(1000);
        Until.True(() => other.Events.OfType<MediaEvent.BothWays>().Any(e => e.Leg == agent), "the browser again");
    }
}
