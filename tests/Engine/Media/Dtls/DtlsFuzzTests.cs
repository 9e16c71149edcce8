namespace Tccc.Media;

public sealed class DtlsFuzzTests
{
    [Fact]
    public void Noise_and_mangled_flights_never_crash_a_session_of_either_role()
    {
        var counters = new WebRtcCounters();
        using var here = new DtlsContext(TimeProvider.System, counters);
        using var there = new DtlsContext(TimeProvider.System, counters);
        using var model = new DtlsNetwork(there, here);
        model.Handshake();
        var random = new Random(6347);
        Fuzz.For(TimeSpan.FromSeconds(2), () =>
        {
            using var session =
                new DtlsSession(here, random.GetItems(Enum.GetValues<DtlsRole>(), 1)[0], DtlsSessionTests.Fingerprint(there), _ => { });
            session.Start(TimeSpan.Zero);
            for (var i = 0; i < 20; i++) session.Feed(Fuzz.Mangle(random, model.Sent[random.Next(model.Sent.Count)], 2000), TimeSpan.Zero);
            session.OnTimer(TimeSpan.FromSeconds(1));
        });
    }

    [Fact]
    public void A_connected_session_is_not_moved_by_noise()
    {
        var counters = new WebRtcCounters();
        using var here = new DtlsContext(TimeProvider.System, counters);
        using var there = new DtlsContext(TimeProvider.System, counters);
        using var network = new DtlsNetwork(there, here);
        network.Handshake();
        network.Server.PeerIsUp();
        network.Client.PeerIsUp();
        var random = new Random(5764);
        var flights = network.Sent.ToArray();
        network.Loses = (_, _) => true;
        Fuzz.For(
            TimeSpan.FromSeconds(1),
            () => network.Server.Feed(Fuzz.Mangle(random, flights[random.Next(flights.Length)], 2000), TimeSpan.Zero));
        Assert.Equal(DtlsState.Connected, network.Server.State);

        network.Loses = (_, _) => false;
        network.Client.Close();
        network.Run();
        Assert.Equal(DtlsState.Closed, network.Server.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("16FEFD0000000000000000")]
    [InlineData("16FEFD000000000000000000020B")]
    [InlineData("16FEFD0001FEFD0001FEFD000100")]
    [InlineData("16030100000000000000000000")]
    [InlineData("40FEFD00000000000000000000")]
    [InlineData("16FEFD0000000000000000000016FEFD")]
    public void What_is_not_whole_records_is_not_shown_to_openssl(string datagram) =>
        Assert.False(DtlsBio.AreRecords(Convert.FromHexString(datagram)));
}
