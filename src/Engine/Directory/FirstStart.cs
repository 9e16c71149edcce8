using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// Loads the directory before anything else starts. A database with nobody in it gets a center and an administrator whose random password
/// is printed once, unless the demo fills it; operations.md «First start».
/// </summary>
internal sealed class FirstStart(
    IServiceScopeFactory scopes, Centers centers, Sessions sessions, Writer writer, IdSource ids, IRandomness randomness, Timeouts timeouts,
    TimeProvider time, EvenClock clock, IConfiguration configuration)
    : IHostedLifecycleService
{
    internal const string Email = "admin@localhost";

    private static readonly string[] BreakReasons = ["Meeting", "Training", "Lunch Break"];

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        writer.Enqueue(db => Waits.Remember(db, now));
        await sessions.Load(cancellationToken);
        await centers.Load(cancellationToken);
        if (centers.All.Count > 0 || configuration.IsOn("Demo:Enabled")) return;
        await MakeAdministrator();
        await centers.Load(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MakeAdministrator()
    {
        await using var scope = scopes.CreateAsyncScope();
        var password = PasswordRule.Random(randomness);
        var made = await scope.ServiceProvider.GetRequiredService<People>()
            .Create(new() { Email = Email, PasswordIsInitial = true }, password);
        await writer.Write(db =>
        {
            var center = timeouts.Begin(new Center { Id = ids.Next<CenterId>(), Name = "Tccc", CreatedAt = time.GetUtcNow() });
            if (TimeZoneInfo.Local is { HasIanaId: true, BaseUtcOffset.Ticks: not 0 } zone) center.TimeZone = zone.Id;
            db.Add(center);
            foreach (var (position, reason) in BreakReasons.Index())
                db.Add(new BreakReason { Id = ids.Next(), Center = center.Id, Name = reason, Position = position });
            db.Add(new Agent { Id = ids.Next<AgentId>(), Center = center.Id, Person = made.Value.Id, Role = Role.Administrator,
                Nickname = "Administrator" });
            return Task.CompletedTask;
        });
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture, $"First start: sign in as {Email} with the password {password} (shown this once)."));
    }
}
