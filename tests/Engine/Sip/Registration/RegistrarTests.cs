using System.Net;

namespace Tccc.Sip.Tests;

/// <summary>Desk phones: digest, bindings, calls to them (RFC 3261 §10, §22; RFC 7616).</summary>
public class RegistrarTests
{
    private readonly TestNet net = new();
    private readonly Node us;
    private readonly RawPeer phone;

    public RegistrarTests()
    {
        us = net.AddNode("10.0.0.1");
        us.User.AddAccount("8001", "Phone#8001");
        us.User.Admits = (_, source) => source.Address.ToString() == "10.0.0.66" ? new Admission.Refused() : new Admission.Challenge();
        phone = net.AddPeer("10.0.0.7", 5070);
    }

    [Theory]
    [InlineData("MD5")]
    [InlineData("SHA-256")]
    public void A_phone_registers_with_either_algorithm(string algorithm)
    {
        Register(1, algorithm: algorithm);
        Assert.Equal(200, RawPeer.Status(phone.Last));
        Assert.Contains(";expires=300", RawPeer.Header(phone.Last, "Contact"), StringComparison.Ordinal);
        var binding = us.Core.Registrar.Of("8001")!;
        Assert.Equal(phone.At, binding.Source);
        Assert.Equal([("8001", true)], us.User.Registrations);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public void A_phone_whose_account_is_gone_or_has_another_password_is_not_called_any_more(string? password)
    {
        Register(1);
        Assert.NotNull(us.Core.Registrar.Of("8001"));
        us.Core.Registrar.DropStale();
        Assert.NotNull(us.Core.Registrar.Of("8001"));
        us.User.Accounts.Remove("8001");
        if (password is not null) us.User.AddAccount("8001", password);
        us.Core.Registrar.DropStale();
        Assert.Null(us.Core.Registrar.Of("8001"));
        Assert.Equal(("8001", false), us.User.Registrations[^1]);
    }

    [Fact]
    public void Both_algorithms_are_offered()
    {
        phone.Send(us.At, Message(1, null));
        net.Run(20);
        Assert.Equal(401, RawPeer.Status(phone.Last));
        Assert.Contains("algorithm=MD5, qop=\"auth\"", phone.Last, StringComparison.Ordinal);
        Assert.Contains("algorithm=SHA-256, qop=\"auth\"", phone.Last, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_password_and_an_unknown_user_get_the_same_answer()
    {
        Register(1, password: "wrong");
        var wrong = phone.Last;
        Register(3, user: "9999", accountUser: "9999");
        Assert.Equal(401, RawPeer.Status(phone.Last));
        Assert.Equal(401, RawPeer.Status(wrong));
        Assert.DoesNotContain("stale", phone.Last, StringComparison.Ordinal);
        Assert.Null(us.Core.Registrar.Of("8001"));
    }

    [Fact]
    public void One_account_cannot_register_another_extension()
    {
        us.User.AddAccount("8002", "x");
        Register(1, user: "8002", accountUser: "8001");
        Assert.Equal(403, RawPeer.Status(phone.Last));
        Assert.Null(us.Core.Registrar.Of("8002"));
    }

    [Fact]
    public void A_used_count_is_stale_and_an_old_nonce_too()
    {
        var nonce = Challenge(1);
        phone.Send(us.At, Message(2, Credentials("MD5", nonce, 1)));
        net.Run(20);
        Assert.Equal(200, RawPeer.Status(phone.Last));
        phone.Send(us.At, Message(3, Credentials("MD5", nonce, 1)));
        net.Run(20);
        Assert.Equal(401, RawPeer.Status(phone.Last));
        Assert.Contains("stale=true", phone.Last, StringComparison.Ordinal);
        phone.Send(us.At, Message(4, Credentials("MD5", nonce, 2)));
        net.Run(20);
        Assert.Equal(200, RawPeer.Status(phone.Last));
        net.Run(300_000);
        phone.Send(us.At, Message(5, Credentials("MD5", nonce, 3)));
        net.Run(2000);
        Assert.Contains("stale=true", phone.Last, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registration_runs_out_unless_it_is_refreshed()
    {
        Register(1);
        net.Run(200_000);
        Register(3);
        net.Run(200_000);
        Assert.NotNull(us.Core.Registrar.Of("8001"));
        net.Run(101_000);
        Assert.Null(us.Core.Registrar.Of("8001"));
        Assert.Equal([("8001", true), ("8001", false)], us.User.Registrations);
    }

    [Theory]
    [InlineData("Contact: *\r\nExpires: 0\r\n", 200, false)]
    [InlineData("Contact: *\r\nExpires: 60\r\n", 400, true)]
    [InlineData("Contact: <sip:8001@10.0.0.7:5070>;expires=0\r\n", 200, false)]
    [InlineData("Contact: <sip:8001@10.0.0.99>;expires=0\r\n", 200, true)]
    [InlineData("Contact: <sip:8001@10.0.0.7:5070>;expires=30\r\n", 423, true)]
    [InlineData("Contact: <sip:8001@10.0.0.7:5070>;expires=999999\r\n", 200, true)]
    [InlineData("", 200, true)]
    public void Contacts_are_removed_queried_and_bounded(string contact, int status, bool stays)
    {
        Register(1);
        Register(3, contact: contact);
        Assert.Equal(status, RawPeer.Status(phone.Last));
        Assert.Equal(stays, us.Core.Registrar.Of("8001") is not null);
        if (contact.Contains("999999", StringComparison.Ordinal)) Assert.Contains("expires=3600", phone.Last, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_of_several_registrations_is_called_at_its_source_address()
    {
        Register(1);
        var other = net.AddPeer("10.0.0.8", 33_000);
        Register(3, from: other, callId: "other", contact: "Contact: <sip:8001@192.168.0.4>\r\n");
        var caller = us.Call(default!, binding: us.Core.Registrar.Of("8001"));
        net.Run(20);
        Assert.StartsWith("INVITE", other.Last, StringComparison.Ordinal);
        Assert.Null(caller.Ending);
    }

    [Fact]
    public void An_INVITE_of_a_phone_is_challenged_and_then_knows_its_account()
    {
        us.User.OnInvite = Recorder.Answering;
        phone.Send(us.At, phone.Request("INVITE", "i1", body: "v=0"));
        net.Run(20);
        Assert.Equal(401, RawPeer.Status(phone.Last));
        var nonce = Nonce();
        phone.Send(us.At, phone.Request("ACK", "i1", toTag: RawPeer.TagOf(phone.Last, "To")));
        phone.Send(
            us.At, phone.Request(
                "INVITE", "i2", cseq: 2, body: "v=0", more: $"Authorization: {Credentials("SHA-256", nonce, 1, "INVITE")}\r\n"));
        net.Run(20);
        Assert.Equal("8001", us.User.Last.Session.Username);
        Assert.Equal(200, RawPeer.Status(phone.Last));
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("OPTIONS")]
    [InlineData("REGISTER")]
    [InlineData("BYE")]
    [InlineData("FOO")]
    public void Strangers_get_403_whatever_they_want(string method)
    {
        var stranger = net.AddPeer("10.0.0.66");
        stranger.Send(us.At, stranger.Request(method, "x", body: method == "INVITE" ? "v=0" : ""));
        stranger.Send(us.At, stranger.Request(method, "y", toTag: "guess", callId: "c2"));
        net.Run(100);
        Assert.Equal([403, 403], stranger.Received.Select(RawPeer.Status));
        Assert.Equal(0, us.Core.Transactions.Count);
        stranger.Send(us.At, stranger.Request("ACK", "z"));
        net.Run(100);
        Assert.Equal(2, stranger.Received.Count);
    }

    [Fact]
    public void REGISTER_has_to_prove_itself_even_from_a_trusted_address()
    {
        us.User.Admits = (_, _) => new Admission.Trusted(null);
        phone.Send(us.At, Message(1, null));
        net.Run(20);
        Assert.Equal(401, RawPeer.Status(phone.Last));
    }

    [Theory]
    [Trait("Case", "F-C7")]
    [InlineData("sip:10.0.0.1", 200)]
    [InlineData("sip:10.0.0.1:5060", 200)]
    [InlineData("sip:10.0.0.1;transport=udp", 200)]
    [InlineData("sip:10.0.0.2", 400)]
    [InlineData("sip:10.0.0.1:5070", 400)]
    [InlineData("sip:8002@10.0.0.1", 400)]
    [InlineData("/", 400)]
    public void Credentials_are_good_for_the_uri_that_they_name(string uri, int status)
    {
        var nonce = Challenge(1);
        phone.Send(us.At, Message(2, Credentials("MD5", nonce, 1, uri: uri)));
        net.Run(20);
        Assert.Equal(status, RawPeer.Status(phone.Last));
    }

    [Fact]
    [Trait("Case", "F-C7")]
    public void Credentials_taken_down_on_the_way_are_no_good_for_another_request_or_from_another_address()
    {
        var nonce = Challenge(1);
        var credentials = Credentials("MD5", nonce, 1);
        phone.Send(us.At, Message(2, credentials));
        net.Run(20);
        Assert.Equal(200, RawPeer.Status(phone.Last));
        var thief = net.AddPeer("10.0.0.8");
        thief.Send(us.At, Message(3, credentials, from: thief, callId: "thief"));
        thief.Send(us.At, Message(4, Credentials("MD5", nonce, 2), from: thief, callId: "thief"));
        thief.Send(us.At, thief.Request("INVITE", "t", callId: "t2", body: "v=0", more: $"Authorization: {credentials}\r\n"));
        net.Run(20);
        Assert.Equal([401, 401, 400], thief.Received.Select(RawPeer.Status));
        Assert.Empty(us.User.Calls);
        Assert.Equal(phone.At, us.Core.Registrar.Of("8001")!.Source);
    }

    [Fact]
    [Trait("Case", "F-C7")]
    public void What_comes_from_where_a_phone_is_registered_must_prove_itself_even_at_a_carriers_address()
    {
        Register(1);
        us.User.Admits = (_, _) => new Admission.Trusted("carrier");
        phone.Send(us.At, phone.Request("INVITE", "i1", callId: "c1", body: "v=0"));
        net.Run(20);
        Assert.Equal(401, RawPeer.Status(phone.Last));
        // the carrier's own calls come from another port, or by a proxy that phones register through
        var carrier = net.AddPeer("10.0.0.7", 5080);
        carrier.Send(us.At, carrier.Request("INVITE", "i2", callId: "c2", body: "v=0"));
        phone.Send(us.At, phone.Request("INVITE", "i3", callId: "c3", body: "v=0",
            more: "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKfirst\r\n"));
        net.Run(20);
        Assert.Equal(2, us.User.Calls.Count);
        Assert.All(us.User.Calls, call => Assert.Equal("carrier", call.Session.Peer));
    }

    [Theory]
    [Trait("Case", "F-C6")]
    [InlineData("INVITE")]
    [InlineData("OPTIONS")]
    [InlineData("BYE")]
    public void The_answer_does_not_tell_which_names_exist(string method)
    {
        us.User.Accounts["8002"] = us.User.Accounts["8001"] with { Username = "8002" };
        us.User.Decoys = _ => us.User.Accounts["8001"];
        foreach (var near in new[] { false, true })
        {
            us.User.Admits = (_, _) => new Admission.Challenge();
            if (near) Register(1);
            us.User.Admits = (_, _) => new Admission.Refused();
            var stranger = net.AddPeer(near ? "10.0.0.7" : "10.0.0.9", 6000);
            foreach (var name in new[] { "8001", "8002", "8999", "x" })
                stranger.Send(us.At, stranger.Request(method, name, callId: name, body: method == "INVITE" ? "v=0"
                    : "").Replace("sip:13900001111@", $"sip:{name}@", StringComparison.Ordinal));
            net.Run(20);
            Assert.All(stranger.Received, answer => Assert.Equal(near ? 401 : 403, RawPeer.Status(answer)));
            Assert.Single(stranger.Received.Select(Shape).Distinct());
        }
    }

    [Fact]
    [Trait("Case", "F-C6")]
    public void A_name_without_an_account_is_challenged_and_fails_as_one_with()
    {
        us.User.Accounts["8002"] = us.User.Accounts["8001"] with { Username = "8002", Ha1Md5 = null };
        us.User.Decoys = name => us.User.Accounts[name.EndsWith('9') ? "8002" : "8001"];
        var stranger = net.AddPeer("10.0.0.9");
        foreach (var (name, like) in new[] { ("8999", "8002"), ("8998", "8001") })
        {
            List<string> shapes = [];
            foreach (var who in new[] { name, like })
            {
                stranger.Send(us.At, Message(1, null, who, from: stranger, callId: who));
                net.Run(20);
                shapes.Add(Shape(stranger.Last));
                var algorithm = stranger.Last.Contains("MD5", StringComparison.Ordinal) ? "MD5" : "SHA-256";
                stranger.Send(us.At, Message(2, Credentials(algorithm, Nonce(stranger), 1, password: "wrong", user: who), who,
                    from: stranger, callId: who));
                net.Run(20);
                shapes.Add(Shape(stranger.Last));
            }
            Assert.Equal(shapes[..2], shapes[2..]);
        }
    }

    [Fact]
    [Trait("Case", "F-C6")]
    public void Wrong_passwords_are_counted_told_and_shut_their_address_out_for_longer_and_longer()
    {
        var thief = net.AddPeer("10.0.0.8");
        var cseq = 0;
        int Try()
        {
            thief.Send(us.At, Message(++cseq, null, from: thief, callId: "t"));
            net.Run(20);
            thief.Send(us.At, Message(++cseq, Credentials("MD5", Nonce(thief), 1, password: "guess" + cseq), from: thief, callId: "t"));
            net.Run(20);
            return RawPeer.Status(thief.Last);
        }

        for (var i = 0; i <= FailedProofs.Free; i++) Assert.Equal(401, Try());
        Assert.Equal(503, Try());
        Assert.Equal("1", RawPeer.Header(thief.Last, "Retry-After"));
        Assert.Equal(FailedProofs.Free + 1, us.User.Suspicions.Count);
        Assert.Equal((IPAddress.Parse("10.0.0.8"), "8001", 4, TimeSpan.FromSeconds(1)),
            us.User.Suspicions.Select(s => (s.Source, s.Name, s.Failures, s.Wait)).Last());
        net.Run(1000);
        Assert.Equal(401, Try());
        net.Run(1000);
        Assert.Equal(503, Try());
        net.Run(1000);
        Assert.Equal(401, Try());
        Assert.Equal(TimeSpan.FromSeconds(4), us.User.Suspicions[^1].Wait);
        // others are served meanwhile, a phone that is registered at that address too
        Register(1);
        Assert.NotNull(us.Core.Registrar.Of("8001"));
        net.Run(FailedProofs.Forgotten + FailedProofs.LongestWait);
        Assert.Equal(401, Try());
        Assert.Equal((1, TimeSpan.Zero), us.User.Suspicions.Select(s => (s.Failures, s.Wait)).Last());
    }

    [Fact]
    [Trait("Case", "F-C6")]
    public void A_registered_phone_is_not_shut_out_by_its_neighbour_and_a_forged_source_shuts_nobody_out()
    {
        Register(1);
        var neighbour = net.AddPeer("10.0.0.7", 6000);
        for (var i = 1; i < 20; i += 2) Register(i, password: "wrong", from: neighbour, callId: "n");
        Assert.Equal(503, RawPeer.Status(neighbour.Last));
        Register(3);
        Assert.Equal(200, RawPeer.Status(phone.Last));

        var victim = net.AddPeer("10.0.0.20");
        var thief = net.AddPeer("10.0.0.21");
        thief.Send(us.At, Message(1, null, from: thief, callId: "f"));
        net.Run(20);
        var nonce = Nonce(thief);
        for (var i = 0; i < 20; i++) victim.Send(us.At,
            Message(2 + i, Credentials("MD5", nonce, 1, password: "wrong"), from: victim, callId: "f" + i));
        net.Run(20);
        Assert.Equal(0, us.Core.Failures.Wait(victim.At.Address, us.Core.Now));
    }

    [Fact]
    [Trait("Case", "F-C6")]
    public void The_table_of_failures_is_bounded_and_counts_IPv6_by_network()
    {
        var table = new FailedProofs();
        for (var i = 0; i < FailedProofs.MaxAddresses * 2; i++) table.Failed(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]),
            0);
        Assert.Equal(FailedProofs.MaxAddresses, table.Known);
        for (var i = 0; i < 4; i++) table.Failed(IPAddress.Parse("2001:db8::" + i), 0);
        Assert.Equal(FailedProofs.FirstWait, table.Wait(IPAddress.Parse("2001:db8::77"), 0));
        Assert.Equal(0, table.Wait(IPAddress.Parse("2001:db8:0:1::77"), 0));
        for (var i = 0; i < 100; i++) table.Failed(IPAddress.Parse("10.9.9.9"), 0);
        Assert.Equal(FailedProofs.LongestWait, table.Wait(IPAddress.Parse("10.9.9.9"), 0));
    }

    [Fact]
    [Trait("Case", "F-A1")]
    public void A_binding_is_told_at_every_refresh_and_taken_back_for_what_is_left_of_its_life()
    {
        Register(1);
        Register(3);
        Assert.Equal(2, us.User.Bindings.Count);
        var (binding, life) = us.User.Bindings[^1];
        Assert.Equal((TimeSpan.FromSeconds(300), "reg", 4u), (life, binding.CallId, binding.CSeq));

        var anew = net.AddNode("10.0.0.2");
        anew.User.Accounts["8001"] = us.User.Accounts["8001"];
        Assert.True(anew.Core.Registrar.Restore(binding with { Hop = null }, net.Now + 200_000));
        anew.Call(default!, binding: anew.Core.Registrar.Of("8001"));
        net.Run(50);
        Assert.StartsWith("INVITE", phone.Last, StringComparison.Ordinal);
        Assert.True(anew.Core.Registrar.IsAt(phone.At));
        net.Run(200_000);
        Assert.Null(anew.Core.Registrar.Of("8001"));
        Assert.Equal([("8001", false)], anew.User.Registrations);
        Assert.False(anew.Core.Registrar.IsAt(phone.At));
    }

    [Fact]
    [Trait("Case", "F-A1")]
    public void A_phone_is_told_200_when_its_binding_is_kept_and_not_before_and_who_only_asks_does_not_wait()
    {
        Action? kept = null;
        us.User.Keeping = then => kept = then;
        var nonce = Challenge(1);
        var request = Message(2, Credentials("MD5", nonce, 1));
        // sent once more meanwhile, it is the same request
        for (var i = 0; i < 2; i++)
        {
            phone.Send(us.At, request);
            net.Run(200);
            Assert.Equal(401, RawPeer.Status(phone.Last));
        }
        Assert.Single(us.User.Bindings);
        kept!();
        net.Run(20);
        Assert.Equal(200, RawPeer.Status(phone.Last));
        Assert.Contains("expires=299", phone.Last, StringComparison.Ordinal);
        kept = null;
        phone.Send(us.At, Message(3, Credentials("MD5", nonce, 2), contact: ""));
        net.Run(20);
        Assert.Null(kept);
        Assert.StartsWith("3 ", RawPeer.Header(phone.Last, "CSeq"), StringComparison.Ordinal);
        phone.Send(us.At, Message(4, Credentials("MD5", nonce, 3), contact: "Contact: *\r\nExpires: 0\r\n"));
        net.Run(20);
        kept!();
        net.Run(20);
        Assert.DoesNotContain("Contact:", phone.Last, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Case", "F-A1")]
    [InlineData("sip:8001@10.0.0.7:5090;transport=tcp", true)]
    [InlineData("sip:8001@192.168.0.4:5090;transport=tcp", false)]
    [InlineData("sip:8001@phone.invalid;transport=tcp", false)]
    public void A_phone_on_a_connection_is_taken_back_only_when_its_contact_can_be_dialled(string contact, bool taken)
    {
        Assert.True(SipUri.TryParse(contact, out var uri));
        var binding = new Binding("8001", uri, new(IPAddress.Parse("10.0.0.7"), 41_000), SipTransport.Tcp, default);
        Assert.Equal(taken, us.Core.Registrar.Restore(binding, 60_000));
        Assert.False(us.Core.Registrar.Restore(binding with { Username = "8999" }, 60_000));
        if (!taken) return;
        us.Call(default!, binding: us.Core.Registrar.Of("8001"));
        net.Run(10);
        Assert.Contains(net.Log, sent => sent.Text.StartsWith("INVITE sip:8001@10.0.0.7:5090;transport=tcp", StringComparison.Ordinal));
    }

    [Fact]
    public void An_account_that_may_not_register_does_not()
    {
        us.User.Accounts["8001"] = us.User.Accounts["8001"] with { MayRegister = false };
        Register(1);
        Assert.Equal(403, RawPeer.Status(phone.Last));
        Assert.Null(us.Core.Registrar.Of("8001"));
    }

    /// <summary>An answer without what differs from one request to the next.</summary>
    private static string Shape(string answer) => System.Text.RegularExpressions.Regex.Replace(
        answer, "(?m)^(Via|From|To|Call-ID|CSeq): .*$|nonce=\"[^\"]*\"", "");

    private void Register(
        int cseq, string algorithm = "MD5", string password = "Phone#8001", string user = "8001", string? accountUser = null,
        string? contact = null, RawPeer? from = null, string callId = "reg")
    {
        var peer = from ?? phone;
        peer.Send(us.At, Message(cseq, null, user, contact, peer, callId));
        net.Run(20);
        var nonce = Nonce(peer);
        peer.Send(
            us.At, Message(
                cseq + 1, Credentials(algorithm, nonce, 1, "REGISTER", password, accountUser ?? user), user, contact, peer, callId));
        net.Run(20);
    }

    private string Challenge(int cseq)
    {
        phone.Send(us.At, Message(cseq, null));
        net.Run(20);
        return Nonce();
    }

    private string Nonce(RawPeer? peer = null) =>
        RawPeer.Header((peer ?? phone).Last, "WWW-Authenticate").Split("nonce=\"")[1].Split('"')[0];

    private static string Credentials(string algorithm, string nonce, int count, string method = "REGISTER",
        string password = "Phone#8001", string user = "8001",
        string? uri = null)
    {
        uri ??= method == "INVITE" ? "sip:4000000001@10.0.0.1" : "sip:10.0.0.1";
        var kind = algorithm == "MD5" ? DigestAlgorithm.Md5 : DigestAlgorithm.Sha256;
        var nc = count.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        var response = Digest.Response(kind, Digest.Ha1(kind, user, "tccc", password), method, uri, nonce, "auth", nc, "abc");
        return $"Digest username=\"{user}\", realm=\"tccc\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{response}\", algorithm={algorithm}, qop=auth, nc={nc}, cnonce=\"abc\"";
    }

    private string Message(
        int cseq, string? credentials, string user = "8001", string? contact = null, RawPeer? from = null, string callId = "reg")
    {
        var at = (from ?? phone).At;
        return $"REGISTER sip:10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK-{cseq}-{callId};rport\r\nMax-Forwards: 70\r\nFrom: <sip:{user}@10.0.0.1>;tag=p{cseq}\r\nTo: <sip:{user}@10.0.0.1>\r\n"
            + $"Call-ID: {callId}\r\nCSeq: {cseq} REGISTER\r\n{contact ?? $"Contact: <sip:{user}@{at}>\r\n"}{(credentials is null ? "" : $"Authorization: {credentials}\r\n")}Content-Length: 0\r\n\r\n";
    }
}
