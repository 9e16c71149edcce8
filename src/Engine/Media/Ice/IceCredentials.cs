using System.Buffers.Binary;
using System.Text;

namespace Tccc.Media;

/// <summary>
/// The ufrag and password of one leg, RFC 8445 §5.3. Our ufrag always has 8 ASCII characters, so it also fits a number:
/// the key by which the one UDP port of all browsers finds the leg of a binding request.
/// </summary>
internal sealed class IceCredentials
{
    public const int UfragLength = 8;
    public const int PasswordLength = 24;

    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;

    private readonly byte[] ufrag;
    private readonly byte[] password;

    private IceCredentials(byte[] ufrag, byte[] password)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ufrag.Length, UfragLength);
        (this.ufrag, this.password) = (ufrag, password);
        Ufrag = Encoding.ASCII.GetString(ufrag);
        Password = Encoding.ASCII.GetString(password);
        Key = BinaryPrimitives.ReadUInt64BigEndian(ufrag);
    }

    /// <summary>For a=ice-ufrag.</summary>
    public string Ufrag { get; }

    /// <summary>For a=ice-pwd.</summary>
    public string Password { get; }

    /// <summary>The ufrag as a number; never 0.</summary>
    public ulong Key { get; }

    internal ReadOnlySpan<byte> UfragBytes => ufrag;

    internal ReadOnlySpan<byte> PasswordBytes => password;

    /// <summary>48 bits of ufrag, 144 bits of password.</summary>
    public static IceCredentials New(IRandomness randomness) =>
        new(Characters(randomness, UfragLength), Characters(randomness, PasswordLength));

    /// <summary>Given ones, for tests. <paramref name="ufrag"/> must have 8 characters.</summary>
    internal static IceCredentials Of(string ufrag, string password) =>
        new(Encoding.ASCII.GetBytes(ufrag), Encoding.ASCII.GetBytes(password));

    /// <summary>
    /// The key of the leg that a binding request is for (the part of USERNAME before the colon), or 0 when it cannot be one of ours.
    /// </summary>
    public static ulong KeyOf(in StunMessage request)
    {
        var name = request.Username;
        return name.Length > UfragLength && name[UfragLength] == (byte)':' ? BinaryPrimitives.ReadUInt64BigEndian(name) : 0;
    }

    private static byte[] Characters(IRandomness randomness, int count)
    {
        var bytes = new byte[count];
        randomness.Fill(bytes);
        foreach (ref var b in bytes.AsSpan()) b = Alphabet[b & 63];
        return bytes;
    }
}
