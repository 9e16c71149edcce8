using System.Net;
using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>
/// The 49 messages of RFC 4475, byte for byte and by its own sections, each with what this user agent does. Where the RFC leaves
/// a choice («may»), the stricter one is taken: a message that needs guessing is refused.
/// </summary>
public class TortureRfc4475Tests
{
    private const int Dropped = 0;

    public static TheoryData<string, int> Messages => new()
    {
        // 3.1.1 valid
        { "3.1.1.01-wsinv", 481 },
        { "3.1.1.02-intmeth", 405 },
        { "3.1.1.03-esc01", 100 },
        { "3.1.1.04-escnull", 401 },
        { "3.1.1.05-esc02", 405 },
        { "3.1.1.06-lwsdisp", 200 },
        { "3.1.1.07-longreq", 100 },
        { "3.1.1.08-dblreq", 401 },
        { "3.1.1.09-semiuri", 200 },
        { "3.1.1.10-transports", 200 },
        { "3.1.1.11-mpart01", 405 },
        { "3.1.1.12-unreason", Dropped },
        { "3.1.1.13-noreason", Dropped },
        // 3.1.2 invalid
        { "3.1.2.01-badinv01", 400 },
        { "3.1.2.02-clerr", 400 },
        { "3.1.2.03-ncl", 400 },
        { "3.1.2.04-scalar02", 400 },
        { "3.1.2.05-scalarlg", Dropped },
        { "3.1.2.06-quotbal", 400 },
        { "3.1.2.07-ltgtruri", 400 },
        { "3.1.2.08-lwsruri", 400 },
        { "3.1.2.09-lwsstart", 400 },
        { "3.1.2.10-trws", 400 },
        { "3.1.2.11-escruri", 400 },
        { "3.1.2.12-baddate", 100 },
        { "3.1.2.13-regbadct", 400 },
        { "3.1.2.14-badaspec", 400 },
        { "3.1.2.15-baddn", 400 },
        { "3.1.2.16-badvers", 505 },
        { "3.1.2.17-mismatch01", 400 },
        { "3.1.2.18-mismatch02", 400 },
        { "3.1.2.19-bigcode", Dropped },
        // 3.2 transaction layer
        { "3.2.1-badbranch", 200 },
        // 3.3 application layer
        { "3.3.01-insuf", 400 },
        { "3.3.02-unkscm", 416 },
        { "3.3.03-novelsc", 416 },
        { "3.3.04-unksm2", 401 },
        { "3.3.05-bext01", 420 },
        { "3.3.06-invut", 415 },
        { "3.3.07-regaut01", 401 },
        { "3.3.08-multi01", 400 },
        { "3.3.09-mcl01", 400 },
        { "3.3.10-bcast", Dropped },
        { "3.3.11-zeromf", 200 },
        { "3.3.12-cparam01", 401 },
        { "3.3.13-cparam02", 401 },
        { "3.3.14-regescrt", 401 },
        { "3.3.15-sdp01", 406 },
        // 3.4 backward compatibility
        { "3.4.1-inv2543", 100 },
    };

    [Fact]
    public void None_is_left_out() => Assert.Equal(49, Messages.Count);

    [Theory]
    [MemberData(nameof(Messages))]
    public void Each_message_is_answered_as_it_should_be(string name, int status)
    {
        var net = new TestNet();
        var node = net.AddNode("10.0.0.1");
        var bytes = Read(name);
        node.Core.Receive(new Hop(SipTransport.Udp, new IPEndPoint(IPAddress.Parse("10.0.0.7"), 5060)), bytes, 0, bytes.Length, 0);
        net.Run(TransactionTimes.Trying);
        if (status == Dropped) Assert.Empty(net.Log);
        else Assert.Equal(status, RawPeer.Status(net.Log[0].Text));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Each_valid_message_means_the_same_after_writing_it_anew(string name, int status)
    {
        Assert.InRange(status, Dropped, 699);
        var message = new SipMessage();
        var bytes = Read(name);
        if (!message.Parse(bytes, 0, bytes.Length) || message.Error != ParseError.None) return;
        MessageOracle.AssertSame(message);
    }

    [Fact]
    public void The_tortuous_INVITE_is_read_to_its_last_parameter()
    {
        var message = Parsed("3.1.1.01-wsinv");
        Assert.Equal("1918181833n", SipText.Raw(message.Party(HeaderId.To).Tag));
        Assert.Equal("98asjd8", SipText.Raw(message.Party(HeaderId.From).Tag));
        Assert.Equal("J Rosenberg \\\"", SipText.Unquote(message.Party(HeaderId.From).Display));
        var vias = new List<string>();
        foreach (var value in message.Values(HeaderId.Via))
        {
            Assert.True(Via.TryParse(value, out var via));
            vias.Add($"{SipText.Raw(via.Transport)} {SipText.Raw(via.SentBy)} {SipText.Raw(via.Branch)}");
        }
        Assert.Equal(["UDP 192.0.2.2 390skdjuw", "TCP spindle.example.com z9hG4bK9ikj8", "UDP 192.168.255.111 z9hG4bK30239"], vias);
        Assert.True(message.Party(HeaderId.Contact).Parameters.TryGet("newparam"u8, out var value1));
        Assert.Equal("newvalue", SipText.Raw(value1));
        Assert.True(message.Party(HeaderId.Contact).Parameters.TryGet("q"u8, out var q));
        Assert.Equal("0.33", SipText.Raw(q));
        Assert.Equal(150, message.Body.Length);
    }

    [Fact]
    public void Escapes_are_undone_in_user_parts_and_nowhere_else()
    {
        var message = Parsed("3.1.1.03-esc01");
        Assert.Equal("sips:user@example.com", SipUri.Read(message.RequestUri)!.User);
        Assert.Equal("I have spaces", SipUri.Read(message.Party(HeaderId.From).Uri)!.User);
        Assert.Equal("user", SipUri.Read(message.Party(HeaderId.To).Uri)!.User);
        Assert.Equal("caller", SipUri.Read(message.Party(HeaderId.Contact).Uri)!.User);
        Assert.Equal("user;par=u@example.net", SipUri.Read(Parsed("3.1.1.09-semiuri").RequestUri)!.User);
        Assert.Equal("RE%47IST%45R", SipText.Raw(Parsed("3.1.1.05-esc02").MethodText));
        Assert.Equal(2, Parsed("3.1.1.05-esc02").CountOf(HeaderId.Contact));
    }

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Torture", name + ".dat"));

    private static SipMessage Parsed(string name)
    {
        var message = new SipMessage();
        var bytes = Read(name);
        Assert.True(message.Parse(bytes, 0, bytes.Length));
        Assert.Equal(ParseError.None, message.Error);
        return message;
    }
}

/// <summary>Writes a message anew from what was read of it, reads that, and compares.</summary>
internal static class MessageOracle
{
    public static void AssertSame(SipMessage message)
    {
        var written = Write(message);
        var again = new SipMessage();
        Assert.True(again.Parse(written, 0, written.Length));
        Assert.Equal(ParseError.None, again.Error);
        Assert.Equal(message.IsRequest, again.IsRequest);
        Assert.Equal(message.Method, again.Method);
        Assert.Equal(message.Status, again.Status);
        Assert.Equal(message.FieldCount, again.FieldCount);
        for (var i = 0; i < message.FieldCount; i++)
        {
            var (one, other) = (message.FieldAt(i), again.FieldAt(i));
            Assert.Equal(one.Id, other.Id);
            Assert.True(message.Slice(one.Value).SequenceEqual(again.Slice(other.Value)));
        }
        Assert.True(message.Body.SequenceEqual(again.Body));
        Assert.Equal(MessageRules.Check(message, out _), MessageRules.Check(again, out _));
    }

    private static byte[] Write(SipMessage message)
    {
        var writer = new MessageWriter();
        writer.Reset();
        if (message.IsRequest) writer.Ascii(message.MethodText).Ascii(" "u8).Ascii(message.RequestUri).Ascii(" SIP/2.0\r\n"u8);
        else writer.Ascii("SIP/2.0 "u8).Number((uint)message.Status).Ascii(" "u8).Ascii(message.Reason).Ascii("\r\n"u8);
        for (var i = 0; i < message.FieldCount; i++)
        {
            var field = message.FieldAt(i);
            writer.Ascii(message.Slice(field.Name)).Ascii(": "u8).Ascii(message.Slice(field.Value)).Ascii("\r\n"u8);
        }
        return writer.Ascii("\r\n"u8).Ascii(message.Body).Written.ToArray();
    }
}
