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
        phone.Send(us.At, phone.Request("INVITE", "i2", cseq: 2, body: "v=0", more: $"Authorization: {Credentials("SHA-256", nonce, 1, "INVITE")}\r\n"));
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

    private void Register(int cseq, string algorithm = "MD5", string password = "Phone#8001", string user = "8001", string? accountUser = null, string? contact = null, RawPeer? from = null, string callId = "reg")
    {
        var peer = from ?? phone;
        peer.Send(us.At, Message(cseq, null, user, contact, peer, callId));
        net.Run(20);
        var nonce = Nonce(peer);
        peer.Send(us.At, Message(cseq + 1, Credentials(algorithm, nonce, 1, "REGISTER", password, accountUser ?? user), user, contact, peer, callId));
        net.Run(20);
    }

    private string Challenge(int cseq)
    {
        phone.Send(us.At, Message(cseq, null));
        net.Run(20);
        return Nonce();
    }

    private string Nonce(RawPeer? peer = null) => RawPeer.Header((peer ?? phone).Last, "WWW-Authenticate").Split("nonce=\"")[1].Split('"')[0];

    private static string Credentials(string algorithm, string nonce, int count, string method = "REGISTER", string password = "Phone#8001", string user = "8001")
    {
        var kind = algorithm == "MD5" ? DigestAlgorithm.Md5 : DigestAlgorithm.Sha256;
        var nc = count.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        var response = Digest.Response(kind, Digest.Ha1(kind, user, "tccc", password), method, "sip:10.0.0.1", nonce, "auth", nc, "abc");
        return $"Digest username=\"{user}\", realm=\"tccc\", nonce=\"{nonce}\", uri=\"sip:10.0.0.1\", response=\"{response}\", algorithm={algorithm}, qop=auth, nc={nc}, cnonce=\"abc\"";
    }

    private string Message(int cseq, string? credentials, string user = "8001", string? contact = null, RawPeer? from = null, string callId = "reg")
    {
        var at = (from ?? phone).At;
        return $"REGISTER sip:10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK-{cseq}-{callId};rport\r\nMax-Forwards: 70\r\nFrom: <sip:{user}@10.0.0.1>;tag=p{cseq}\r\nTo: <sip:{user}@10.0.0.1>\r\n"
            + $"Call-ID: {callId}\r\nCSeq: {cseq} REGISTER\r\n{contact ?? $"Contact: <sip:{user}@{at}>\r\n"}{(credentials is null ? "" : $"Authorization: {credentials}\r\n")}Content-Length: 0\r\n\r\n";
    }
}
