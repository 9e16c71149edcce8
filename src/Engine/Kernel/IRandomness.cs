using System.Security.Cryptography;

namespace Tccc;

/// <summary>Where unpredictable bytes come from: keys, tags, branches, codes. A seam, so that tests can repeat a run.</summary>
public interface IRandomness
{
    void Fill(Span<byte> bytes);
}

/// <summary>The operating system's cryptographic generator.</summary>
public sealed class SystemRandomness : IRandomness
{
    /// <summary>A tag or a branch takes a few bytes, and asking the system for them costs the same as for many.</summary>
    private const int Ahead = 512;

    [ThreadStatic]
    private static (byte[] Bytes, int Used) drawn;

    public void Fill(Span<byte> bytes)
    {
        if (bytes.Length > Ahead / 4)
        {
            RandomNumberGenerator.Fill(bytes);
            return;
        }
        if (drawn.Bytes is null) drawn = (new byte[Ahead], Ahead);
        if (Ahead - drawn.Used < bytes.Length)
        {
            RandomNumberGenerator.Fill(drawn.Bytes);
            drawn.Used = 0;
        }
        var next = drawn.Bytes.AsSpan(drawn.Used, bytes.Length);
        next.CopyTo(bytes);
        // what was given out is not kept
        next.Clear();
        drawn.Used += bytes.Length;
    }
}
