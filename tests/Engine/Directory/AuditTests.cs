using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory.Tests;

/// <summary>The audit trail as a table that anybody can write to who has a network.</summary>
public sealed class AuditTests
{
    private const int Networks = 100;
    private const int Each = 5;

    [Fact, Trait("Case", "F-C1")]
    public async Task Strangers_are_counted_by_network_and_minute_and_fill_no_table()
    {
        await using var host = await DirectoryHost.Start();
        var audit = host.Get<Audit>();
        for (var i = 0; i < Networks * Each; i++)
            audit.Enqueue(
                new(AuditWhat.SignInFailed, From: new IPAddress([198, 51, 100, (byte)(i % Networks)]), Target: $"nobody{i}@test"));
        await host.Get<Writer>().Flush();
        var rows = await host.Read(db => db.Set<AuditRow>().ToListAsync());
        // a minute may end meanwhile
        Assert.InRange(rows.Count, 1, 2 * (Strangers.Networks + 1));
        Assert.Equal(
            Networks * Each,
            rows.Sum(row => row.Detail is { } said ? int.Parse(said.Split('\u00D7')[1], CultureInfo.InvariantCulture) : 1));
    }

    [Fact, Trait("Case", "F-C1")]
    public async Task What_strangers_did_is_forgotten_after_a_week_and_what_people_did_is_not()
    {
        await using var host = await DirectoryHost.Start();
        var old = TimeProvider.System.GetUtcNow() - Audit.KeepStrangers - TimeSpan.FromHours(1);
        await host.Get<Writer>().Write(db =>
        {
            db.Add(new AuditRow { Id = 1, What = AuditWhat.SignInFailed, At = old });
            db.Add(new AuditRow { Id = 2, What = AuditWhat.SignInFailed, At = old, Person = new(7) });
            db.Add(new AuditRow { Id = 3, What = AuditWhat.SignInFailed, At = old + TimeSpan.FromDays(1) });
            return Task.CompletedTask;
        });
        await host.Get<Audit>().Tidy();
        Assert.Equal([2, 3], await host.Read(db => db.Set<AuditRow>().OrderBy(r => r.Id).Select(r => r.Id).ToListAsync()));
    }
}
