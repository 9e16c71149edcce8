using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

/// <summary>The agent's keypad: whose keys go where, and when they are refused; product.md §5.</summary>
public sealed class KeypadTests
{
    private static Play With(LegCarrier kind) => new Play(kind).Arrived().Offered().Answered();

    [Fact]
    public void An_extension_goes_to_the_customer_key_by_key_with_its_pauses()
    {
        var desk = Talking().Give(new DigitsClicked(Amy, "1,*#"));

        Assert.Null(desk.Refusal);
        Assert.Equal("1,*#".Select(key => new SendDigit(CustomerLegId, key)), desk.Last);
    }

    [Fact]
    public void Who_talks_at_a_desk_phone_may_use_the_pages_keys_too_and_so_may_who_is_muted()
    {
        Assert.Equal(new SendDigit(CustomerLegId, '5'), Assert.Single(TalkingAtPhone().Give(new DigitsClicked(Bob, "5")).Last));
        Assert.Equal(
            new SendDigit(CustomerLegId, '5'),
            Assert.Single(Talking().Give(new MuteClicked(Amy, true), new DigitsClicked(Amy, "5")).Last));
        Assert.Equal(
            new SendDigit(CustomerLegId, '5'), Assert.Single(With(LegCarrier.DeskPhone).Give(new DigitsClicked(Amy, "5")).Last));
    }

    [Fact]
    public void Keys_that_the_customer_would_not_hear_are_refused()
    {
        Refused<KeysOnHold>(Talking().Give(new HoldClicked(Amy, true)));
        Refused<LineDown>(Talking().Give(new LineBroken(Amy, AmysLine)));
        Refused<NotConnectedYet>(new Play().Arrived().Offered(true).Give(Yes(First, Amy, true)));
        Refused<NoUseForKeys>(With(LegCarrier.Web));
        Refused<NoSuchCall>(Talking().Give(new LegEnded(CustomerLegId, LegEnding.HungUp)));
        Refused<NotYourCall>(new Play().Arrived().Offered());
        Refused<NotYourCall>(new Play().Arrived());
    }

    [Fact]
    public void Keys_are_heard_again_after_the_hold()
    {
        var desk = Talking().Give(new HoldClicked(Amy, true), new HoldClicked(Amy, false), new DigitsClicked(Amy, "7"));

        Assert.Equal(new SendDigit(CustomerLegId, '7'), Assert.Single(desk.Last));
    }

    [Fact]
    public void Keys_that_pile_up_are_refused_until_those_before_have_left()
    {
        var whole = new string('1', Calls.MostDigits);
        var desk = Talking().Give(new DigitsClicked(Amy, whole), new DigitsClicked(Amy, whole));
        Assert.Null(desk.Refusal);
        Assert.Equal(Media.TooManyDigits.Most, desk.Done.OfType<SendDigit>().Count());

        Refused<KeysUnderWay>(desk);
        Refused<KeysUnderWay>(desk.After(6.3));
        Assert.Single(desk.After(0.2).Give(new DigitsClicked(Amy, "2")).Last);

        // a pause counts as long as it waits
        Refused<KeysUnderWay>(Talking().Give(new DigitsClicked(Amy, ",,,,,,,")));
        Assert.Single(Talking().Give(new DigitsClicked(Amy, ",,,,,,,")).After(1).Give(new DigitsClicked(Amy, "2")).Last);
    }

    private static void Refused<T>(Play desk) where T : Error
    {
        desk.Give(new DigitsClicked(Amy, "1"));
        Assert.IsType<T>(desk.Refusal);
        Assert.Empty(desk.Last);
    }
}
