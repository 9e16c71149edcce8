using System.Collections.Concurrent;

namespace Tccc.Media.Tests.Legs;

/// <summary>A running endpoint with what its legs told.</summary>
internal sealed class Studio : IMediaEvents, IAsyncDisposable
{
    private long lastLeg;

    // each studio its own ports, so that tests may run side by side
    private static int nextRange = 41000 + (Environment.ProcessId % 50 * 200);

    public Studio(MediaOptions? options = null, bool portable = false)
    {
        var min = Interlocked.Add(ref nextRange, 40);
        Options =
            (options ?? new MediaOptions()) with { Loopback = true, WebRtcPort = options?.WebRtcPort is null or 40000
                ? 0
                : options.WebRtcPort };
        if (options is null or { RtpPortMin: 20000 }) Options = Options with { RtpPortMin = min, RtpPortMax = min + 39 };
        Endpoint = new MediaEndpoint(Options, this, Clips, TimeProvider.System, new SystemRandomness(), portable);
        Endpoint.Start();
    }

    public MediaOptions Options { get; }

    public Clips Clips { get; } = new();

    public MediaEndpoint Endpoint { get; }

    public ConcurrentQueue<MediaEvent> Events { get; } = [];

    /// <summary>Is told in place of the queue, on the thread that tells.</summary>
    public Action<MediaEvent>? AtOnce { get; set; }

    public LegId NewLeg() => new(Interlocked.Increment(ref lastLeg));

    /// <summary>A leg that answered the phone's offer.</summary>
    public LegId Call(Phone phone, string? sdp = null, FarEnd? far = null)
    {
        var leg = NewLeg();
        var answer = Endpoint.Answer(leg, LegKind.Rtp, sdp ?? phone.Sdp(), far);
        Assert.True(answer.Ok, answer.Error?.ToString());
        phone.Take(answer.Value);
        Endpoint.Confirm(leg);
        return leg;
    }

    public void Bridge(LegId a, LegId b)
    {
        Endpoint.Hear(a, new Heard.Leg(b));
        Endpoint.Hear(b, new Heard.Leg(a));
    }

    public string Digits(LegId leg) =>
        string.Concat(Events.OfType<MediaEvent.DigitReceived>().Where(d => d.Leg == leg).Select(d => d.Digit));

    /// <summary>Each hears all the others.</summary>
    public void Meet(params LegId[] all)
    {
        foreach (var leg in all) Endpoint.Hear(leg, new Heard.Legs([.. all.Where(other => other != leg)]));
    }

    public void On(MediaEvent e)
    {
        if (AtOnce is { } told) told(e);
        else Events.Enqueue(e);
    }

    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();
}
