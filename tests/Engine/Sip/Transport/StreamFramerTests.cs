using System.Text;

namespace Tccc.Sip.Tests;

public class StreamFramerTests
{
    private static readonly byte[] First =
        Encoding.UTF8.GetBytes("INVITE sip:1@a SIP/2.0\r\nVia: SIP/2.0/TCP b;branch=z9hG4bK1\r\nl: 5\r\n\r\nhello");
    private static readonly byte[] Second = Encoding.UTF8.GetBytes("SIP/2.0 200 OK\r\nContent-Length:\r\n  0\r\n\r\n");
    private static readonly byte[] Stream = [.. First, .. "\r\n\r\n"u8, .. Second, .. "\r\n"u8, .. First];

    [Fact]
    public void The_messages_are_the_same_however_the_stream_is_split_in_two()
    {
        for (var split = 0; split <= Stream.Length; split++) AssertWhole([Stream[..split], Stream[split..]]);
    }

    [Fact]
    public void The_messages_are_the_same_in_pieces_of_any_size()
    {
        for (var size = 1; size < 40; size++) AssertWhole(Stream.Chunk(size));
    }

    [Theory]
    [InlineData("OPTIONS sip:1@a SIP/2.0\r\nVia: x\r\n\r\n", "ContentLength")]
    [InlineData("OPTIONS sip:1@a SIP/2.0\r\nContent-Length: -1\r\n\r\n", "ContentLength")]
    [InlineData("OPTIONS sip:1@a SIP/2.0\r\nContent-Length: 3\r\nl: 4\r\n\r\nabcd", "ContentLength")]
    [InlineData("OPTIONS sip:1@a SIP/2.0\r\nContent-Length: 99999999\r\n\r\n", "TooLarge")]
    public void A_stream_whose_end_cannot_be_told_is_broken(string text, string error)
    {
        var framer = new StreamFramer();
        framer.Feed(Encoding.UTF8.GetBytes(text));
        Assert.Equal(FrameResult.Broken, framer.Next(out var head));
        Assert.Equal(error, framer.Error.ToString());
        Assert.StartsWith("OPTIONS", Encoding.UTF8.GetString(head), StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_without_end_are_broken_past_the_limit()
    {
        var framer = new StreamFramer();
        framer.Feed(Enumerable.Repeat((byte)'a', SipLimits.Message + 1).ToArray());
        Assert.Equal(FrameResult.Broken, framer.Next(out _));
        Assert.Equal(ParseError.TooLarge, framer.Error);
    }

    [Theory]
    [InlineData("\r\n", false)]
    [InlineData("\r", false)]
    [InlineData("\r\n\r", false)]
    [InlineData("\r\nO", true)]
    [InlineData("O", true)]
    public void A_line_end_between_messages_is_no_half_message(string text, bool half)
    {
        var framer = new StreamFramer();
        framer.Feed(Encoding.UTF8.GetBytes(text));
        Assert.Equal(FrameResult.Incomplete, framer.Next(out _));
        Assert.Equal(half, framer.HalfRead);
    }

    private static void AssertWhole(IEnumerable<byte[]> pieces)
    {
        var framer = new StreamFramer();
        var messages = new List<byte[]>();
        var pings = 0;
        foreach (var piece in pieces)
        {
            framer.Feed(piece);
            while (true)
            {
                var result = framer.Next(out var message);
                Assert.NotEqual(FrameResult.Broken, result);
                if (result == FrameResult.Incomplete) break;
                if (result == FrameResult.Ping) pings++;
                else messages.Add(message);
            }
            framer.Rest();
        }
        Assert.Equal([First, Second, First], messages);
        Assert.Equal(1, pings);
        Assert.False(framer.HalfRead);
    }
}
