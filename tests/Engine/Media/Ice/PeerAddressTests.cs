using System.Net;

namespace Tccc.Media;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("192.0.2.1:32853")]
    [InlineData("[2001:db8::1:2]:443")]
    [InlineData("[fe80::1%7]:5000")]
    [InlineData("[::ffff:192.0.2.1]:9")]
    public void An_address_survives_the_way_through_the_socket_forms(string text)
    {
        var endPoint = IPEndPoint.Parse(text);
        var address = PeerAddress.From(endPoint);
        Span<byte> sockaddr = stackalloc byte[PeerAddress.MaxSockaddrLength];
        var length = address.WriteSockaddr(sockaddr);

        Assert.Equal(endPoint, address.ToEndPoint());
        Assert.Equal(address, PeerAddress.FromSockaddr(sockaddr[..length]));
        Assert.Equal(endPoint.Serialize().Buffer.Span[..length], sockaddr[..length]);
        Assert.True(address.IsSet);
    }

    [Fact]
    public void What_is_no_internet_address_is_no_address()
    {
        Assert.False(PeerAddress.FromSockaddr([]).IsSet);
        Assert.False(PeerAddress.FromSockaddr([1, 0, 1, 1, 1, 1, 1, 1]).IsSet);
        Assert.False(PeerAddress.FromSockaddr([10, 0, 1, 1, 1, 1, 1, 1]).IsSet);
    }
}
