using System.Net;

namespace Tccc.Media;

public sealed class IceLiteTests
{
    private const string Password = "0123456789abcdefghijklmn";
    private static readonly PeerAddress Home = Address("192.0.2.10:5000");
    private static readonly PeerAddress Mobile = Address("198.51.100.20:6000");
    private static readonly IceCredentials Local = IceCredentials.Of("ABCDEFGH", Password);

    private readonly WebRtcCounters counters = new();
    private readonly byte[] reply = new byte[IceLite.MaxReplyLength];
    private readonly IceLite ice;

    public IceLiteTests() => ice = new(Local, counters, TimeSpan.Zero);

    [Fact]
    public void The_first_checked_binding_connects_and_is_where_to_send()
    {
        var step = Check(Home, at: 1);

        Assert.True(step is { Checked: true, NewTuple: true, RemoteChanged: true });
        Assert.Equal((IceState.Connected, Home), (ice.State, ice.Remote));
        Assert.True(StunMessage.TryRead(reply.AsSpan(0, step.ReplyLength), out var answer));
        Assert.Equal(StunClass.Success, answer.Class);
        Assert.Equal("transaction!"u8, answer.TransactionId);
        Assert.Equal(Home.ToEndPoint(), answer.XorMappedAddress());
        Assert.True(answer.FingerprintHolds && answer.IntegrityHolds(Local.PasswordBytes));
    }

    [Fact]
    public void Until_one_is_nominated_the_first_tuple_stays()
    {
        Check(Home, at: 1);
        var step = Check(Mobile, at: 2);

        Assert.True(step is { Checked: true, NewTuple: true, RemoteChanged: false });
        Assert.Equal((IceState.Connected, Home), (ice.State, ice.Remote));
    }

    [Fact]
    public void The_nominated_tuple_is_where_to_send_from_then_on()
    {
        Check(Home, at: 1);
        Assert.True(Check(Mobile, at: 2, nominate: true).RemoteChanged);
        Assert.False(Check(Home, at: 3).RemoteChanged);

        Assert.Equal((IceState.Completed, Mobile), (ice.State, ice.Remote));
    }

    [Fact]
    public void A_peer_that_moves_to_another_network_is_followed_after_a_checked_binding()
    {
        Check(Home, at: 1, nominate: true);
        Assert.True(Check(Mobile, at: 2, nominate: true) is { NewTuple: true, RemoteChanged: true });
        Assert.Equal(Mobile, ice.Remote);
    }

    [Fact]
    public void A_tuple_that_fell_silent_gives_way_to_one_that_is_checked()
    {
        Check(Home, at: 1, nominate: true);
        Assert.False(Check(Mobile, at: 5).RemoteChanged);
        Assert.True(Check(Mobile, at: 1 + IceLite.Silence.TotalSeconds).RemoteChanged);
        Assert.Equal((IceState.Completed, Mobile), (ice.State, ice.Remote));
    }

    [Theory]
    [InlineData("ABCDEFGH:peer", "0123456789abcdefghijklmX")]
    [InlineData("ABCDEFGX:peer", Password)]
    [InlineData("ABCDEFGHI:peer", Password)]
    [InlineData("ABCDEFGH", Password)]
    public void A_wrong_password_or_name_gets_401_and_is_counted(string username, string password)
    {
        var step = Answer(Request(username, password), Home, at: 1);

        Assert.Equal(401, ErrorOf(step, withIntegrity: false));
        Assert.Equal((IceState.New, 1), (ice.State, counters.StunWrongPassword));
    }

    [Fact]
    public void A_request_without_integrity_or_priority_gets_400()
    {
        Assert.Equal(400, ErrorOf(Answer(Request("ABCDEFGH:peer", password: null), Home, at: 1), withIntegrity: false));
        Assert.Equal(400, ErrorOf(Answer(Request("ABCDEFGH:peer", Password, priority: false), Home, at: 1), withIntegrity: false));
        Assert.Equal((IceState.New, 2), (ice.State, counters.StunMalformed));
    }

    [Fact]
    public void A_peer_that_claims_to_be_controlled_gets_487()
    {
        var step = Answer(Request("ABCDEFGH:peer", Password, extra: StunAttribute.IceControlled), Home, at: 1);

        Assert.Equal(487, ErrorOf(step, withIntegrity: true));
        Assert.Equal((IceState.New, 1), (ice.State, counters.StunRoleConflict));
    }

    [Fact]
    public void An_unknown_attribute_that_must_be_understood_gets_420_and_its_type()
    {
        var step = Answer(Request("ABCDEFGH:peer", Password, extra: (StunAttribute)0x7777), Home, at: 1);

        Assert.Equal(420, ErrorOf(step, withIntegrity: true));
        Assert.True(StunMessage.TryRead(reply.AsSpan(0, step.ReplyLength), out var answer));
        Assert.True(answer.TryFind(StunAttribute.UnknownAttributes, out var types));
        Assert.Equal("7777", Convert.ToHexString(types));
        Assert.Equal((IceState.New, 1), (ice.State, counters.StunUnknownAttribute));
    }

    [Fact]
    public void A_wrong_fingerprint_gets_no_answer()
    {
        var request = Request("ABCDEFGH:peer", Password);
        request[^1] ^= 1;
        Assert.Equal(default, Answer(request, Home, at: 1));
        Assert.Equal(1, counters.StunMalformed);
    }

    [Fact]
    public void Indications_and_responses_are_ignored()
    {
        foreach (var @class in new[] { StunClass.Indication, StunClass.Success, StunClass.Error })
            Assert.Equal(default, Answer(Request("ABCDEFGH:peer", Password, @class: @class), Home, at: 1));
        Assert.Equal(IceState.New, ice.State);
    }

    [Fact]
    public void Consent_runs_out_thirty_seconds_after_the_last_checked_binding_and_stays_out()
    {
        Check(Home, at: 1, nominate: true);
        Check(Home, at: 20);
        Assert.False(ice.OnTimer(TimeSpan.FromSeconds(49.9)));
        Assert.Equal(TimeSpan.FromSeconds(50), ice.Due);

        Assert.True(ice.OnTimer(TimeSpan.FromSeconds(50)));
        Assert.False(ice.OnTimer(TimeSpan.FromSeconds(51)));
        Assert.Equal(default, Check(Home, at: 52));
        Assert.Equal((IceState.Disconnected, 1), (ice.State, counters.IceConsentExpired));
    }

    [Fact]
    public void Refused_bindings_do_not_prolong_consent()
    {
        Check(Home, at: 1);
        Answer(Request("ABCDEFGH:peer", "0123456789abcdefghijklmX"), Home, at: 20);
        Assert.True(ice.OnTimer(TimeSpan.FromSeconds(31)));
    }

    [Fact]
    public void A_leg_that_nobody_ever_checks_is_given_up()
    {
        Assert.True(ice.OnTimer(TimeSpan.FromSeconds(IceLite.ConsentSeconds)));
        Assert.Equal(IceState.Disconnected, ice.State);
    }

    [Fact]
    public void With_too_many_tuples_the_one_silent_longest_is_forgotten_but_never_the_one_in_use()
    {
        Check(Home, at: 1, nominate: true);
        for (var i = 1; i < IceLite.MaxTuples; i++) Assert.Equal(default, Check(Address($"203.0.113.{i}:1000"), at: 1 + i).Forgotten);

        Assert.Equal(Address("203.0.113.1:1000"), Check(Mobile, at: 5).Forgotten);
        Assert.Equal(Home, ice.Remote);
    }

    [Fact]
    public void New_credentials_have_the_lengths_that_ice_asks_for_and_lead_to_their_leg()
    {
        var credentials = IceCredentials.New(new SystemRandomness());
        Assert.Equal((8, 24), (credentials.Ufrag.Length, credentials.Password.Length));
        Assert.All(credentials.Ufrag + credentials.Password, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '+' or '/'));

        Assert.True(StunMessage.TryRead(Request($"{credentials.Ufrag}:x", "p"), out var request));
        Assert.Equal(credentials.Key, IceCredentials.KeyOf(request));
        Assert.True(StunMessage.TryRead(Request("short:x", "p"), out request));
        Assert.Equal(0u, IceCredentials.KeyOf(request));
    }

    [Fact]
    public void A_check_costs_no_allocation()
    {
        var request = Request("ABCDEFGH:peer", Password);
        Allocations.None(() =>
        {
            StunMessage.TryRead(request, out var message);
            Assert.True(ice.OnBinding(message, Home, TimeSpan.FromSeconds(1), reply).Checked);
        });
    }

    private IceStep Check(PeerAddress from, double at, bool nominate = false)
        => Answer(Request("ABCDEFGH:peer", Password, extra: nominate ? StunAttribute.UseCandidate : null), from, at);

    private IceStep Answer(byte[] request, PeerAddress from, double at)
    {
        Assert.True(StunMessage.TryRead(request, out var message));
        return ice.OnBinding(message, from, TimeSpan.FromSeconds(at), reply);
    }

    private int ErrorOf(IceStep step, bool withIntegrity)
    {
        Assert.False(step.Checked);
        Assert.True(StunMessage.TryRead(reply.AsSpan(0, step.ReplyLength), out var answer));
        Assert.Equal(StunClass.Error, answer.Class);
        Assert.Equal(withIntegrity, answer.IntegrityHolds(Local.PasswordBytes));
        Assert.True(answer.FingerprintHolds);
        return answer.ErrorCode;
    }

    private static byte[] Request(
        string username, string? password, StunAttribute? extra = null, bool priority = true, StunClass @class = StunClass.Request)
    {
        var buffer = new byte[256];
        var writer = new StunWriter(buffer, @class, StunMessage.Binding, "transaction!"u8);
        writer.Add(StunAttribute.Username, System.Text.Encoding.ASCII.GetBytes(username));
        if (priority) writer.Add(StunAttribute.Priority, [0x6e, 0, 1, 0xff]);
        if (extra != StunAttribute.IceControlled) writer.Add(StunAttribute.IceControlling, new byte[8]);
        if (extra is { } type) writer.Add(type, type == StunAttribute.UseCandidate ? 0 : 8);
        if (password is not null) writer.AddIntegrity(System.Text.Encoding.ASCII.GetBytes(password));
        writer.AddFingerprint();
        return buffer[..writer.Length];
    }

    private static PeerAddress Address(string text) => PeerAddress.From(IPEndPoint.Parse(text));
}
