using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

/// <summary>One session, many parts whose times add up; product.md §12.</summary>
public sealed class LedgerTests
{
    [Fact]
    public void The_parts_of_a_call_tell_what_became_of_the_customer_and_with_whom()
    {
        var play = new Play().Arrived().After(1).Offered().After(4).Answered().After(10).Give(new HoldClicked(Amy, true)).After(5)
            .Give(new HoldClicked(Amy, false)).After(2).Give(new LineBroken(Amy, AmysLine)).After(30)
            .Give(new DeadlineReached(CallDeadline.AgentReturn, Amy.Value)).After(8).Give(new LegEnded(CustomerLegId, LegEnding.HungUp));

        var parts = CallPart.Of(Row(play));

        Assert.Equal(
            [
                (PartKind.Waiting, 1, null, Sales), (PartKind.Ringing, 4, null, Sales), (PartKind.Talk, 10, Amy, null),
                (PartKind.Hold, 5, Amy, null), (PartKind.Talk, 2, Amy, null), (PartKind.Interrupted, 30, Amy, null),
                (PartKind.Waiting, 8, null, Sales),
            ],
            parts.Select(p => (p.Kind, (int)p.Length.TotalSeconds, p.Agent, p.Group)));
        Assert.Equal((4000, 12_000, 5000), (Row(play).RingMs, Row(play).TalkMs, Row(play).HoldMs));
        Assert.Equal((Row(play).ArrivedAt, Row(play).EndedAt), (parts[0].From, parts[^1].Until));
    }

    [Fact]
    public void What_lasted_no_time_is_no_part()
    {
        var play = Talking().After(10).Give(new HoldClicked(Amy, true), new HoldClicked(Amy, false)).After(5).Give(new HangupClicked(Amy));

        Assert.Equal([PartKind.Waiting, PartKind.Ringing, PartKind.Talk], CallPart.Of(Row(play)).Select(p => p.Kind));
        Assert.Equal(15_000, Row(play).TalkMs);
    }

    [Fact]
    public void The_oldest_of_very_many_parts_are_told_as_one_and_the_sums_stay_true()
    {
        var play = Talking();
        for (var i = 0; i < 2 * Ledger.MostParts; i++) play.After(1).Give(new HoldClicked(Amy, i % 2 == 0));
        play.After(1).Give(new HangupClicked(Amy));

        var (row, parts) = (Row(play), CallPart.Of(Row(play)));

        Assert.Equal(Ledger.MostParts, parts.Count);
        Assert.Equal(PartKind.Earlier, parts[0].Kind);
        Assert.Equal((row.ArrivedAt, row.EndedAt), (parts[0].From, parts[^1].Until));
        Assert.Equal((4000, (Ledger.MostParts + 1) * 1000, Ledger.MostParts * 1000), (row.RingMs, row.TalkMs, row.HoldMs));
        Assert.InRange(row.Parts!.Length, 1, CallRecord.LongestParts);
    }

    [Fact]
    public void A_customer_who_waits_is_on_record_with_it_every_15_seconds()
    {
        var play = new Play().Arrived().Give(new Waits()).After(15).Give(new DeadlineReached(CallDeadline.Mark));

        var parts = CallPart.Of(Assert.IsType<CallRecord>(Assert.Single(play.Last.OfType<Update>()).Row));
        Assert.Equal((PartKind.Waiting, 15), (Assert.Single(parts).Kind, (int)parts[0].Length.TotalSeconds));
    }

    private static CallRecord Row(Play play) => play.Done.OfType<Update>().Select(u => u.Row).OfType<CallRecord>().Last();
}
