using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Identity;

namespace Tccc.Directory;

/// <summary>
/// Hashes passwords on threads of their own. A hash costs some 100 ms of a core on purpose; here it takes only what calls and pages leave,
/// and a flood of sign-ins waits in a queue with an end instead of taking the server's threads.
/// </summary>
internal sealed partial class PasswordWorkers : IDisposable
{
    /// <summary>
    /// What PBKDF2 with HMAC-SHA512 must take at least, by OWASP's password storage cheat sheet; a hash of fewer rounds is made anew at the
    /// next sign-in.
    /// </summary>
    public const int Rounds = 210_000;

    /// <summary>About four seconds of work on two cores; who comes beyond that is asked to come again.</summary>
    public const int MayWait = 64;

    /// <summary>Linux: from 0 (all alike) to 19 (only what nobody else wants).</summary>
    private const int Niceness = 10;

    private static readonly Meter Meter = new("Tccc.Directory");
    private static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("tccc_password_checks_refused", description: "Password checks that found the queue full");

    private readonly BlockingCollection<Action> queue = new(MayWait);
    private readonly IPasswordHasher<Person> hasher;
    private readonly Person nobody = new() { Email = "" };
    private readonly Lazy<string> hashOfNobody;

    public PasswordWorkers(IPasswordHasher<Person> hasher)
    {
        this.hasher = hasher;
        hashOfNobody = new(() => hasher.HashPassword(nobody, ""));
        Meter.CreateObservableGauge("tccc_password_checks_waiting", () => queue.Count, description: "Passwords waiting to be checked");
        // before the first stranger could see it by the time
        queue.Add(() => _ = hashOfNobody.Value);
        for (var i = 0; i < Environment.ProcessorCount; i++)
            new Thread(Work) { IsBackground = true, Name = "passwords", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <summary>The hash to store. Refused: <see cref="PasswordsBusy"/>.</summary>
    public Task<Result<string>> Hash(string password) => Do(() => hasher.HashPassword(nobody, PasswordRule.Normalise(password)));

    /// <summary>
    /// Whether it is the password of this hash; without one (nobody of that name) it takes as long and is not. Refused:
    /// <see cref="PasswordsBusy"/>.
    /// </summary>
    public Task<Result<PasswordMatch>> Verify(string? hash, string password) => Do(() => Match(hash, PasswordRule.Normalise(password)));

    public void Dispose() => queue.CompleteAdding();

    private PasswordMatch Match(string? hash, string password)
    {
        var verified = hasher.VerifyHashedPassword(nobody, hash ?? hashOfNobody.Value, password);
        if (hash is null || verified == PasswordVerificationResult.Failed) return new(false, null);
        return new(true, verified == PasswordVerificationResult.SuccessRehashNeeded ? hasher.HashPassword(nobody, password) : null);
    }

    private Task<Result<T>> Do<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<Result<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!queue.TryAdd(() => Finish(done, work)))
        {
            Refused.Add(1);
            return Task.FromResult<Result<T>>(new PasswordsBusy());
        }
        return done.Task;
    }

    private static void Finish<T>(TaskCompletionSource<Result<T>> done, Func<T> work)
    {
        try
        {
            done.SetResult(work());
        }
        catch (Exception e)
        {
            // a hash in the database that is none
            done.SetException(e);
        }
    }

    private void Work()
    {
        // .NET's own priority does nothing on Linux; refused, the thread is as good as any other
        if (OperatingSystem.IsLinux()) _ = SetPriority(which: 0, who: 0, Niceness);
        foreach (var work in queue.GetConsumingEnumerable()) work();
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int niceness);
}

/// <summary>What comes of a check.</summary>
/// <param name="Better">The hash to store in place of the old one, which has fewer rounds than are asked for now.</param>
internal readonly record struct PasswordMatch(bool Right, string? Better);

/// <summary>More people sign in than passwords can be checked.</summary>
public sealed record PasswordsBusy()
    : Error(ErrorKind.Unavailable, "Very many people are signing in at this moment. Wait a few seconds, then try again.")
{
    public const int RetryAfterSeconds = 3;
}
