using System.Text;

namespace Tccc.Sip.Tests;

public class ParserTests
{
    [Theory]
    [InlineData("sip:alice@example.com", "sip", "alice", "example.com", 0, "")]
    [InlineData("SIPS:a%20b:pw@[2001:db8::1]:5061;transport=tcp", "sips", "a b", "[2001:db8::1]", 5061, ";transport=tcp")]
    [InlineData("sip:10.0.0.1:5070;lr", "sip", null, "10.0.0.1", 5070, ";lr")]
    [InlineData("tel:+8613900001111;phone-context=cn", "tel", "+8613900001111", "", 0, ";phone-context=cn")]
    [InlineData("sip:王@example.com", "sip", "王", "example.com", 0, "")]
    public void Uris_are_read(string text, string scheme, string? user, string host, int port, string parameters)
    {
        Assert.True(SipUri.TryParse(text, out var uri));
        Assert.Equal((scheme, user, host, port, parameters), (uri.Scheme, uri.User, uri.Host, uri.Port, uri.Parameters));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip:")]
    [InlineData("sip:@host")]
    [InlineData("sip:a@")]
    [InlineData("sip:a@ho st")]
    [InlineData("sip:a@host:0")]
    [InlineData("sip:a@host:99999")]
    [InlineData("sip:a%zz@host")]
    [InlineData("sip:a@[::1")]
    [InlineData("sip:a@host?Subject=x")]
    [InlineData("<sip:a@host>")]
    [InlineData("1sip:a@host")]
    [InlineData("sip:a\0b@host")]
    [InlineData("tel:+86\0139")]
    [InlineData("sip:a@host;x=\u0001")]
    public void What_is_no_uri_is_refused(string text) => Assert.False(SipUri.TryParse(text, out _));

    [Theory]
    [InlineData("a b;c?d@e%", "sip:a%20b;c?d%40e%25@h")]
    [InlineData("王", "sip:%E7%8E%8B@h")]
    [InlineData("x\r\nVia: y", "sip:x%0D%0AVia%3A%20y@h")]
    public void A_user_part_is_escaped_so_that_it_reads_back(string user, string text)
    {
        var uri = new SipUri(user, "h");
        Assert.Equal(text, uri.ToString());
        Assert.True(SipUri.TryParse(uri.ToString(), out var again));
        Assert.Equal(user, again.User);
    }

    [Fact]
    public void IPv6_hosts_get_their_brackets() => Assert.Equal("sip:a@[::1]:5062", new SipUri("a", "::1", 5062).ToString());

    [Fact]
    public void Short_and_folded_and_joined_headers_are_the_long_ones()
    {
        var message = Parse("INVITE sip:1@h SIP/2.0\r\nv: SIP/2.0/UDP a:5060;branch=z9hG4bK1 , SIP/2.0/TCP [::1]:5061;branch=z9hG4bK2\r\nVIA:SIP/2.0/UDP c\r\ni: id\r\nf: <sip:a@b>\r\n ;tag=1\r\nt: sip:c@d\r\nm: <sip:x,y@z>, \"a,b\" <sip:c@d>\r\nk: timer, replaces\r\nl: 2\r\n\r\nhiXX");
        var hosts = new List<string>();
        foreach (var value in message.Values(HeaderId.Via)) hosts.Add(Via.TryParse(value, out var via) ? SipText.Raw(via.SentBy) : "?");
        Assert.Equal(["a:5060", "[::1]:5061", "c"], hosts);
        Assert.Equal("1", SipText.Raw(message.Party(HeaderId.From).Tag));
        Assert.Equal("id", SipText.Raw(message.Get(HeaderId.CallId)));
        var contacts = 0;
        foreach (var value in message.Values(HeaderId.Contact)) contacts += NameAddr.TryParse(value, out _) ? 1 : 100;
        Assert.Equal(2, contacts);
        Assert.True(message.Lists(HeaderId.Supported, "TIMER"u8));
        Assert.Equal("hi", SipText.Raw(message.Body));
    }

    [Theory]
    [InlineData(65_536, "TooLarge")]
    [InlineData(8_300, "LineTooLong")]
    public void Limits_are_kept(int length, string error)
    {
        var bytes = Encoding.ASCII.GetBytes("OPTIONS sip:1@h SIP/2.0\r\nSubject: " + new string('a', length) + "\r\n\r\n");
        var message = new SipMessage();
        message.Parse(bytes, 0, bytes.Length);
        Assert.Equal(error, message.Error.ToString());
    }

    [Fact]
    public void Too_many_headers_are_refused()
    {
        var message =
            Parse("OPTIONS sip:1@h SIP/2.0\r\n" + string.Concat(Enumerable.Repeat("a: b\r\n", SipLimits.HeaderFields + 1)) + "\r\n");
        Assert.Equal(ParseError.TooManyHeaders, message.Error);
    }

    [Fact]
    public void A_message_of_exactly_the_limit_is_taken()
    {
        var head = "MESSAGE sip:1@h SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n\r\n";
        var message = Parse(head + new string('x', SipLimits.Message - head.Length));
        Assert.Equal(ParseError.None, message.Error);
    }

    [Fact]
    public void Reading_a_message_makes_no_garbage()
    {
        var bytes = TortureRfc4475Tests.Read("3.1.1.07-longreq");
        var message = new SipMessage();
        for (var i = 0; i < 3; i++) message.Parse(bytes, 0, bytes.Length);
        var sum = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            message.Parse(bytes, 0, bytes.Length);
            MessageRules.CSeq(message, out _, out _);
            foreach (var via in message.Values(HeaderId.Via)) sum += Via.TryParse(via, out var read) ? read.Branch.Length : 0;
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static SipMessage Parse(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var message = new SipMessage();
        Assert.True(message.Parse(bytes, 0, bytes.Length));
        return message;
    }
}
