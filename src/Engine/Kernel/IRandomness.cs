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
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
