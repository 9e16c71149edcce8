using System.Net;
using Tccc.Modules.Tests;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>The sentence about a call in vain comes, and goes when it was read or the next call is there; product.md §5.</summary>
public sealed class CloseOutcomeTests : DialCenter
{
    [Fact]
    public async Task It_is_told_to_who_dialled_alone_until_they_close_it()
    {
        await Told();
        var other = await Panel(amy.DeleteAsync(At("/dial-outcome")));
        Assert.DoesNotContain("13900000001", other, StringComparison.Ordinal);
        Assert.NotNull(center.Get<DialOutcomes>().Of(TestCenter.Bob));
        var mine = await Panel(bob.DeleteAsync(At("/dial-outcome")));
        Assert.DoesNotContain("13900000001", mine, StringComparison.Ordinal);
        Assert.Null(center.Get<DialOutcomes>().Of(TestCenter.Bob));
    }

    [Fact]
    public async Task The_next_call_takes_its_place()
    {
        await Told();
        center.Get<Writer>().Enqueue(new CallDialled(new(43), TestCenter.Center, TestCenter.Bob, Now));
        await TestCenter.Until("it is gone", () => center.Get<DialOutcomes>().Of(TestCenter.Bob) is null);
    }

    [Fact]
    public async Task A_stranger_closes_nothing() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await center.Stranger().DeleteAsync(At("/dial-outcome"))).StatusCode);

    private Task<string> Told()
    {
        var end = new CallEnd(CallResult.NotReached, CallEndReason.Busy, EndedBy.Customer);
        return TestCenter.Pushed(bob, "dial-outcome", html => html.Contains("13900000001 is busy.", StringComparison.Ordinal), () =>
        {
            center.Get<Writer>().Enqueue(
                new CallNotReached(new(42), TestCenter.Center, TestCenter.Bob, "13900000001", "4000000001", end, Now));
            return Task.CompletedTask;
        });
    }
}
