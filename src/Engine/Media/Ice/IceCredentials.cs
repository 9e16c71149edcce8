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

    private IceCredentials(string ufrag, string password)
    {
        Ufrag = ufrag;
        Password = password;
        UfragBytes = Encoding.ASCII.GetBytes(ufrag);
        PasswordBytes = Encoding.ASCII.GetBytes(password);
        Key = KeyOf(UfragBytes);
    }

    /// <summary>For a=ice-ufrag.</summary>
    public string Ufrag { get; }

    /// <summary>For a=ice-pwd.</summary>
    public string Password { get; }

    /// <summary>The ufrag as a number; never 0.</summary>
    public ulong Key { get; }

    internal byte[] UfragBytes { get; }

    internal byte[] PasswordBytes { get; }

    /// <summary>48 bits of ufrag, 144 bits of password.</summary>
    public static IceCredentials New(IRandomness randomness) => throw new NotImplementedException();

    /// <summary>Given ones, for tests. <paramref name="ufrag"/> must have 8 characters.</summary>
    internal static IceCredentials Of(string ufrag, string password) => new(ufrag, password);

    /// <summary>The key of the leg that a binding request is for (the part of USERNAME before the colon), or 0 when it cannot be one of ours.</summary>
    public static ulong KeyOf(in StunMessage request) => throw new NotImplementedException();

    private static ulong KeyOf(ReadOnlySpan<byte> ufrag) => throw new NotImplementedException();
}
