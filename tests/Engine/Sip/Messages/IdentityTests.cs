using System.Text;

namespace Tccc.Sip.Tests;

/// <summary>Who calls, and who wants to stay unknown (RFC 3323 §4.2, RFC 3325 §7, §9).</summary>
public class IdentityTests
{
    [Theory]
    [Trait("Case", "F-B5")]
    [InlineData("Privacy: id\r\n", true)]
    [InlineData("Privacy: user\r\n", true)]
    [InlineData("Privacy: header\r\n", true)]
    [InlineData("Privacy: session; ID ;critical\r\n", true)]
    [InlineData("Privacy: critical, id\r\n", true)]
    [InlineData("Privacy: session\r\nPrivacy: id\r\n", true)]
    [InlineData("Privacy: none\r\n", false)]
    [InlineData("Privacy: session;critical\r\n", false)]
    [InlineData("Privacy: idx\r\n", false)]
    [InlineData("Privacy:\r\n", false)]
    [InlineData("", false)]
    public void Privacy_hides_the_caller_when_it_says_id_user_or_header(string lines, bool hidden) =>
        Assert.Equal(hidden, Identity.IsWithheld(Message(lines)));

    [Theory]
    [Trait("Case", "F-B3")]
    [InlineData("<sip:+8613900000125;cpc=ordinary@carrier.example>", "+8613900000125")]
    [InlineData("\"Front, desk\" <sip:desk@carrier.example>, <tel:+86-139-0000-0125>", "+8613900000125")]
    [InlineData("<sip:desk@carrier.example>", "desk")]
    [InlineData("tel:+8613900000125", "+8613900000125")]
    [InlineData("<sip:carrier.example>, <http://x>", null)]
    [InlineData("<<>>", null)]
    public void The_asserted_identity_is_the_value_that_is_a_number(string value, string? number) =>
        Assert.Equal(number, Identity.Asserted(Message($"P-Asserted-Identity: {value}\r\n"))?.Number);

    private static SipMessage Message(string lines)
    {
        var bytes = Encoding.UTF8.GetBytes($"INVITE sip:1@10.0.0.1 SIP/2.0\r\n{lines}Content-Length: 0\r\n\r\n");
        var message = new SipMessage();
        Assert.True(message.Parse(bytes, 0, bytes.Length));
        return message;
    }
}
