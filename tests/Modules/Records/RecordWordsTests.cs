using System.Globalization;
using Microsoft.Extensions.Localization;
using Tccc.Acd;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records.Tests;

/// <summary>The words of the records.</summary>
public sealed class RecordWordsTests : RecordsCenter
{
    [Fact]
    public void Every_ending_attempt_and_rule_has_a_word()
    {
        CultureInfo.CurrentUICulture = Languages.Chinese;
        var texts = center.Get<IStringLocalizer<Texts>>();
        Assert.All(Enum.GetValues<CallEndReason>(), r => Assert.True(RecordWords.Reason(texts, r).Any(c => c > 255), r.ToString()));
        Assert.All(Enum.GetValues<AttemptOutcome>(), o => Assert.True(RecordWords.Outcome(texts, o).Any(c => c > 255), o.ToString()));
        Assert.All(Enum.GetValues<ExclusionRule>(), r => Assert.True(RecordWords.Rule(texts, r).Any(c => c > 255), r.ToString()));
    }
}
