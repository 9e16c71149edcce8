using AngleSharp.Dom;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>What became of a call that nobody answered; product.md §5.</summary>
public class DialOutcomeTests
{
    private static readonly CallEndReason[] Reasons =
    [
        CallEndReason.Busy, CallEndReason.NoAnswer, CallEndReason.Rejected, CallEndReason.NumberUnknown, CallEndReason.NoCommonCodec,
        CallEndReason.TrunkFailure, CallEndReason.NeverAlerted, CallEndReason.GaveUpDialling, CallEndReason.Unreachable,
    ];

    [Theory]
    [Trait("Case", "K16")]
    [InlineData("en", "Redial")]
    [InlineData("zh-CN", "重拨")]
    public async Task Every_ending_has_a_sentence_of_its_own_with_the_number_and_can_be_dialled_again(string language, string redial)
    {
        var said = new List<string>();
        foreach (var reason in Reasons)
        {
            var strip = await Drawing.Of<DialOutcome>(language, Of(reason));
            said.Add(strip.One("p").TextContent);
            var again = strip.Button(redial);
            Assert.Equal(("13900000001", "4000000001"), (again.GetAttribute("data-dial"), again.GetAttribute("data-caller-id")));
        }

        Assert.Distinct(said);
        Assert.All(said, sentence => Assert.Contains("13900000001", sentence, StringComparison.Ordinal));
        Assert.DoesNotContain(said.Take(2).Concat(said.Skip(3)), sentence => sentence.Contains("refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_one_it_is_an_empty_element() =>
        Assert.Equal("", (await Drawing.Of<DialOutcome>("en", null!)).Root.InnerHtml.Trim());

    private static CallNotReached Of(CallEndReason reason) => new(
        new(42), new(1), new(3), "13900000001", "4000000001", new(CallResult.NotReached, reason, EndedBy.System), DateTimeOffset.UnixEpoch);
}
