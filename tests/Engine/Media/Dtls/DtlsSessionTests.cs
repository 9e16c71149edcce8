using System.Diagnostics;
using Tccc.Media.Tests.Legs;

namespace Tccc.Media;

public sealed class DtlsSessionTests : IDisposable
{
    private static readonly TimeSpan Resend = TimeSpan.FromMilliseconds(60);

    private readonly WebRtcCounters counters = new();
    private readonly DtlsContext here;
    private readonly DtlsContext there;

    public DtlsSessionTests() => (here, there) = (new(TimeProvider.System, counters), new(TimeProvider.System, counters));

    public void Dispose()
    {
        here.Dispose();
        there.Dispose();
    }

    [Fact]
    public void Both_ends_get_the_same_keys_crosswise_and_gcm_is_chosen()
    {
        using var network = new DtlsNetwork(there, here);
        network.Handshake();

        Assert.True(network.BothConnected, network.Server.Failure ?? network.Client.Failure);
        var (client, server) = (network.Client.Keys!, network.Server.Keys!);
        Assert.Equal((SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes128Gcm), (client.Profile, server.Profile));
        Assert.Equal(
            [client.LocalKey, client.LocalSalt, client.RemoteKey, client.RemoteSalt],
            [server.RemoteKey, server.RemoteSalt, server.LocalKey, server.LocalSalt]);
        Assert.NotEqual(client.LocalKey, client.RemoteKey);
        Assert.Equal((2, 0), (counters.DtlsConnected, counters.DtlsFailed));
    }

    [Theory]
    [InlineData("SRTP_AES128_CM_SHA1_80")]
    [InlineData("SRTP_AEAD_AES_128_GCM")]
    public void Packets_flow_with_the_keys_of_either_profile(string profile)
    {
        using var context = new DtlsContext(TimeProvider.System, counters, profile);
        using var network = new DtlsNetwork(context, here);
        network.Handshake();

        using var sender = network.Client.Keys!.NewSender();
        using var receiver = network.Server.Keys!.NewReceiver(counters);
        var packet = new byte[12 + 160 + SrtpSender.MaxOverhead];
        packet[0] = 0x80;
        Assert.True(receiver.UnprotectRtp(packet.AsSpan(0, sender.ProtectRtp(packet, 172)), out var length));
        Assert.Equal(172, length);
    }

    [Fact]
    public void Handshakes_end_over_a_network_that_loses_and_reorders_up_to_thirty_percent()
    {
        var networks = new[] { 0, 0.1, 0.2, 0.3 }
            .SelectMany(loss => Enumerable.Range(1, 12).Select(seed => new DtlsNetwork(there, here, seed, loss, spreadMs: 20)))
            .ToList();
        var started = Stopwatch.GetTimestamp();
        networks.ForEach(network => network.Start());

        // OpenSSL's timers go by the wall clock, so this network does as well, waiting for what is due next.
        using var nobodySets = new ManualResetEventSlim();
        while (networks.Exists(network => !network.BothConnected) && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(40))
        {
            foreach (var network in networks)
            {
                network.Now = Stopwatch.GetElapsedTime(started);
                network.Run();
            }
            var wait = networks.Min(network => network.Due) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero) nobodySets.Wait(wait.Value);
        }

        Assert.All(
            networks, network => Assert.True(network.BothConnected, network.Client.Failure ?? network.Server.Failure ?? "not connected"));
        Assert.True(counters.DtlsRetransmitted > 0);
        networks.ForEach(network => network.Dispose());
    }

    [Fact]
    public void A_handshake_whose_messages_are_all_cut_into_fragments_ends()
    {
        using var network = new DtlsNetwork(there, here, mtu: 256);
        network.Handshake();

        Assert.True(network.BothConnected, network.Server.Failure ?? network.Client.Failure);
        Assert.All(network.Sent, datagram => Assert.InRange(datagram.Length, 1, 256));
        Assert.InRange(network.Sent.Count, 7, int.MaxValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_client_hello_in_two_datagrams_is_put_together_in_any_order(bool swapped)
    {
        List<byte[]> flight = [];
        using var client = new DtlsSession(there, DtlsRole.Client, Fingerprint(here), d => flight.Add(d.ToArray()));
        List<byte[]> answers = [];
        using var server = new DtlsSession(here, DtlsRole.Server, Fingerprint(there), d => answers.Add(d.ToArray()));
        client.Start(TimeSpan.Zero);
        var (first, second) = SplitClientHello(Assert.Single(flight), at: 100);

        server.Feed(swapped ? second : first, TimeSpan.Zero);
        Assert.Empty(answers);
        server.Feed(swapped ? first : second, TimeSpan.Zero);
        Assert.NotEmpty(answers);
        Assert.Equal(DtlsState.Handshaking, server.State);
    }

    [Fact]
    public void No_datagram_is_longer_than_the_mtu()
    {
        using var network = new DtlsNetwork(there, here);
        network.Handshake();
        Assert.All(network.Sent, datagram => Assert.InRange(datagram.Length, 1, DtlsSession.Mtu));
    }

    [Fact]
    public void A_certificate_that_the_peer_did_not_announce_fails_the_handshake()
    {
        using var stranger = new DtlsContext(TimeProvider.System, counters);
        using var network = new DtlsNetwork(stranger, here, fingerprintForServer: there.Fingerprint);
        network.Handshake();

        Assert.Equal(DtlsState.Failed, network.Server.State);
        Assert.Null(network.Server.Keys);
        Assert.NotNull(network.Server.Failure);
        Assert.Equal(DtlsState.Closed, network.Client.State);
        Assert.Equal((1, 1), (counters.DtlsFingerprintMismatch, counters.DtlsFailed));
    }

    [Fact]
    public void A_client_too_refuses_a_server_with_another_certificate()
    {
        using var network = new DtlsNetwork(there, here, fingerprintForClient: there.Fingerprint);
        network.Handshake();
        Assert.Equal(DtlsState.Failed, network.Client.State);
        Assert.Null(network.Client.Keys);
    }

    [Fact]
    public void A_peer_without_our_srtp_profiles_fails()
    {
        using var other = new DtlsContext(TimeProvider.System, counters, "SRTP_AEAD_AES_256_GCM");
        using var network = new DtlsNetwork(other, here);
        network.Handshake();
        Assert.Equal(DtlsState.Failed, network.Server.State);
        Assert.Null(network.Server.Keys);
    }

    [Fact]
    public void The_last_flight_is_repeated_with_growing_pauses_until_the_peer_is_up()
    {
        using var network = new DtlsNetwork(there, here);
        var lose = true;
        network.Loses = (toServer, _) => lose && !toServer && network.Server.State == DtlsState.Handshaking && network.Sent.Count > 3;
        network.Handshake();
        Assert.Equal((DtlsState.Handshaking, DtlsState.Connected), (network.Client.State, network.Server.State));
        Assert.Equal(Resend, network.Server.Due);

        network.Loses = (_, _) => true;
        Assert.Equal(DtlsState.Connected, network.Server.OnTimer(Resend / 2));
        Assert.Equal(Resend, network.Server.Due);
        network.Server.OnTimer(Resend);
        Assert.Equal(3 * Resend, network.Server.Due);

        lose = false;
        network.Loses = (_, _) => false;
        network.Now = 3 * Resend;
        network.Server.OnTimer(network.Now);
        network.Run();
        Assert.True(network.BothConnected);

        network.Server.PeerIsUp();
        Assert.Null(network.Server.Due);
        Assert.Null(network.Client.Due);
    }

    [Fact]
    public void The_last_flight_is_not_repeated_for_ever()
    {
        using var network = new DtlsNetwork(there, here);
        network.Handshake();
        var times = 0;
        while (network.Server.Due is { } due && times < 100)
        {
            network.Server.OnTimer(due);
            times++;
        }
        Assert.InRange(times, 2, 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_last_flight_that_is_repeated_no_more_still_answers_the_peers_own(bool isUp)
    {
        using var network = new DtlsNetwork(there, here);
        LoseLastFlight(network, []);
        network.Handshake();
        network.Loses = (_, _) => true;
        if (isUp) network.Server.PeerIsUp();
        while (network.Server.Due is { } due) network.Server.OnTimer(due);
        Assert.Equal((DtlsState.Handshaking, DtlsState.Connected), (network.Client.State, network.Server.State));

        network.Loses = (_, _) => false;
        Until.True(() =>
        {
            network.Client.OnTimer(network.Now);
            network.Run();
            return network.BothConnected;
        }, "the client's timer and our answer");
        Assert.Null(network.Server.Due);
    }

    [Fact]
    public void A_goodbye_that_overtakes_the_last_flight_is_heard_after_it()
    {
        using var stranger = new DtlsContext(TimeProvider.System, counters);
        using var network = new DtlsNetwork(stranger, here, fingerprintForServer: there.Fingerprint);
        List<byte[]> late = [];
        LoseLastFlight(network, late);
        network.Handshake();

        Assert.Equal(2, late.Count);
        Assert.Equal(DtlsState.Handshaking, network.Client.Feed(late[1], network.Now));
        Assert.Equal(DtlsState.Closed, network.Client.Feed(late[0], network.Now));
    }

    [Theory]
    [InlineData("ECDHE-ECDSA-AES128-GCM-SHA256", true)]
    [InlineData("ECDHE-ECDSA-AES128-GCM-SHA256", false)]
    [InlineData("ECDHE-ECDSA-AES256-GCM-SHA384", true)]
    [InlineData("ECDHE-ECDSA-AES256-GCM-SHA384", false)]
    public void Only_the_peers_own_goodbye_is_heard_whatever_the_cipher(string cipher, bool clientCloses)
    {
        using var context = new DtlsContext(TimeProvider.System, counters, "SRTP_AEAD_AES_128_GCM", cipher);
        using var network = new DtlsNetwork(context, here);
        network.Handshake();
        var (one, other) = clientCloses ? (network.Client, network.Server) : (network.Server, network.Client);
        network.Loses = (_, _) => true;
        one.Close();
        var goodbye = network.Sent[^1];
        var sent = network.Sent.Count;

        for (var bit = 0; bit < 8 * goodbye.Length; bit++)
        {
            var bent = goodbye.ToArray();
            bent[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Equal(DtlsState.Connected, other.Feed(bent, network.Now));
        }
        Assert.Equal(sent, network.Sent.Count);
        Assert.Equal(DtlsState.Closed, other.Feed(goodbye, network.Now));
        Assert.Equal(sent + 1, network.Sent.Count);
    }

    [Fact]
    public void A_new_client_hello_on_a_connected_line_changes_nothing()
    {
        using var network = new DtlsNetwork(there, here);
        network.Handshake();
        var sent = network.Sent.Count;
        using var client = new DtlsSession(there, DtlsRole.Client, Fingerprint(here), hello => network.Server.Feed(hello, network.Now));
        client.Start(network.Now);

        Assert.Equal((DtlsState.Handshaking, DtlsState.Connected, sent), (client.State, network.Server.State, network.Sent.Count));
        network.Client.Close();
        network.Run();
        Assert.Equal(DtlsState.Closed, network.Server.State);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void Who_closes_tells_the_other(bool clientCloses, bool whenUp)
    {
        using var network = new DtlsNetwork(there, here);
        network.Handshake();
        if (whenUp)
        {
            network.Client.PeerIsUp();
            network.Server.PeerIsUp();
        }
        var (one, other) = clientCloses ? (network.Client, network.Server) : (network.Server, network.Client);
        one.Close();
        Assert.Equal(DtlsState.Closed, one.State);
        network.Run();
        Assert.Equal(DtlsState.Closed, other.State);
        Assert.NotNull(other.Keys);
    }

    [Fact]
    public void A_closed_session_takes_every_call_and_does_nothing()
    {
        using var network = new DtlsNetwork(there, here);
        network.Handshake();
        network.Client.Dispose();
        network.Client.Dispose();
        var sent = network.Sent.Count;

        Assert.Equal(DtlsState.Closed, network.Client.Feed(network.Sent[0], TimeSpan.Zero));
        Assert.Equal(DtlsState.Closed, network.Client.Start(TimeSpan.Zero));
        Assert.Equal(DtlsState.Closed, network.Client.OnTimer(TimeSpan.FromSeconds(1)));
        network.Client.PeerIsUp();
        network.Client.Close();
        Assert.Equal(sent, network.Sent.Count);
        Assert.Null(network.Client.Due);
    }

    [Fact]
    public void A_session_outlives_its_context()
    {
        var context = new DtlsContext(TimeProvider.System, counters);
        using var network = new DtlsNetwork(there, context);
        context.Dispose();
        network.Handshake();
        Assert.True(network.BothConnected);
    }

    [Fact]
    public void A_peer_that_never_says_hello_is_given_up()
    {
        using var server = new DtlsSession(here, DtlsRole.Server, Fingerprint(there), _ => { });
        server.Start(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5 + DtlsSession.HandshakeSeconds), server.Due);
        Assert.Equal(DtlsState.Handshaking, server.OnTimer(TimeSpan.FromSeconds(34)));
        Assert.Equal(DtlsState.Failed, server.OnTimer(TimeSpan.FromSeconds(35)));
        Assert.Equal((1, 1), (counters.DtlsTimedOut, counters.DtlsFailed));
    }

    [Fact]
    public void Calls_from_many_threads_wait_for_one_another()
    {
        using var network = new DtlsNetwork(there, here);
        network.Handshake();
        var server = network.Server;
        Parallel.For(0, 200, i =>
        {
            if (i == 150) server.Dispose();
            server.Feed(network.Sent[i % 3], TimeSpan.Zero);
            server.OnTimer(TimeSpan.Zero);
            if (i == 100) server.PeerIsUp();
        });
        Assert.Equal(DtlsState.Closed, server.State);
    }

    [Fact]
    public void A_library_that_is_missing_is_named_in_one_sentence()
    {
        Assert.Null(OpenSsl.Missing());
        Assert.StartsWith("libssl.so.999 was not found", OpenSsl.Missing(ssl: "libssl.so.999"), StringComparison.Ordinal);
    }

    internal static DtlsFingerprint Fingerprint(DtlsContext context)
    {
        Assert.True(DtlsFingerprint.TryParse(context.Fingerprint, out var fingerprint));
        return fingerprint;
    }

    /// <summary>The server's datagrams from its last flight on go astray.</summary>
    private static void LoseLastFlight(DtlsNetwork network, List<byte[]> lost) => network.Loses = (toServer, datagram) =>
    {
        if (toServer || network.Sent.Count <= 3) return false;
        lost.Add(datagram);
        return true;
    };

    /// <summary>One record with a whole ClientHello becomes two with a fragment each, RFC 6347 §4.2.3.</summary>
    private static (byte[] First, byte[] Second) SplitClientHello(byte[] datagram, int at)
    {
        const int record = 13, handshake = 12;
        var body = datagram.AsSpan(record + handshake);
        return (Fragment(datagram, 0, body[..at], sequence: 0), Fragment(datagram, at, body[at..], sequence: 1));

        static byte[] Fragment(byte[] model, int offset, ReadOnlySpan<byte> part, byte sequence)
        {
            var bytes = new byte[record + handshake + part.Length];
            model.AsSpan(0, record + handshake).CopyTo(bytes);
            part.CopyTo(bytes.AsSpan(record + handshake));
            bytes[10] = sequence;
            (bytes[11], bytes[12]) = ((byte)(handshake + part.Length >> 8), (byte)(handshake + part.Length));
            (bytes[record + 7], bytes[record + 8]) = ((byte)(offset >> 8), (byte)offset);
            (bytes[record + 10], bytes[record + 11]) = ((byte)(part.Length >> 8), (byte)part.Length);
            return bytes;
        }
    }
}
