using System.Net.ServerSentEvents;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Tccc.Dial.Tests;

/// <summary>The count of those who wait follows the queue; product.md §3.</summary>
public sealed class WaitingMovesTests : DialCenter
{
    [Fact]
    public async Task The_count_is_pushed_when_somebody_comes_and_a_rush_is_told_a_few_times_only()
    {
        const int Rush = 40;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await using var stream = await bob.GetStreamAsync(At("/test/stream"), limit.Token);
        var counts = new List<string>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(limit.Token))
        {
            if (item.EventType != "waiting-count") continue;
            counts.Add(new HtmlParser().ParseDocument(item.Data).QuerySelector("#waiting-count")!.GetAttribute("data-count")!);
            if (counts.Count == 1) for (var i = 0; i < Rush; i++) center.Caller($"{i}");
            if (counts[^1] == $"{Rush}") break;
        }
        Assert.Equal("0", counts[0]);
        Assert.InRange(counts.Count, 2, 4);
    }
}
