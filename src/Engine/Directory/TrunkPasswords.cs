using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Tccc.Directory;

/// <summary>Turns a carrier's password into what stands in the database, and back; the keys are in the data folder.</summary>
public sealed class TrunkPasswords
{
    private readonly IDataProtector protector;

    internal TrunkPasswords(IDataProtectionProvider protection) => protector = protection.CreateProtector("Tccc.Directory.Trunk");

    public string Protect(string password) => protector.Protect(password);

    /// <summary>Null when the trunk has none, or when the keys it was protected with are gone: it must be entered anew then.</summary>
    public string? Of(Trunk trunk)
    {
        try
        {
            return trunk.ProtectedPassword is { } kept ? protector.Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
