using Microsoft.AspNetCore.Identity;

namespace Tccc.Directory.Tests;

public sealed class PasswordWorkersTests
{
    [Fact]
    public async Task Beyond_what_may_wait_people_are_asked_to_come_again_and_nobody_else_is_lost()
    {
        using var gate = new ManualResetEventSlim();
        using var workers = new PasswordWorkers(new Gated(gate));
        var asked = Enumerable.Range(0, PasswordWorkers.MayWait + Environment.ProcessorCount + 10)
            .Select(_ => workers.Verify("hash", "password")).ToList();
        Assert.Contains(asked, a => a is { IsCompleted: true, Result.Error: PasswordsBusy });
        gate.Set();
        var answers = await Task.WhenAll(asked);
        Assert.All(answers, a => Assert.True(a.Error is PasswordsBusy || a.Value.Right));
        Assert.InRange(answers.Count(a => a.Ok), PasswordWorkers.MayWait - 1, PasswordWorkers.MayWait + Environment.ProcessorCount);
    }

    [Fact]
    public async Task Nobody_s_password_is_checked_as_long_and_is_never_right()
    {
        var hasher = new Counted();
        using var workers = new PasswordWorkers(hasher);
        Assert.False((await workers.Verify(null, "")).Value.Right);
        var before = hasher.Checked;
        Assert.False((await workers.Verify(null, "Demo#2026")).Value.Right);
        Assert.Equal(before + 1, hasher.Checked);
    }

    private sealed class Gated(ManualResetEventSlim gate) : IPasswordHasher<Person>
    {
        public string HashPassword(Person user, string password) => "hash";

        public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
        {
            gate.Wait();
            return PasswordVerificationResult.Success;
        }
    }

    private sealed class Counted : IPasswordHasher<Person>
    {
        private readonly PasswordHasher<Person> real = new();

        public int Checked { get; private set; }

        public string HashPassword(Person user, string password) => real.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
        {
            Checked++;
            return real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
