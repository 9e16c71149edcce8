namespace Tccc.Dial.Tests;

/// <summary>When a page is asked for a new line: once a minute of a call, and not for one that it has replaced.</summary>
public sealed class SilentLinesTests
{
    private static readonly AgentId Amy = new(11);
    private static readonly CallId Call = new(42);
    private static readonly LegId Line = new(77);
    private readonly Clock clock = new();

    [Fact]
    public void Of_one_call_a_page_is_asked_once_a_minute()
    {
        var lines = new SilentLines(clock);
        Assert.True(lines.Ask(Amy, Call, Line));
        clock.Seconds += 59;
        Assert.False(lines.Ask(Amy, Call, new(78)));
        Assert.True(lines.Ask(new(12), Call, Line));
        clock.Seconds += 1;
        Assert.True(lines.Ask(Amy, Call, new(78)));
        Assert.True(lines.Ask(Amy, new(43), new(78)));
    }

    [Fact]
    public void It_is_asked_until_it_has_another_line_or_another_call()
    {
        var lines = new SilentLines(clock);
        Assert.Null(lines.ToRenew(Amy, Call, Line));
        lines.Ask(Amy, Call, Line);
        Assert.Equal(Line, lines.ToRenew(Amy, Call, Line));
        Assert.Null(lines.ToRenew(Amy, Call, new(78)));
        Assert.Null(lines.ToRenew(Amy, Call, null));
        Assert.Null(lines.ToRenew(Amy, null, Line));
        Assert.Null(lines.ToRenew(new(12), Call, Line));
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; } = 1000;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
