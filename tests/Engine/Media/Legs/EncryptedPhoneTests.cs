using Tccc.Media.Sdp;

namespace Tccc.Media.Tests.Legs;

/// <summary>SRTP with keys in the SDP (RFC 4568), over real sockets.</summary>
[Trait("Case", "F-B9")]
public sealed class EncryptedPhoneTests : IAsyncLifetime, IDisposable
{
    private static readonly FarEnd BestEffort =
        new(Encryption: MediaEncryption.BestEffort), Required = new(Encryption: MediaEncryption.Required);

    private readonly Studio studio = new();
    private readonly Phone alice = new();
    private readonly Phone bob = new() { Ssrc = 99 };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await studio.DisposeAsync();

    public void Dispose()
    {
        alice.Dispose();
        bob.Dispose();
    }

    private static SdesCrypto NewKey(SrtpProfile profile = SrtpProfile.Aes128CmHmacSha1_80, int tag = 1) =>
        SdesCrypto.New(tag, profile, new SystemRandomness());

    private static string Offer(Phone phone, SdesCrypto key, string protocol = "RTP/SAVP") =>
        phone.Sdp(more: key.Line() + "\r\n").Replace("RTP/AVP", protocol, StringComparison.Ordinal);

    private static SdesCrypto KeyIn(string sdp) => Assert.Single(SdpReader.Read(sdp, out _)!.Audio!.Crypto);

    // as the phone's SRTP stack does with a new key: both directions begin anew
    private static void Use(Phone phone, SdesCrypto own, SdesCrypto? server)
    {
        phone.Sender = new SrtpSender(own.Profile, own.Key, own.Salt);
        if (server is not null) phone.Receiver = new SrtpReceiver(server.Profile, server.Key, server.Salt, new WebRtcCounters());
    }

    private LegId Call(Phone phone, SdesCrypto key, string protocol = "RTP/SAVP", FarEnd? far = null)
    {
        var leg = studio.NewLeg();
        var answer = studio.Endpoint.Answer(leg, LegKind.Rtp, Offer(phone, key, protocol), far ?? BestEffort);
        Assert.True(answer.Ok, answer.Error?.ToString());
        Use(phone, key, KeyIn(answer.Value));
        phone.Take(answer.Value);
        studio.Endpoint.Confirm(leg);
        return leg;
    }

    private void BothHear() => Until.True(() => bob.Hears(440) > 6000 && alice.Hears(1000) > 6000, "tones both ways");

    [Theory]
    [InlineData(SrtpProfile.Aes128CmHmacSha1_80, "RTP/SAVP")]
    [InlineData(SrtpProfile.Aes128CmHmacSha1_80, "RTP/SAVPF")]
    [InlineData(SrtpProfile.AeadAes128Gcm, "RTP/SAVP")]
    [InlineData(SrtpProfile.AeadAes128Gcm, "RTP/AVP")]
    internal void An_encrypted_phone_and_a_plain_one_hear_each_other_and_reports_are_encrypted_too(SrtpProfile profile, string protocol)
    {
        studio.Bridge(Call(alice, NewKey(profile), protocol), studio.Call(bob));
        alice.Talk(440);
        bob.Talk(1000);
        BothHear();
        Until.True(() => alice.Reports.Count > 0, "a report that the phone could open");
    }

    [Fact]
    public void A_packet_with_a_wrong_tag_or_none_is_nobodys_even_from_the_right_host()
    {
        var leg = Call(alice, NewKey());
        studio.Bridge(leg, studio.Call(bob));
        using Phone plain = new() { Ssrc = 7, Server = alice.Server }, other = new() { Ssrc = 8, Server = alice.Server };
        Use(other, NewKey(), null);
        plain.Say(1700);
        other.Say(1700);
        Until.True(() => studio.Endpoint.Counters.WebRtc.SrtpAuthFailed == 2, "both dropped");
        Assert.Equal(0, studio.Endpoint.Stats(leg)!.PacketsReceived);
        alice.Talk(440);
        bob.Talk(1000);
        BothHear();
    }

    [Fact]
    public void A_re_offer_with_the_same_key_goes_on_where_it_was_also_after_the_sequence_number_ran_over()
    {
        using var late = new Phone(firstSequence: 65_500) { Ssrc = 12 };
        var key = NewKey();
        var leg = Call(late, key);
        studio.Bridge(leg, studio.Call(bob));
        late.Talk(440);
        bob.Talk(1000);
        Until.True(() => studio.Endpoint.Stats(leg)!.PacketsReceived > 100 && late.Hears(1000) > 6000, "past the end of the numbers");
        var again = studio.Endpoint.Answer(leg, LegKind.Rtp, Offer(late, key));
        Assert.True(late.Receiver is not null && again.Ok);
        var heard = late.Heard.Count;
        Until.True(() => late.Heard.Count > heard + 50 && late.Hears(1000) > 6000 && bob.Hears(440) > 6000, "it goes on");
        Assert.Equal(0, studio.Endpoint.Counters.WebRtc.SrtpAuthFailed);
        // another source under the same key begins at 0 by itself
        late.Ssrc = 13;
        var received = studio.Endpoint.Stats(leg)!.PacketsReceived;
        Until.True(() => studio.Endpoint.Stats(leg)!.PacketsReceived > received + 50 && bob.Hears(440) > 6000, "a new source");
        // and so does the twentieth: a carrier's music may be another source each time
        for (uint ssrc = 20; ssrc < 40; ssrc++)
        {
            // our sender keeps all its sources, and has no place for so many
            (late.Ssrc, late.Sender) = (ssrc, new SrtpSender(key.Profile, key.Key, key.Salt));
            received = studio.Endpoint.Stats(leg)!.PacketsReceived;
            Until.True(() => studio.Endpoint.Stats(leg)!.PacketsReceived > received + 3, "one more source");
        }
    }

    [Fact]
    public void A_re_offer_with_a_new_key_begins_anew_both_ways_and_one_without_is_plain()
    {
        var leg = Call(alice, NewKey());
        studio.Bridge(leg, studio.Call(bob));
        alice.Talk(440);
        bob.Talk(1000);
        BothHear();
        var before = alice.Receiver;
        var key = NewKey(SrtpProfile.AeadAes128Gcm);
        var answer = studio.Endpoint.Answer(leg, LegKind.Rtp, Offer(alice, key)).Value;
        Use(alice, key, KeyIn(answer));
        var heard = alice.Heard.Count;
        Until.True(() => alice.Heard.Count > heard + 20 && alice.Hears(1000) > 6000 && bob.Hears(440) > 6000, "the new keys");
        Assert.NotSame(before, alice.Receiver);
        Assert.DoesNotContain("crypto", studio.Endpoint.Answer(leg, LegKind.Rtp, alice.Sdp()).Value, StringComparison.Ordinal);
        (alice.Sender, alice.Receiver) = (null, null);
        heard = alice.Heard.Count;
        Until.True(() => alice.Heard.Count > heard + 20 && alice.Hears(1000) > 6000 && bob.Hears(440) > 6000, "plain sound");
    }

    [Theory]
    [InlineData(false, "RTP/AVP")]
    [InlineData(true, "RTP/SAVP")]
    public void Our_offer_has_keys_and_an_answer_with_one_of_them_is_encrypted(bool required, string protocol)
    {
        var leg = studio.NewLeg();
        var offer = studio.Endpoint.Offer(leg, required ? Required : BestEffort).Value;
        Assert.Contains($" {protocol} 0 8 101\r\n", offer, StringComparison.Ordinal);
        var offered = SdpReader.Read(offer, out _)!.Audio!.Crypto;
        Assert.Equal([(1, SrtpProfile.AeadAes128Gcm), (2, SrtpProfile.Aes128CmHmacSha1_80)], offered.Select(c => (c.Tag, c.Profile)));
        Assert.IsType<NoEncryption>(studio.Endpoint.Apply(leg, Offer(alice, NewKey(tag: 9))).Error);
        var key = NewKey(tag: 2);
        Assert.True(studio.Endpoint.Apply(leg, Offer(alice, key, protocol)).Ok);
        Use(alice.Take(offer), key, offered[1]);
        studio.Bridge(leg, studio.Call(bob));
        alice.Talk(440);
        bob.Talk(1000);
        BothHear();
        // the next offer of ours keeps the key in use, and the answer to it the sound
        var next = studio.Endpoint.Offer(leg).Value;
        Assert.True(KeyIn(next).HasKeyOf(offered[1]));
        Assert.Contains($" {protocol} ", next, StringComparison.Ordinal);
        Assert.True(studio.Endpoint.Apply(leg, Offer(alice, key.As(1), protocol)).Ok);
        var heard = alice.Heard.Count;
        Until.True(() => alice.Heard.Count > heard + 20 && alice.Hears(1000) > 6000 && bob.Hears(440) > 6000, "it goes on");
    }

    [Fact]
    public void An_answer_without_a_key_is_plain_where_plain_is_as_welcome_and_refused_where_it_is_not()
    {
        var leg = studio.NewLeg();
        alice.Take(studio.Endpoint.Offer(leg, BestEffort).Value);
        Assert.True(studio.Endpoint.Apply(leg, alice.Sdp()).Ok);
        studio.Bridge(leg, studio.Call(bob));
        alice.Talk(440);
        bob.Talk(1000);
        BothHear();
        var strict = studio.NewLeg();
        studio.Endpoint.Offer(strict, Required);
        Assert.IsType<NoEncryption>(studio.Endpoint.Apply(strict, alice.Sdp()).Error);
        Assert.IsType<NoEncryption>(studio.Endpoint.Answer(studio.NewLeg(), LegKind.Rtp, alice.Sdp(), Required).Error);
    }

    [Fact]
    public void A_re_offer_that_would_give_up_a_required_key_changes_nothing()
    {
        var leg = Call(alice, NewKey(), far: Required);
        studio.Bridge(leg, studio.Call(bob));
        alice.Talk(440);
        bob.Talk(1000);
        BothHear();
        Assert.IsType<NoEncryption>(studio.Endpoint.Answer(leg, LegKind.Rtp, alice.Sdp()).Error);
        var heard = alice.Heard.Count;
        Until.True(() => alice.Heard.Count > heard + 20 && alice.Hears(1000) > 6000 && bob.Hears(440) > 6000, "it goes on");
    }
}
