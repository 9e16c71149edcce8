using Tccc.Media.Quality;
using Tccc.Media.Sdp;
using Tccc.Media.Tests.Mixing;
using Tccc.Media.Tests.Sdp;

namespace Tccc.Media.Tests.Quality;

/// <summary>A party from whom nothing comes is noticed; one who has nothing to say is not.</summary>
public sealed class OneWayTests : IDisposable
{
    private readonly Booth booth = new() { Listens = false };
    private readonly Booth.Guest ann, bob;

    public OneWayTests()
    {
        (ann, bob) = (booth.Enter(1, 440), booth.Enter(2, 1000));
        Bridge();
    }

    public void Dispose() => booth.Dispose();

    private void Bridge()
    {
        booth.Hear(ann, new Heard.Leg(bob.Id));
        booth.Hear(bob, new Heard.Leg(ann.Id));
    }

    private IEnumerable<MediaEvent> Said => booth.Events.Where(e => e is MediaEvent.OneWay or MediaEvent.BothWays);

    private void Agree(string direction, string formats = "0 101") =>
        ann.Leg.Agree(RtpTerms.Read(Offers.Phone(formats, direction), MediaEncryption.Off).Value);

    [Fact]
    public void It_is_said_once_within_three_seconds_and_once_when_sound_comes_again()
    {
        booth.Run(5000);
        Assert.Empty(Said);
        ann.Talks = false;
        booth.Run(2400);
        Assert.Empty(Said);
        booth.Run(300);
        Assert.Equal([new MediaEvent.OneWay(ann.Id)], Said);
        Assert.True(ann.Leg.Stats(booth.Now).OneWay);
        booth.Run(20_000);
        Assert.Single(Said);
        ann.Talks = true;
        booth.Run(120);
        Assert.Equal([new MediaEvent.OneWay(ann.Id), new MediaEvent.BothWays(ann.Id)], Said);
        Assert.False(ann.Leg.Stats(booth.Now).OneWay);
        ann.Talks = false;
        booth.Run(3000);
        Assert.Equal(3, Said.Count());
    }

    [Fact]
    public void Who_never_sent_anything_is_missed_too()
    {
        ann.Talks = false;
        booth.Run(3000);
        Assert.Equal([new MediaEvent.OneWay(ann.Id)], Said);
    }

    [Fact]
    public void Reports_and_sound_of_another_format_do_not_make_up_for_it_and_key_presses_do()
    {
        booth.Run(1000);
        ann.Talks = false;
        for (var i = 0; i < 8; i++)
        {
            booth.Press(ann, '5');
            booth.Run(500);
        }
        Assert.Empty(Said);
        Span<byte> report = stackalloc byte[Media.Rtp.Rtcp.MaxLength];
        var length = Media.Rtp.Rtcp.Write(report, (uint)ann.Id.Value, null, null, "ann", bye: false);
        for (var i = 0; i < 6; i++)
        {
            booth.Send(ann, report[..length].ToArray(), reports: true);
            booth.Send(ann, ann.Other(payloadType: 9, size: 160));
            booth.Run(500);
        }
        Assert.Equal([new MediaEvent.OneWay(ann.Id)], Said);
    }

    [Fact]
    public void On_hold_muted_or_in_a_queue_nobody_hears_and_nobody_is_missed()
    {
        booth.Run(1000);
        booth.Hear(bob, new Heard.Nothing());
        ann.Talks = false;
        booth.Run(10_000);
        Assert.Empty(Said);
        booth.Hear(bob, new Heard.Leg(ann.Id));
        booth.Run(2400);
        Assert.Empty(Said);
        booth.Run(300);
        Assert.Single(Said);
    }

    [Fact]
    public void After_a_hold_it_is_said_again_when_still_nothing_comes()
    {
        ann.Talks = false;
        booth.Run(3000);
        booth.Hear(bob, new Heard.Nothing());
        booth.Run(3000);
        Assert.Single(Said);
        booth.Hear(bob, new Heard.Leg(ann.Id));
        booth.Run(10_000);
        Assert.Equal([new MediaEvent.OneWay(ann.Id), new MediaEvent.OneWay(ann.Id)], Said);
        ann.Talks = true;
        booth.Run(1000);
        Assert.Equal(new MediaEvent.BothWays(ann.Id), Said.Last());
        Assert.Equal(3, Said.Count());
    }

    [Theory]
    [InlineData("sendonly")]
    [InlineData("recvonly")]
    [InlineData("inactive")]
    public void A_party_that_holds_owes_nothing_and_one_that_resumes_does(string direction)
    {
        booth.Run(1000);
        Agree(direction);
        ann.Talks = false;
        booth.Run(10_000);
        Assert.Empty(Said);
        Agree("sendrecv");
        booth.Run(3000);
        Assert.Equal([new MediaEvent.OneWay(ann.Id)], Said);
    }

    [Theory]
    [InlineData(13, 1)]
    [InlineData(20, 0)]
    [InlineData(126, 4)]
    public void Comfort_noise_and_what_keeps_an_address_open_say_that_silence_is_meant(byte payloadType, int size)
    {
        booth.Run(1000);
        ann.Talks = false;
        booth.Send(ann, ann.Other(payloadType, size));
        booth.Run(10_000);
        Assert.Empty(Said);
        ann.Talks = true;
        booth.Run(200);
        ann.Talks = false;
        booth.Run(3000);
        Assert.Single(Said);
    }

    [Fact]
    public void Who_leaves_out_what_is_silent_is_not_missed_and_loses_nothing()
    {
        for (var i = 0; i < 5; i++)
        {
            ann.Talks = true;
            booth.Run(1000);
            ann.Talks = false;
            booth.Run(1400);
            ann.LeftOut(1400);
        }
        booth.Run(10_000);
        Assert.Empty(Said);
        Assert.All(ann.Leg.TakeQuality(booth.Now), i => Assert.Equal(0, i.Received.Loss ?? 0));
    }

    [Fact]
    public void A_network_that_loses_for_a_while_is_no_pause_of_the_party()
    {
        booth.Run(1000);
        ann.Loses = _ => true;
        booth.Run(1000);
        ann.Loses = null;
        booth.Run(1000);
        ann.Loses = _ => true;
        booth.Run(3000);
        Assert.Equal([new MediaEvent.OneWay(ann.Id)], Said);
    }

    [Fact]
    public void Who_is_in_a_conference_is_missed_there()
    {
        var carl = booth.Enter(3, 1700);
        booth.Meet(ann, bob, carl);
        booth.Run(1000);
        carl.Talks = false;
        booth.Run(3000);
        Assert.Equal([new MediaEvent.OneWay(carl.Id)], Said);
    }

    [Fact]
    public void The_figures_of_a_leg_are_those_of_its_packets()
    {
        ann.Loses = number => number % 10 == 0;
        booth.Run(5200);
        Assert.Equal(0.1, ann.Leg.Stats(booth.Now).LastInterval!.Received.Loss!.Value, 0.01);
        Assert.Equal(0, bob.Leg.Stats(booth.Now).LastInterval!.Received.Loss);
    }

    [Fact]
    public void A_process_that_slept_does_not_take_its_own_silence_for_theirs()
    {
        var watch = new OneWayWatch();
        for (var ms = 0; ms < 2000; ms += 100) Assert.Null(watch.Look(owes: true, TimeSpan.FromMilliseconds(ms)));
        Assert.Null(watch.Look(owes: true, TimeSpan.FromSeconds(60)));
        for (var ms = 60_100; ms < 62_500; ms += 100) Assert.Null(watch.Look(owes: true, TimeSpan.FromMilliseconds(ms)));
        Assert.True(watch.Look(owes: true, TimeSpan.FromMilliseconds(62_500)));
    }
}
