using System.Buffers.Binary;
using System.Net;

namespace Tccc.Media;

public sealed class StunMessageTests
{
    private static readonly byte[] Key = "a password of twenty-four"u8.ToArray();

    [Fact]
    public void What_is_no_stun_message_is_not_read()
    {
        var good = Message(integrity: true);
        Assert.True(StunMessage.TryRead(good, out _));
        for (var length = 0; length < good.Length; length++) Assert.False(StunMessage.TryRead(good.AsSpan(0, length), out _));
        Assert.False(StunMessage.TryRead([.. good, 0, 0, 0, 0], out _));
        Assert.False(StunMessage.TryRead(Changed(good, 4), out _));
        Assert.False(StunMessage.TryRead(Changed(good, 0, 0x80), out _));
        Assert.False(StunMessage.TryRead(new byte[StunMessage.MaxLength + 4], out _));
    }

    [Fact]
    public void An_attribute_that_is_longer_than_the_message_is_refused()
    {
        var message = Message(integrity: false);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(StunMessage.HeaderLength + 2), ushort.MaxValue);
        Assert.False(StunMessage.TryRead(message, out _));
    }

    [Fact]
    public void Any_changed_byte_in_front_of_the_fingerprint_breaks_it_and_the_integrity()
    {
        var good = Message(integrity: true);
        var fingerprintAt = good.Length - 8;
        for (var at = 0; at < fingerprintAt; at++)
        {
            if (StunMessage.TryRead(Changed(good, at), out var message))
                Assert.False(message.FingerprintHolds || message.IntegrityHolds(Key), $"byte {at}");
        }
    }

    [Fact]
    public void Attributes_behind_the_integrity_are_not_seen()
    {
        var buffer = new byte[128];
        var writer = new StunWriter(buffer, StunClass.Request, StunMessage.Binding, new byte[12]);
        writer.AddIntegrity(Key);
        writer.Add(StunAttribute.UseCandidate, 0);
        Assert.True(StunMessage.TryRead(buffer.AsSpan(0, writer.Length), out var message));
        Assert.True(message.IntegrityHolds(Key));
        Assert.False(message.Has(StunAttribute.UseCandidate));
    }

    [Fact]
    public void Nothing_may_follow_the_fingerprint()
    {
        var buffer = new byte[128];
        var writer = new StunWriter(buffer, StunClass.Request, StunMessage.Binding, new byte[12]);
        writer.AddFingerprint();
        writer.Add(StunAttribute.UseCandidate, 0);
        Assert.False(StunMessage.TryRead(buffer.AsSpan(0, writer.Length), out _));
    }

    [Fact]
    public void Errors_and_unknown_attributes_read_back()
    {
        var buffer = new byte[128];
        var writer = new StunWriter(buffer, StunClass.Error, StunMessage.Binding, new byte[12]);
        writer.AddError(420, "Unknown Attribute"u8);
        writer.AddUnknown([0x7001, 0x7002, 0x7003]);
        Assert.True(StunMessage.TryRead(buffer.AsSpan(0, writer.Length), out var message));
        Assert.Equal(420, message.ErrorCode);
        Assert.True(message.TryFind(StunAttribute.UnknownAttributes, out var types));
        Assert.Equal("700170027003", Convert.ToHexString(types));
    }

    [Fact]
    public void An_ipv4_address_in_ipv6_clothes_is_mapped_as_ipv4()
    {
        var buffer = new byte[64];
        var writer = new StunWriter(buffer, StunClass.Success, StunMessage.Binding, new byte[12]);
        writer.AddXorMappedAddress(PeerAddress.From(new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.7"), 3478)));
        Assert.True(StunMessage.TryRead(buffer.AsSpan(0, writer.Length), out var message));
        Assert.Equal(IPEndPoint.Parse("192.0.2.7:3478"), message.XorMappedAddress());
    }

    [Fact]
    public void Noise_and_mangled_messages_never_throw()
    {
        var random = new Random(5389);
        var good = Message(integrity: true);
        Fuzz.For(TimeSpan.FromSeconds(1), () =>
        {
            var bytes = Fuzz.Mangle(random, good, maxLength: 200);
            if (!StunMessage.TryRead(bytes, out var message)) return;
            _ = (message.Class, message.Method, message.ErrorCode, message.FingerprintHolds, message.XorMappedAddress());
            _ = message.IntegrityHolds(Key) | message.TryPriority(out uint _) | message.Has(StunAttribute.UseCandidate);
            _ = message.UnknownRequired(new ushort[4]) + message.Username.Length + message.TransactionId.Length;
        });
    }

    [Fact]
    public void Reading_and_checking_allocates_nothing()
    {
        var good = Message(integrity: true);
        Allocations.None(() =>
        {
            StunMessage.TryRead(good, out var message);
            Assert.True(message.FingerprintHolds && message.IntegrityHolds(Key));
        });
    }

    private static byte[] Message(bool integrity)
    {
        var buffer = new byte[200];
        var writer = new StunWriter(buffer, StunClass.Request, StunMessage.Binding, "transaction!"u8);
        writer.Add(StunAttribute.Username, "abcdefgh:ijkl"u8);
        writer.Add(StunAttribute.Priority, [1, 2, 3, 4]);
        writer.Add(StunAttribute.IceControlling, new byte[8]);
        writer.AddXorMappedAddress(PeerAddress.From(IPEndPoint.Parse("[2001:db8::1]:443")));
        if (integrity)
        {
            writer.AddIntegrity(Key);
            writer.AddFingerprint();
        }
        return buffer[..writer.Length];
    }

    private static byte[] Changed(byte[] bytes, int at, byte with = 1)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] ^= with;
        return copy;
    }
}
