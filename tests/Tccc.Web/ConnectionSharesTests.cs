using System.Net;
using Microsoft.AspNetCore.Connections;
using Tccc.Web.Guards;

namespace Tccc.Web.Tests;

public class ConnectionSharesTests
{
    private static readonly string[] Strangers = ["203.0.113.5", "::ffff:203.0.113.5"];

    private readonly TaskCompletionSource served = new();
    private readonly ConnectionDelegate way;
    private int let;

    public ConnectionSharesTests() =>
        way = new ConnectionShares([IPNetwork.Parse("10.0.0.0/24")]).Shared(async _ =>
        {
            let++;
            await served.Task;
        });

    [Fact, Trait("Case", "F-C1")]
    public async Task A_network_has_its_share_of_connections_and_another_is_served_beside_it()
    {
        var standing = Enumerable.Range(0, ConnectionShares.OfOneNetwork).Select(i => Connect(Strangers[i % 2])).ToList();
        Assert.Equal(ConnectionShares.OfOneNetwork, let);
        Assert.True(Connect("203.0.113.5").IsCompletedSuccessfully);
        Assert.Equal(ConnectionShares.OfOneNetwork, let);
        var other = Connect("203.0.113.6");
        Assert.Equal(ConnectionShares.OfOneNetwork + 1, let);

        // what has ended counts no more
        served.SetResult();
        await Task.WhenAll([.. standing, other]);
        await Connect("203.0.113.5");
        Assert.Equal(ConnectionShares.OfOneNetwork + 2, let);
    }

    [Fact, Trait("Case", "F-C1")]
    public void A_site_with_as_many_addresses_as_it_likes_is_one_network()
    {
        for (var i = 0; i < ConnectionShares.OfOneNetwork; i++) _ = Connect($"2001:db8:0:1::{i:x}");
        _ = Connect("2001:db8:0:1:ffff::1");
        Assert.Equal(ConnectionShares.OfOneNetwork, let);
    }

    [Theory, Trait("Case", "F-C1")]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:10.0.0.7")]
    public void The_machine_itself_and_a_named_proxy_have_no_share(string address)
    {
        for (var i = 0; i <= ConnectionShares.OfOneNetwork; i++) _ = Connect(address);
        Assert.Equal(ConnectionShares.OfOneNetwork + 1, let);
    }

    [Fact, Trait("Case", "F-C1")]
    public void All_together_have_a_limit_too()
    {
        for (var i = 0; i <= ConnectionShares.InAll; i++) _ = Connect("127.0.0.1");
        Assert.Equal(ConnectionShares.InAll, let);
        _ = Connect("203.0.113.5");
        Assert.Equal(ConnectionShares.InAll, let);
    }

    private Task Connect(string address) =>
        way(new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 40000) });
}
