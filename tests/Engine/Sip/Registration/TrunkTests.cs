namespace Tccc.Sip.Tests;

/// <summary>Towards carriers: REGISTER kept up, challenges answered.</summary>
public class TrunkTests
{
    private readonly TestNet net = new();
    private readonly Node us, carrier;

    public TrunkTests()
    {
        us = net.AddNode("10.0.0.1");
        carrier = net.AddNode("10.0.0.9");
        carrier.User.AddAccount("02012345678", "secret");
        carrier.User.Admits = (_, _) => new Admission.Challenge();
        carrier.User.OnInvite = Recorder.Answering;
    }

    [Fact]
    public void A_registration_is_kept_up_and_taken_back()
    {
        var registration = Register("secret");
        net.Run(100);
        Assert.Equal(TrunkRegistrationState.Registered, registration.Current.State);
        Assert.Equal("02012345678", carrier.Core.Registrar.Of("02012345678")!.Contact.User);
        net.Run(3600_000);
        Assert.Equal(TrunkRegistrationState.Registered, registration.Current.State);
        Assert.Equal([("02012345678", true)], carrier.User.Registrations);
        registration.Stop();
        net.Run(100);
        Assert.Equal(TrunkRegistrationState.Stopped, registration.Current.State);
        Assert.Null(carrier.Core.Registrar.Of("02012345678"));
    }

    [Fact]
    public void A_wrong_password_is_said_and_tried_less_and_less_often()
    {
        var registration = Register("wrong");
        net.Run(100);
        Assert.Equal((TrunkRegistrationState.Failed, 401), (registration.Current.State, registration.Current.Status));
        Assert.Equal(2, net.CountSent("REGISTER"));
        net.Run(4 * 3600_000);
        Assert.InRange(net.CountSent("REGISTER"), 20, 60);
        registration.Stop();
    }

    [Fact]
    public void A_registrar_that_comes_back_is_found_again()
    {
        net.Loses = _ => true;
        var registration = Register("secret");
        net.Run(40_000);
        Assert.Equal(new(TrunkRegistrationState.Failed, 0), (registration.Current.State, registration.Current.Status));
        net.Loses = _ => false;
        net.Run(20_000);
        Assert.Equal(TrunkRegistrationState.Registered, registration.Current.State);
    }

    [Fact]
    public void The_registrars_shortest_time_is_taken()
    {
        var registration = RegisterFor(TimeSpan.FromSeconds(20));
        net.Run(100);
        Assert.Equal(TrunkRegistrationState.Registered, registration.Current.State);
        Assert.Equal(1, net.CountSent("SIP/2.0 423"));
    }

    [Fact]
    public void A_challenged_INVITE_is_sent_again_with_credentials()
    {
        var caller = us.Call(carrier.At, credentials: new("02012345678", "secret"));
        net.Run(200);
        Assert.True(caller.Has<SessionEvent.Answered>());
        Assert.Equal("02012345678", carrier.User.Last.Session.Username);
        caller.Session.Modify(Recorder.Bytes("hold"));
        net.Run(200);
        Assert.True(caller.Has<SessionEvent.Modified>());
    }

    [Fact]
    public void Without_credentials_or_with_wrong_ones_the_call_is_rejected_after_one_try()
    {
        var without = us.Call(carrier.At);
        var wrong = us.Call(carrier.At, credentials: new("02012345678", "wrong"));
        net.Run(500);
        Assert.Equal((SipEndingKind.Rejected, 401), (without.Ending!.Kind, without.Ending.Status));
        Assert.Equal((SipEndingKind.Rejected, 401), (wrong.Ending!.Kind, wrong.Ending.Status));
        Assert.Equal(3, net.CountSent("INVITE"));
    }

    [Theory]
    [InlineData("Digest realm=\"x\", nonce=\"n\"", "response=\"")]
    [InlineData("Digest realm=\"x\", nonce=\"n\", algorithm=MD5-sess\r\nProxy-Authenticate: Digest realm=\"x\", nonce=\"n\", algorithm=SHA-256, qop=\"auth-int,auth\", opaque=\"o\"", "algorithm=SHA-256, opaque=\"o\", qop=auth, nc=00000001")]
    public void Challenges_of_every_age_are_answered(string challenge, string expected)
    {
        var peer = net.AddPeer("10.0.0.7");
        peer.Answers = m =>
            RawPeer.Method(m) == "INVITE"
                && RawPeer.Header(m, "Proxy-Authorization").Length == 0
                    ? peer.Response(m, 407, more: $"Proxy-Authenticate: {challenge}\r\n")
                    : null;
        us.Call(peer.At, credentials: new("u", "p"));
        net.Run(100);
        Assert.Contains(
            expected, RawPeer.Header(peer.Received.Last(m => RawPeer.Method(m) == "INVITE"), "Proxy-Authorization"),
            StringComparison.Ordinal);
    }

    private TrunkRegistration Register(string password) => RegisterFor(TimeSpan.FromMinutes(5), password);

    private TrunkRegistration RegisterFor(TimeSpan expires, string password = "secret") => new(us.Core, new TrunkRegistrationOptions
    {
        Registrar = new SipUri(null, "10.0.0.9"), AddressOfRecord = new SipUri("02012345678", "10.0.0.9"), Destination = new("10.0.0.9"),
        Credentials = new("02012345678", password), Expires = expires,
    });
}
