using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tccc.Media;

public sealed class DtlsPeerRecordsTests
{
    private const string Key128 = "000102030405060708090A0B0C0D0E0F";
    private const string Finished = "1400000C000200000000000C" + "0102030405060708090A0B0C";
    private const byte Alert = 21, Handshake = 22, ApplicationData = 23;

    private static readonly byte[] Salt = [0xA0, 0xA1, 0xA2, 0xA3];

    // TLS 1.2 has no vectors of its own; these are the ones that its implementations share, and OpenSSL gives the same.
    [Theory]
    [InlineData("SHA256", "9BBE436BA940F017B17652849A71DB35", "A0BA9F936CDA311827A6F796FFD5198C",
        "E3F229BA727BE17B8D122620557CD453C2AAB21D07C3D495329B52D4E61EDB5A6B301791E90D35C9C9A46B4E14BAF9AF0FA022F7077DEF17ABFD3797C0564BAB4FBC91666E9DEF9B97FCE34F796789BAA48082D122EE42C5A72E5A5110FFF70187347B66")]
    [InlineData("SHA384", "B80B733D6CEEFCDC71566EA48E5567DF", "CD665CF6A8447DD6FF8B27555EDB7465",
        "7B0C18E9CED410ED1804F2CFA34A336A1C14DFFB4900BB5FD7942107E81C83CDE9CA0FAA60BE9FE34F82B1233C9146A0E534CB400FED2700884F9DC236F80EDD8BFA961144C9E8D792ECA722A7B32FC3D416D473EBC2C5FD4ABFDAD05D9184259B5BF8CD4D90FA0D31E2DEC479E4F1A26066F2EEA9A69236A3E52655C9E9AEE691C8F3A26854308D5EAA3BE85E0990703D73E56F")]
    public void The_pseudorandom_function_gives_what_others_get(string hash, string secret, string seed, string output)
    {
        var got =
            DtlsPeerRecords.Expand(
                new(hash), Convert.FromHexString(secret), [.. "test label"u8, .. Convert.FromHexString(seed)], output.Length / 2);
        Assert.Equal(output, Convert.ToHexString(got));
    }

    [Theory]
    [InlineData(Key128)]
    [InlineData(Key128 + Key128)]
    public void An_alert_or_a_finished_is_told_by_what_it_says(string key)
    {
        Assert.Equal(DtlsSaid.CloseNotify, Read(key, Alert, "0100"));
        Assert.Equal(DtlsSaid.FatalAlert, Read(key, Alert, "022A"));
        Assert.Equal(DtlsSaid.Nothing, Read(key, Alert, "0164"));
        Assert.Equal(DtlsSaid.Finished, Read(key, Handshake, Finished));
    }

    [Theory]
    [InlineData(Alert, "010000")]
    [InlineData(Alert, "")]
    [InlineData(ApplicationData, "0100")]
    [InlineData(Handshake, "0100")]
    [InlineData(Handshake, "0100000C000200000000000C" + "0102030405060708090A0B0C")]
    [InlineData(Handshake, Finished + Finished)]
    public void What_is_neither_says_nothing(byte type, string text) => Assert.Equal(DtlsSaid.Nothing, Read(Key128, type, text));

    [Fact]
    public void A_record_with_any_bit_bent_says_nothing()
    {
        foreach (var (type, text) in new[] { (Alert, "0100"), (Handshake, Finished) })
        {
            var record = Seal(Key128, type, text);
            for (var bit = 0; bit < 8 * record.Length; bit++)
            {
                var bent = record.ToArray();
                bent[bit / 8] ^= (byte)(1 << bit % 8);
                // the length is read by whoever cuts the records
                if (bit / 8 is not (11 or 12))
                    Assert.Equal(DtlsSaid.Nothing, new DtlsPeerRecords(Convert.FromHexString(Key128), Salt).Read(bent));
            }
        }
    }

    private static DtlsSaid Read(string key, byte type, string text) =>
        new DtlsPeerRecords(Convert.FromHexString(key), Salt).Read(Seal(key, type, text));

    // RFC 5246 §6.2.3.3 and 5288 §3, by another implementation of GCM's surroundings than the one under test
    private static byte[] Seal(string key, byte type, string text)
    {
        byte[] plain = Convert.FromHexString(text), cipher = new byte[plain.Length], tag = new byte[16];
        byte[] number = [0, 1, 0, 0, 0, 0, 0, 7], nonce = [9, 8, 7, 6, 5, 4, 3, 2], name = [type, 0xFE, 0xFD];
        using var gcm = new AesGcm(Convert.FromHexString(key), tag.Length);
        byte[] iv = [.. Salt, .. nonce], header = [.. number, .. name, .. Length(plain.Length)];
        gcm.Encrypt(iv, plain, cipher, tag, header);
        return [.. name, .. number, .. Length(nonce.Length + cipher.Length + tag.Length), .. nonce, .. cipher, .. tag];
    }

    private static byte[] Length(int length)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)length);
        return bytes;
    }
}
