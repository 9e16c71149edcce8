using System.Buffers.Binary;

namespace Tccc.Media;

public sealed class SrtpSessionTests : IDisposable
{
    private const int PayloadLength = 160;

    private readonly WebRtcCounters counters = new();
    private readonly List<IDisposable> open = [];

    public static TheoryData<int> Profiles => [(int)SrtpProfile.AeadAes128Gcm, (int)SrtpProfile.Aes128CmHmacSha1_80];

    public void Dispose() => open.ForEach(each => each.Dispose());

    [Theory, MemberData(nameof(Profiles))]
    public void What_is_protected_comes_out_as_it_went_in(int profile)
    {
        var (sender, receiver) = Pair(profile);
        ushort sequence = 0;
        foreach (var (extension, csrcs, payload) in new[] { (-1, 0, 160), (-1, 0, 0), (0, 0, 160), (3, 2, 20), (2, 15, 1) })
        {
            var plain = RtpPacket(++sequence, extension: extension, csrcs: csrcs, payload: payload);
            var wire = Protect(sender, plain);
            if (payload > 8) Assert.NotEqual(plain[^payload..], wire[(plain.Length - payload)..plain.Length]);
            Assert.True(receiver.UnprotectRtp(wire, out var length));
            Assert.Equal(plain, wire[..length]);
        }
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Reports_come_out_as_they_went_in_and_count_up(int profile)
    {
        var (sender, receiver) = Pair(profile);
        for (var i = 0; i < 5; i++)
        {
            var plain = RtcpPacket(length: 28 + 4 * i);
            var buffer = new byte[plain.Length + SrtpSender.MaxOverhead];
            plain.CopyTo(buffer, 0);
            var wire = buffer[..sender.ProtectRtcp(buffer, plain.Length)];
            Assert.True(receiver.UnprotectRtcp(wire, out var length));
            Assert.Equal(plain, wire[..length]);
        }
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Any_changed_bit_is_refused_and_counted(int profile)
    {
        var (sender, receiver) = Pair(profile);
        var wire = Protect(sender, RtpPacket(1));
        var refused = 0;
        // Byte 0 holds version and lengths; changed, the packet may be malformed instead.
        for (var at = 1; at < wire.Length; at++)
        {
            var copy = (byte[])wire.Clone();
            copy[at] ^= (byte)(1 << at % 8);
            Assert.False(receiver.UnprotectRtp(copy, out var length));
            Assert.Equal(0, length);
            refused++;
        }
        Assert.Equal(refused, counters.SrtpAuthFailed);
        Assert.True(receiver.UnprotectRtp(wire, out _), "refused packets leave no trace");
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_report_with_a_wrong_tag_or_index_is_refused(int profile)
    {
        var (sender, receiver) = Pair(profile);
        var buffer = new byte[28 + SrtpSender.MaxOverhead];
        RtcpPacket(28).CopyTo(buffer, 0);
        var wire = buffer[..sender.ProtectRtcp(buffer, 28)];
        for (var at = 1; at < wire.Length; at++)
        {
            var copy = (byte[])wire.Clone();
            copy[at] ^= 1;
            Assert.False(receiver.UnprotectRtcp(copy, out _));
        }
        Assert.Equal(wire.Length - 1, counters.SrtpAuthFailed);
        Assert.True(receiver.UnprotectRtcp(wire, out _));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_packet_or_report_that_comes_twice_is_dropped_and_counted(int profile)
    {
        var (sender, receiver) = Pair(profile);
        var first = Protect(sender, RtpPacket(10));
        var again = (byte[])first.Clone();
        Assert.True(receiver.UnprotectRtp(first, out _));
        Assert.False(receiver.UnprotectRtp(again, out _));

        var buffer = new byte[28 + SrtpSender.MaxOverhead];
        RtcpPacket(28).CopyTo(buffer, 0);
        var report = buffer[..sender.ProtectRtcp(buffer, 28)];
        var same = (byte[])report.Clone();
        Assert.True(receiver.UnprotectRtcp(report, out _));
        Assert.False(receiver.UnprotectRtcp(same, out _));
        Assert.Equal((2, 0), (counters.SrtpReplayed, counters.SrtpAuthFailed));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Late_packets_count_until_the_window_has_passed(int profile)
    {
        var (sender, receiver) = Pair(profile);
        var packets = Enumerable.Range(1000, SrtpStream.WindowSize + 1).Select(sequence => Protect(sender, RtpPacket((ushort)sequence)))
            .ToArray();
        Assert.True(receiver.UnprotectRtp(packets[^1], out _));
        for (var i = packets.Length - 2; i > 0; i--)
            Assert.True(receiver.UnprotectRtp(packets[i], out _), $"{packets.Length - 1 - i} late");
        Assert.False(receiver.UnprotectRtp(packets[0], out _));
        Assert.Equal(1, counters.SrtpReplayed);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Sequence_numbers_wrap_and_packets_around_the_wrap_may_change_places(int profile)
    {
        var (sender, receiver) = Pair(profile);
        var packets = Enumerable.Range(0, 200_000).Where(i => i % 7 == 0 || i is > 65_500 and < 65_600)
            .Select(i => (i, Packet: RtpPacket((ushort)(30_000 + i)))).ToArray();
        for (var i = 0; i + 1 < packets.Length; i += 2)
        {
            var (first, second) = (Protect(sender, packets[i].Packet), Protect(sender, packets[i + 1].Packet));
            Assert.True(receiver.UnprotectRtp(second, out var length));
            Assert.Equal(packets[i + 1].Packet, second[..length]);
            Assert.True(receiver.UnprotectRtp(first, out length));
            Assert.Equal(packets[i].Packet, first[..length]);
        }
    }

    [Fact]
    public void The_index_is_estimated_as_section_3_3_1_says()
    {
        SrtpStream stream = default;
        Assert.Equal(65_535, stream.Estimate(65_535));
        stream.Note(65_535);
        Assert.Equal(65_536, stream.Estimate(0));
        stream.Note(65_536);
        Assert.Equal(65_535, stream.Estimate(65_535));
        stream.Note(0x1_8000);
        Assert.Equal(0x1_0000, stream.Estimate(0));
        stream.Note(0x1_9000);
        Assert.Equal(0x2_0000, stream.Estimate(0));

        SrtpStream young = default;
        young.Note(5);
        Assert.Equal(-1, young.Estimate(65_000));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Streams_of_one_leg_do_not_disturb_one_another_up_to_the_limit(int profile)
    {
        var (sender, receiver) = Pair(profile);
        for (ushort sequence = 1; sequence < 20; sequence++)
            for (uint ssrc = 1; ssrc <= SrtpStreams.MaxStreams; ssrc++)
                Assert.True(receiver.UnprotectRtp(Protect(sender, RtpPacket((ushort)(sequence * ssrc), ssrc)), out _));

        Assert.Empty(Protect(sender, RtpPacket(1, ssrc: 99)));
        var (other, _) = Pair(profile);
        Assert.False(receiver.UnprotectRtp(Protect(other, RtpPacket(1, ssrc: 99)), out _));
        Assert.Equal(1, counters.SrtpTooManyStreams);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Strangers_with_made_up_streams_take_no_place(int profile)
    {
        var (sender, receiver) = Pair(profile);
        for (uint ssrc = 1; ssrc < 1000; ssrc++) Assert.False(receiver.UnprotectRtp(RtpPacket(1, ssrc), out _));
        Assert.True(receiver.UnprotectRtp(Protect(sender, RtpPacket(1)), out _));
        Assert.Equal((999, 0), (counters.SrtpAuthFailed, counters.SrtpTooManyStreams));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_sequence_number_is_never_protected_twice(int profile)
    {
        var (sender, _) = Pair(profile);
        Assert.NotEmpty(Protect(sender, RtpPacket(7)));
        Assert.Empty(Protect(sender, RtpPacket(7)));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void What_is_no_rtp_or_has_no_room_is_not_protected(int profile)
    {
        var (sender, receiver) = Pair(profile);
        var exact = RtpPacket(1);
        Assert.Equal(0, sender.ProtectRtp(exact, exact.Length));
        Assert.Equal(0, sender.ProtectRtp(new byte[100], 50));
        Assert.Equal(0, sender.ProtectRtp(exact, exact.Length + 1));
        Assert.Equal(0, sender.ProtectRtp(exact, -1));
        Assert.Equal(0, sender.ProtectRtcp(new byte[100], 50));
        Assert.False(receiver.UnprotectRtp([], out _));
        Assert.False(receiver.UnprotectRtcp(new byte[12], out _));
        Assert.Equal(2, counters.SrtpMalformed);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void After_the_end_nothing_is_protected_or_let_in(int profile)
    {
        var (sender, receiver) = Pair(profile);
        var wire = Protect(sender, RtpPacket(1));
        sender.Dispose();
        receiver.Dispose();
        Assert.Empty(Protect(sender, RtpPacket(2)));
        Assert.False(receiver.UnprotectRtp(wire, out _));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_packet_costs_no_allocation(int profile)
    {
        var (sender, receiver) = Pair(profile);
        var buffer = RtpPacket(0).Concat(new byte[SrtpSender.MaxOverhead]).ToArray();
        var report = RtcpPacket(28).Concat(new byte[SrtpSender.MaxOverhead]).ToArray();
        ushort sequence = 0;
        Allocations.None(() =>
        {
            BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(2), sequence++);
            Assert.True(receiver.UnprotectRtp(buffer.AsSpan(0, sender.ProtectRtp(buffer, 12 + PayloadLength)), out _));
            Assert.True(receiver.UnprotectRtcp(report.AsSpan(0, sender.ProtectRtcp(report, 28)), out _));
        });
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Noise_and_mangled_packets_never_throw_and_never_pass(int profile)
    {
        var (sender, receiver) = Pair(profile);
        var random = new Random(3711);
        var rtp = Protect(sender, RtpPacket(1, extension: 2, csrcs: 3));
        var buffer = new byte[48];
        RtcpPacket(28).CopyTo(buffer, 0);
        var rtcp = buffer[..sender.ProtectRtcp(buffer, 28)];
        Fuzz.For(TimeSpan.FromSeconds(1), () =>
        {
            var bytes = Fuzz.Mangle(random, rtp, 1500);
            if (!bytes.AsSpan().SequenceEqual(rtp)) Assert.False(receiver.UnprotectRtp(bytes, out _));
            bytes = Fuzz.Mangle(random, rtcp, 1500);
            if (!bytes.AsSpan().SequenceEqual(rtcp)) Assert.False(receiver.UnprotectRtcp(bytes, out _));
        });
    }

    private (SrtpSender Sender, SrtpReceiver Receiver) Pair(int profile)
    {
        var chosen = (SrtpProfile)profile;
        var key = Enumerable.Range(1, SrtpKeys.KeyLength).Select(i => (byte)i).ToArray();
        var salt = Enumerable.Range(50, SrtpKeys.SaltLength(chosen)).Select(i => (byte)i).ToArray();
        var keys = new SrtpKeys(chosen, key, salt, key, salt);
        var pair = (keys.NewSender(), keys.NewReceiver(counters));
        open.Add(pair.Item1);
        open.Add(pair.Item2);
        return pair;
    }

    private static byte[] Protect(SrtpSender sender, byte[] plain)
    {
        byte[] buffer = [.. plain, .. new byte[SrtpSender.MaxOverhead]];
        return buffer[..sender.ProtectRtp(buffer, plain.Length)];
    }

    private static byte[] RtpPacket(ushort sequence, uint ssrc = 0xCAFEBABE, int extension = -1, int csrcs = 0, int payload = PayloadLength)
    {
        var packet = new byte[12 + 4 * csrcs + (extension < 0 ? 0 : 4 + 4 * extension) + payload];
        packet.AsSpan().Fill(0x55);
        packet[0] = (byte)(0x80 | (extension < 0 ? 0 : 0x10) | csrcs);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        if (extension >= 0) BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(12 + 4 * csrcs + 2), (ushort)extension);
        return packet;
    }

    private static byte[] RtcpPacket(int length)
    {
        var packet = new byte[length];
        packet.AsSpan().Fill(0x33);
        (packet[0], packet[1]) = (0x80, 200);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)(length / 4 - 1));
        return packet;
    }
}
