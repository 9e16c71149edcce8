using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Tccc.Media;

/// <summary>The test vectors of RFC 5769.</summary>
public sealed class StunRfcTests
{
    private const string Transaction = "b7e7a701bc34d686fa87dfae";
    private static readonly byte[] Password = "VOkJxbRl1RmTxUk/WvJxBt"u8.ToArray();

    private static readonly byte[] Request = Convert.FromHexString(
        "000100582112a442" + Transaction +
        "802200105354554e207465737420636c69656e74" +
        "002400046e0001ff" +
        "80290008932ff9b151263b36" +
        "000600096576746a3a68367659202020" +
        "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2" +
        "80280004e57a3bcf");

    private static readonly byte[] ResponseV4 = Convert.FromHexString(
        "0101003c2112a442" + Transaction +
        "8022000b7465737420766563746f7220" +
        "002000080001a147e112a643" +
        "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7" +
        "80280004c07d4c96");

    private static readonly byte[] ResponseV6 = Convert.FromHexString(
        "010100482112a442" + Transaction +
        "8022000b7465737420766563746f7220" +
        "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9" +
        "00080014a382954e4be67bf11784c97c8292c275bfe3ed41" +
        "80280004c8fb0b4c");

    private static readonly byte[] LongTermRequest = Convert.FromHexString(
        "000100602112a44278ad3433c6ad72c029da412e" +
        "00060012e3839ee38388e383aae38383e382afe382b90000" +
        "0015001c662f2f3439396b39353464364f4c33346f4c39465354767936347341" +
        "0014000b6578616d706c652e6f726700" +
        "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666");

    [Fact]
    public void The_sample_request_of_section_2_1_reads_and_checks()
    {
        Assert.True(StunMessage.TryRead(Request, out var message));

        Assert.Equal((StunClass.Request, StunMessage.Binding), (message.Class, message.Method));
        Assert.Equal(Transaction, Convert.ToHexStringLower(message.TransactionId));
        Assert.Equal("evtj:h6vY"u8, message.Username);
        Assert.True(message.TryPriority(out var priority));
        Assert.Equal(0x6e0001ffu, priority);
        Assert.True(message.Has(StunAttribute.IceControlled));
        Assert.True(message.FingerprintHolds);
        Assert.True(message.IntegrityHolds(Password));
        Assert.False(message.IntegrityHolds("VOkJxbRl1RmTxUk/WvJxBT"u8));
    }

    [Fact]
    public void The_sample_responses_of_sections_2_2_and_2_3_give_the_mapped_address()
    {
        foreach (var (
            bytes, address) in new[] { (ResponseV4, "192.0.2.1:32853"), (ResponseV6, "[2001:db8:1234:5678:11:2233:4455:6677]:32853") })
        {
            Assert.True(StunMessage.TryRead(bytes, out var message));
            Assert.Equal(StunClass.Success, message.Class);
            Assert.Equal(IPEndPoint.Parse(address), message.XorMappedAddress());
            Assert.True(message.FingerprintHolds && message.IntegrityHolds(Password));
        }
    }

    [Fact]
    public void The_writer_makes_the_sample_responses_byte_for_byte()
    {
        foreach (var (
            bytes, address) in new[] { (ResponseV4, "192.0.2.1:32853"), (ResponseV6, "[2001:db8:1234:5678:11:2233:4455:6677]:32853") })
        {
            var buffer = new byte[128];
            var writer = new StunWriter(buffer, StunClass.Success, StunMessage.Binding, Convert.FromHexString(Transaction));
            writer.Add(StunAttribute.Software, "test vector"u8);
            buffer[writer.Length - 1] = 0x20; // the RFC pads with a blank
            writer.AddXorMappedAddress(PeerAddress.From(IPEndPoint.Parse(address)));
            writer.AddIntegrity(Password);
            writer.AddFingerprint();
            Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(buffer.AsSpan(0, writer.Length)));
        }
    }

    [Fact]
    public void The_long_term_request_of_section_2_4_checks_with_the_hashed_key()
    {
#pragma warning disable CA5351 // the RFC names MD5
        var key = MD5.HashData(Encoding.UTF8.GetBytes("マトリックス:example.org:TheMatrIX"));
#pragma warning restore CA5351
        Assert.True(StunMessage.TryRead(LongTermRequest, out var message));
        Assert.Equal("マトリックス", Encoding.UTF8.GetString(message.Username));
        Assert.True(message.FingerprintHolds && message.IntegrityHolds(key));
    }

    [Fact]
    public void Types_mix_class_and_method_as_section_5_of_rfc_8489_draws_them()
    {
        foreach (var (@class, method, type) in new[]
        {
            (StunClass.Request, 0x001, 0x0001), (StunClass.Indication, 0x001, 0x0011), (StunClass.Success, 0x001, 0x0101),
            (StunClass.Error, 0x001, 0x0111), (StunClass.Success, 0x009, 0x0109), (StunClass.Indication, 0x07F, 0x00FF),
        })
        {
            var buffer = new byte[StunMessage.HeaderLength];
            _ = new StunWriter(buffer, @class, (ushort)method, new byte[12]);
            Assert.Equal(type, buffer[0] << 8 | buffer[1]);
            Assert.True(StunMessage.TryRead(buffer, out var message));
            Assert.Equal((@class, (ushort)method), (message.Class, message.Method));
        }
    }

    [Fact]
    public void The_crc_gives_the_check_value_of_the_catalogue() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
}
