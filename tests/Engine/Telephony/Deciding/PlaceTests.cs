using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

/// <summary>product.md §4: the place in the queue, spoken over the music.</summary>
public sealed class PlaceTests
{
    private static Play Waiting() => new Play().Arrived().Give(new Waits(), new LegEstablished(CustomerLegId));

    private static Play Announcing(int place = 3) => Waiting().After(30).Give(new PlaceDue(place));

    [Fact]
    public void A_waiting_customer_is_told_the_place_and_then_the_music_goes_on()
    {
        var desk = Announcing();
        Assert.Equal(new Sound(SoundKind.Place, Group: Sales, Place: 3), desk.Hears(CustomerLegId));

        desk.Give(new ClipEnded(CustomerLegId));

        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
        Assert.Contains(new Disarm(CallDeadline.Place), desk.Last);
    }

    [Fact]
    public void A_place_whose_end_is_never_told_gives_way_to_the_music_by_its_deadline()
    {
        var desk = Announcing().After(30).Give(new DeadlineReached(CallDeadline.Place));

        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
    }

    [Fact]
    public void An_offer_cuts_the_announcement()
    {
        var desk = Announcing().Offered();

        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
        Assert.Contains(new Disarm(CallDeadline.Place), desk.Last);
        desk.Give(new OfferOver(First, AttemptOutcome.TimedOut));
        Assert.Equal(SoundKind.Music, desk.Hears(CustomerLegId).Kind);
    }

    [Fact]
    public void An_answer_cuts_the_announcement()
    {
        // taken from the list: the acceptance may come before the news of the offer
        var desk = Announcing().Give(Yes(First, Amy));

        Assert.Equal(Sound.Of(AmysLine), desk.Hears(CustomerLegId));
    }

    [Fact]
    public void The_longest_wait_cuts_the_announcement()
    {
        var desk = Announcing().Give(new Released(CallEndReason.WaitedTooLong, Farewell: true));
        Assert.Equal(SoundKind.Farewell, desk.Hears(CustomerLegId).Kind);

        desk.Give(new DeadlineReached(CallDeadline.Place));
        Assert.Empty(desk.Last);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_told_before_the_wait_or_while_an_offer_is_out(bool offered)
    {
        var desk = offered ? Waiting().Offered() : new Play().Arrived();

        Assert.Empty(desk.Give(new PlaceDue(1)).Last);
    }

    [Fact]
    public void Far_behind_is_told_once_and_every_better_place_that_has_a_number()
    {
        var desk = Announcing(85).Give(new ClipEnded(CustomerLegId));
        Assert.Equal(Call.PlacesAnnounced + 1, desk.Call.Announced);

        Assert.Empty(desk.After(30).Give(new PlaceDue(60)).Last);
        desk.After(30).Give(new PlaceDue(Call.PlacesAnnounced));
        Assert.Equal(Call.PlacesAnnounced, desk.Hears(CustomerLegId).Place);
        desk.Give(new ClipEnded(CustomerLegId)).After(30).Give(new PlaceDue(1));
        Assert.Equal(1, desk.Hears(CustomerLegId).Place);
    }

    [Fact]
    public void A_customer_who_hangs_up_in_the_announcement_gave_up_in_the_queue()
    {
        var desk = Announcing().Give(new LegEnded(CustomerLegId, LegEnding.HungUp));

        Assert.Equal(CallEndReason.GaveUpInQueue, desk.End.Reason);
        Assert.Contains(new Disarm(CallDeadline.Place), desk.Last);
    }

    [Fact]
    [Trait("Case", "F-E2")]
    public void Who_comes_to_another_group_hears_that_group_s_music_at_once()
    {
        var desk = Waiting();
        Assert.Equal(new Sound(SoundKind.Music, Group: Sales), desk.Hears(CustomerLegId));
        desk.Give(new Moved(new(11)));
        Assert.Equal(new Hear(CustomerLegId, new(SoundKind.Music, Group: new(11))), Assert.Single(desk.Last));
    }
}
