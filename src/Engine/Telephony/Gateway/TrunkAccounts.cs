using System.Collections.Concurrent;
using Tccc.Directory;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// The credentials of carriers that must prove themselves when they call, ready for the check: unprotecting a password is too slow for
/// each request.
/// </summary>
internal sealed class TrunkAccounts(Centers centers, TrunkPasswords passwords)
{
    /// <summary>Unanswered and unacknowledged calls of one such carrier.</summary>
    public const int UnfinishedCalls = 1000;

    /// <summary>Changed passwords leave old entries behind; past this all are made anew.</summary>
    private const int MaxKept = 1000;

    private readonly ConcurrentDictionary<(string User, string Protected), DigestAccount> kept = new();

    public DigestAccount? Of(string userName)
    {
        if (centers.OpenTrunkByUser(userName) is not { ProtectedPassword: { } guarded } trunk) return null;
        if (kept.TryGetValue((userName, guarded), out var known)) return known;
        if (passwords.Of(trunk) is not { } password) return null;
        if (kept.Count >= MaxKept) kept.Clear();
        var account = DigestAccount.FromPassword(userName, DeskPhone.Realm, password);
        return kept[(userName, guarded)] = account with { UnfinishedCalls = UnfinishedCalls, MayRegister = false };
    }
}
