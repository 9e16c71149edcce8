using System.Runtime.InteropServices;

namespace Tccc.Media;

/// <summary>
/// The few libcrypto calls that SRTP makes for every packet, and DTLS for a record after the handshake. They run for less than a
/// microsecond and never block, so the garbage collector's transition is left out: it would cost more than the cipher.
/// </summary>
internal static unsafe partial class Evp
{
    private const string Crypto = "libcrypto.so.3";

    public const int CtrlGetTag = 0x10;
    public const int CtrlSetTag = 0x11;

    [LibraryImport(Crypto, EntryPoint = "EVP_CIPHER_CTX_new")]
    public static partial nint New();

    [LibraryImport(Crypto, EntryPoint = "EVP_CIPHER_CTX_free")]
    public static partial void Free(nint context);

    [LibraryImport(Crypto, EntryPoint = "EVP_aes_128_gcm")]
    public static partial nint Aes128Gcm();

    [LibraryImport(Crypto, EntryPoint = "EVP_aes_256_gcm")]
    public static partial nint Aes256Gcm();

    [LibraryImport(Crypto, EntryPoint = "EVP_aes_128_ctr")]
    public static partial nint Aes128Ctr();

    [LibraryImport(Crypto, EntryPoint = "EVP_CipherInit_ex"), SuppressGCTransition]
    public static partial int Init(nint context, nint cipher, nint engine, byte* key, byte* iv, int encrypt);

    [LibraryImport(Crypto, EntryPoint = "EVP_CipherUpdate"), SuppressGCTransition]
    public static partial int Update(nint context, byte* output, int* outputLength, byte* input, int inputLength);

    [LibraryImport(Crypto, EntryPoint = "EVP_CipherFinal_ex"), SuppressGCTransition]
    public static partial int Final(nint context, byte* output, int* outputLength);

    [LibraryImport(Crypto, EntryPoint = "EVP_CIPHER_CTX_ctrl"), SuppressGCTransition]
    public static partial int Control(nint context, int type, int argument, void* pointer);
}

/// <summary>An EVP_CIPHER_CTX that keeps its key; freed once, also when nobody disposes it.</summary>
internal sealed class EvpCipher : SafeHandle
{
    /// <summary>Makes a context with the key set; <paramref name="encrypt"/> may be changed with each IV.</summary>
    public unsafe EvpCipher(nint cipher, ReadOnlySpan<byte> key, bool encrypt) : base(0, ownsHandle: true)
    {
        SetHandle(Evp.New());
        fixed (byte* k = key)
        {
            if (IsInvalid || Evp.Init(handle, cipher, 0, k, null, encrypt ? 1 : 0) != 1)
                throw new DtlsUnavailableException("libcrypto.so.3 refuses AES-128; SRTP needs it.");
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The raw context. Its owner holds the lock under which it is also disposed, so it lives through the call.</summary>
    public nint Raw => handle;

    protected override bool ReleaseHandle()
    {
        Evp.Free(handle);
        return true;
    }
}
