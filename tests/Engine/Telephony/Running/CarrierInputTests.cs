using Tccc.Acd;
using Tccc.Sip;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>
/// What real networks send, word for word, over a real socket: the number, the caller and the description are found all the same.
/// </summary>
public sealed class CarrierInputTests : IAsyncLifetime
{
    private const string Isup =
        "Content-Disposition: signal; handling=optional\r\nContent-Type: application/isup; version=itu-t92+\r\n\r\n\x01\x02\r\n--d1--\r\n";

    private Office office = null!;
    private SipPeer phone = null!;

    public async Task InitializeAsync()
    {
        office = await Open();
        phone = await office.Phone("8001", 1000);
        await office.Works(Bob);
    }

    public async Task DisposeAsync()
    {
        await phone.DisposeAsync();
        await office.DisposeAsync();
    }

    [Theory]
    [Trait("Case", "F-B3")]
    [InlineData("sip:4000000001;npdi;rn=+8613800000000@127.0.0.1;user=phone")]
    [InlineData("sip:400-000-0001@127.0.0.1;user=phone")]
    [InlineData("sip:+86-(400)-000.0001;npdi;rn=+8613800000000@127.0.0.1;user=phone")]
    [InlineData("sip:%2B864000000001@127.0.0.1")]
    [InlineData("sip:00864000000001@127.0.0.1")]
    [InlineData("sip:+4000000001@127.0.0.1")]
    [InlineData("tel:+86-400-000-0001;rn=+8613800000000")]
    public async Task The_number_called_is_found_however_it_is_written(string uri)
    {
        using var carrier = new RawCarrier(office.SipPort) { Uri = uri };
        carrier.Invite();
        await carrier.IsLetIn();
        carrier.Cancel();
        await office.Quiet();
        Assert.Equal(Sales, (await office.Record()).Called);
    }

    [Theory]
    [Trait("Case", "F-B3")]
    [InlineData("<sip:+8613900000123;cpc=ordinary@127.0.0.1;user=phone>", "", "+8613900000123")]
    [InlineData("<tel:+86-139-0000-0123;cpc=ordinary>", "", "+8613900000123")]
    [InlineData("<sip:x@127.0.0.1>", "P-Asserted-Identity: <sip:+86-139-0000.0123;npdi@127.0.0.1;user=phone>\r\n", "+8613900000123")]
    [InlineData("<sip:%E2%80%AE321%0D%0A@127.0.0.1>", "", "?321??")]
    public async Task The_caller_is_shown_and_stored_as_a_number(string from, string lines, string shown)
    {
        using var carrier = new RawCarrier(office.SipPort) { From = from, Lines = lines };
        carrier.Invite();
        await carrier.IsLetIn();
        Assert.Equal(shown, Assert.Single(office.Table.All).State.Customer);
        carrier.Cancel();
        await office.Quiet();
        Assert.Equal(shown, (await office.Record()).Customer);
    }

    [Theory]
    [Trait("Case", "F-B5")]
    [InlineData("id")]
    [InlineData("session;user;critical")]
    [InlineData("header")]
    public async Task A_caller_who_wants_privacy_is_unknown_to_agents_and_records(string privacy)
    {
        var lines = $"P-Asserted-Identity: <sip:+8613900000125@127.0.0.1>\r\nPrivacy: {privacy}\r\n";
        using var carrier = new RawCarrier(office.SipPort) { From = "\"Anonymous\" <sip:anonymous@anonymous.invalid>", Lines = lines };
        carrier.Invite();
        await carrier.IsLetIn();
        var ring = await phone.Rings();
        Assert.Equal("anonymous", ring.Session.From.User);
        carrier.Cancel();
        await office.Quiet();
        Assert.Equal("", (await office.Record()).Customer);
    }

    [Fact]
    [Trait("Case", "F-B6")]
    public async Task An_INVITE_that_may_go_no_further_has_arrived()
    {
        using var carrier = new RawCarrier(office.SipPort) { MaxForwards = 0 };
        carrier.Invite();
        await carrier.IsLetIn();
        carrier.Cancel();
        await office.Quiet();
    }

    [Fact]
    [Trait("Case", "F-B4")]
    public async Task The_description_beside_ISUP_is_used()
    {
        using var carrier = new RawCarrier(office.SipPort) { ContentType = "multipart/mixed; boundary=d1" };
        carrier.Invite($"--d1\r\nContent-Type: application/sdp\r\n\r\n{carrier.Sound.Sdp()}\r\n--d1\r\n{Isup}");
        await carrier.IsLetIn();
        (await phone.Rings()).PickUp();
        carrier.Sound.Connect(await carrier.Answer(200));
        carrier.Ack();
        await carrier.Sound.Hears(1000);
        carrier.HangUp();
        await office.Quiet();
    }

    [Theory]
    [Trait("Case", "F-B4")]
    [InlineData("Content-Disposition: render;handling=optional\r\n", true)]
    [InlineData("Content-Disposition: render\r\n", false)]
    public async Task A_body_of_unknown_type_is_passed_over_when_it_may_be(string disposition, bool letIn)
    {
        using var carrier = new RawCarrier(office.SipPort) { ContentType = "application/foo" };
        carrier.Invite("x", disposition);
        if (!letIn)
        {
            Assert.Equal("application/sdp, multipart/mixed, multipart/alternative", RawCarrier.Header(await carrier.Answer(415), "Accept"));
            return;
        }

        await carrier.IsLetIn();
        carrier.Cancel();
        await office.Quiet();
    }

    [Fact]
    [Trait("Case", "F-B7")]
    public async Task An_INVITE_whose_time_runs_out_while_it_rings_ends_with_487_and_the_record_says_so()
    {
        using var carrier = new RawCarrier(office.SipPort) { Lines = "Expires: 1\r\n" };
        carrier.Invite();
        await carrier.Answer(180);
        var ring = await phone.Rings();
        await carrier.Answer(487);
        carrier.Ack();
        Assert.Equal(SipEndingKind.Cancelled, (await ring.Ends()).Kind);
        await office.Quiet();
        await office.Is(Bob, AgentState.Idle);
        var record = await office.Record();
        Assert.Equal((CallResult.Abandoned, CallEndReason.InviteExpired, EndedBy.Customer), (record.Result, record.Reason, record.EndedBy));
    }

    [Fact]
    [Trait("Case", "F-B2")]
    public async Task A_media_line_without_formats_that_is_switched_off_is_passed_over()
    {
        phone.AutoAnswer = true;
        using var carrier = new RawCarrier(office.SipPort);
        carrier.Invite(carrier.Sound.Sdp() + "m=video 0 RTP/AVP\r\n");
        var answer = await carrier.Answer(200);
        carrier.Ack();
        var lines = answer.Split("\r\n").Where(line => line.StartsWith("m=", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.StartsWith("m=video 0 ", lines[1], StringComparison.Ordinal);
        carrier.Sound.Connect(answer);
        await carrier.Sound.Hears(1000);
        carrier.HangUp();
        await office.Quiet();
    }

    [Fact]
    [Trait("Case", "F-B7")]
    public async Task A_re_INVITE_without_an_offer_is_answered_with_all_our_formats()
    {
        phone.AutoAnswer = true;
        using var carrier = new RawCarrier(office.SipPort);
        carrier.Sound.Connect(await carrier.Talks());
        carrier.Reinvite("");
        var answer = await carrier.Answer(200);
        carrier.Ack(carrier.Sound.Sdp());
        Assert.Matches("(?m)^m=audio [1-9][0-9]* RTP/AVP( \\d+)* 0\\b", answer);
        Assert.Matches("(?m)^m=audio [1-9][0-9]* RTP/AVP( \\d+)* 8\\b", answer);
        await carrier.Sound.Hears(1000);
        carrier.HangUp();
        await office.Quiet();
    }

    [Theory]
    [Trait("Case", "F-A5")]
    [InlineData("", CallEndReason.OfferUnanswered)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n",
        CallEndReason.NoCommonCodec)]
    public async Task A_late_offer_that_the_ACK_does_not_answer_ends_the_call_by_name(string answer, CallEndReason reason)
    {
        phone.AutoAnswer = true;
        using var carrier = new RawCarrier(office.SipPort);
        carrier.Invite("");
        await carrier.Answer(200);
        carrier.Ack(answer);
        await carrier.IsHungUp();
        await office.Quiet();
        var record = await office.Record();
        Assert.Equal((CallResult.Failed, reason, EndedBy.System), (record.Result, record.Reason, record.EndedBy));
    }

    [Theory]
    [Trait("Case", "F-A5")]
    [InlineData("")]
    [InlineData("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n")]
    [InlineData("no description at all")]
    public async Task An_unusable_answer_to_our_offer_in_a_re_INVITE_leaves_the_call_as_it_was(string answer)
    {
        phone.AutoAnswer = true;
        using var carrier = new RawCarrier(office.SipPort);
        carrier.Invite();
        carrier.Sound.Connect(await carrier.Answer(200));
        carrier.Ack();
        await carrier.Sound.Hears(1000);
        carrier.Reinvite("");
        await carrier.Answer(200);
        carrier.Ack(answer);
        var heard = carrier.Sound.Received;
        await Until.Holds(() => carrier.Sound.Received > heard + 25, "sound goes on");
        await carrier.Sound.Hears(1000);
        await (await phone.Rings()).Sound.Hears(440);
        carrier.HangUp();
        await office.Quiet();
        Assert.Equal((CallResult.Served, CallEndReason.HungUp), ((await office.Record()).Result, (await office.Record()).Reason));
    }
}
