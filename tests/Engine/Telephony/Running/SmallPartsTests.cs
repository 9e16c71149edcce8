using System.Text;
using Tccc.Directory;
using Tccc.Sip;

namespace Tccc.Telephony.Tests;

public sealed class SmallPartsTests
{
    [Theory]
    [InlineData("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", '5')]
    [InlineData("application/dtmf-relay; charset=x", "Duration=160\r\nsignal = #", '#')]
    [InlineData("Application/DTMF", " d\r\n", 'D')]
    [InlineData("application/dtmf-relay", "Signal=55", null)]
    [InlineData("application/dtmf-relay", "", null)]
    [InlineData("application/dtmf", "x", null)]
    [InlineData("text/plain", "5", null)]
    public void A_key_in_info_is_read_or_nothing_is(string type, string body, char? key) =>
        Assert.Equal(key, Dtmf.Read(type, Encoding.ASCII.GetBytes(body)));

    [Theory]
    [InlineData(null, "")]
    [InlineData("Anonymous", "")]
    [InlineData("+8613900000001", "+8613900000001")]
    [InlineData("a\r\nb\0", "a??b?")]
    [InlineData("\u202e321\u200b\u2028", "?321??")]
    [InlineData("王", "王")]
    public void A_callers_number_is_kept_as_it_came_and_printable(string? user, string kept) => Assert.Equal(kept, Routes.Clean(user));

    [Fact]
    public void A_number_longer_than_the_column_is_cut() => Assert.Equal(CallRecord.LongestNumber, Routes.Clean(new('1', 500)).Length);

    [Theory]
    [Trait("Case", "F-B3")]
    [InlineData("sip:anonymous@anonymous.invalid", "")]
    [InlineData("sip:12345@anonymous.invalid", "")]
    [InlineData("sip:+86-139-0000-0123;cpc=ordinary@10.0.0.1", "+8613900000123")]
    [InlineData("sip:10.0.0.1", "")]
    public void A_party_is_its_number(string uri, string shown)
    {
        Assert.True(SipUri.TryParse(uri, out var party));
        Assert.Equal(shown, Routes.Party(party));
    }

    [Fact]
    public void A_number_leads_where_it_says_or_nowhere()
    {
        Assert.Equal(new Entry.Refused(404, CallEndReason.NumberUnknown), Routes.EntryOf(null));
        Assert.Equal(new Entry.ToGroup(new(1)), Routes.EntryOf(new() { Digits = "1", Entry = NumberEntry.Group, Group = new(1) }));
        Assert.Equal(new Entry.ToAgent(new(2)), Routes.EntryOf(new() { Digits = "1", Entry = NumberEntry.Agent, Agent = new(2) }));
        Assert.Equal(
            new Entry.Refused(480, CallEndReason.NoSelfService),
            Routes.EntryOf(new() { Digits = "1", Entry = NumberEntry.Flow, Flow = new(3) }));
    }
}
