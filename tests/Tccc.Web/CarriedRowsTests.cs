using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Web.Tests;

/// <summary>A database of the release before, with rows in it, is brought up to date and loses nothing.</summary>
public sealed class CarriedRowsTests : IDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("tccc-upgrade-").FullName;

    [Fact]
    public async Task Hours_outbound_numbers_and_groups_of_the_release_before_are_carried_over()
    {
        using var rooms = new Rooms([$"--Database:ConnectionString=Data Source={Path.Combine(folder, "old.db")}"], compiled: true);
        await using var db = await rooms.Database();
        await db.GetService<IMigrator>().MigrateAsync("20261122160021_AccountsAndTraces");
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO "Centers" ("Id","Name","CreatedAt","AutoAnswer","WrapUpSeconds","ConnectionLostSeconds","MissedCallsLimit","ChatsPerAgent","PlaceEverySeconds","SayNobodySignedIn","TimeZone","OutboundNumber")
            VALUES (1,'Old',0,0,30,30,3,5,30,0,'Europe/Berlin',11);
            INSERT INTO "SkillGroups" ("Id","Center","Number","Name","Strategy","RingSeconds","LongestWaitSeconds","RelaxSeconds","WhenWaitedTooLong")
            VALUES (5,1,1,'Sales','LongestIdle',20,300,0,'AnnounceAndHangUp');
            INSERT INTO "Numbers" ("Id","Center","Digits","Entry","Group") VALUES (11,1,'4001','Group',5), (12,1,'4002','Group',5);
            INSERT INTO "Numbers" ("Id","Center","Digits","Entry","Flow") VALUES (13,1,'4003','Flow','Main menu');
            INSERT INTO "OpeningHours" ("Id","Center","Number","Day","From","Until") VALUES (21,1,11,'Monday',540,1080), (22,1,11,'Tuesday',540,720);
            """);
        await db.GetService<IMigrator>().MigrateAsync();

        var schedule = Assert.Single(await db.Set<Schedule>().ToListAsync());
        Assert.Equal(
            (new ScheduleId(11), new CenterId(1), "4001", "Europe/Berlin"),
            (schedule.Id, schedule.Center, schedule.Name, schedule.TimeZone));
        Assert.Equal(
            [(DayOfWeek.Monday, "09:00-18:00"), (DayOfWeek.Tuesday, "09:00-12:00")],
            (await db.Set<OpeningHours>().OrderBy(h => h.Id).ToListAsync()).Select(h => (h.Day, h.Period.ToString())));
        var numbers = await db.Set<Number>().OrderBy(n => n.Id).ToListAsync();
        Assert.Equal([new ScheduleId(11), null, null], numbers.Select(n => n.Schedule));
        Assert.Equal([OutboundUse.Default, OutboundUse.No, OutboundUse.No], numbers.Select(n => n.Outbound));
        Assert.Equal((NumberEntry.Flow, null), (numbers[2].Entry, numbers[2].Flow));
        Assert.Equal(Channels.Phone | Channels.Chat, Assert.Single(await db.Set<SkillGroup>().ToListAsync()).Channels);
        var center = Assert.Single(await db.Set<Center>().ToListAsync());
        Assert.Equal(("86", null), (center.Country, center.ChangedBy));
        Assert.Empty(
            await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE name LIKE 'Carried%'").ToListAsync());
    }

    [Fact]
    public async Task Calls_of_the_release_before_are_found_by_the_last_digits_of_their_number_and_by_all_who_took_them()
    {
        using var rooms = new Rooms([$"--Database:ConnectionString=Data Source={Path.Combine(folder, "old.db")}"], compiled: true);
        await using var db = await rooms.Database();
        await db.GetService<IMigrator>().MigrateAsync("20261130040100_RowsCarried");
        string[] numbers = ["+8613800138000", "101", "", "anonymous", "+1-202-555-0123"];
        foreach (var (i, number) in numbers.Index())
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Calls" ("Id","Center","Direction","Customer","Called","ArrivedAt","RingMs","TalkMs","HoldMs")
                VALUES ({i + 1},1,'Inbound',{number},'4000',{1000 + i},0,0,0)
                """);
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO "CallAttempts" ("Call","Offer","Center","Agent","Device","StartedAt","EndedAt","Outcome")
            VALUES (2,7,1,1,'Line',1007,1009,'Accepted'), (99,8,1,1,'Line',1008,1009,'Accepted');
            """);
        await db.GetService<IMigrator>().MigrateAsync();

        var calls = await db.Set<CallRecord>().OrderBy(c => c.Id).ToListAsync();
        Assert.Equal(numbers, calls.Select(c => c.Customer));
        Assert.Equal(["00083100", "101", "", "", "32105552"], calls.Select(c => c.CustomerTail));
        Assert.Equal(numbers.Select(CallRecord.TailOf), calls.Select(c => c.CustomerTail));
        var attempts = await db.Set<CallAttempt>().OrderBy(a => a.Call).ToListAsync();
        Assert.Equal([calls[1].ArrivedAt, attempts[1].StartedAt], attempts.Select(a => a.ArrivedAt));
    }

    [Fact]
    public async Task Holds_of_the_release_before_are_parts_of_their_calls()
    {
        using var rooms = new Rooms([$"--Database:ConnectionString=Data Source={Path.Combine(folder, "old.db")}"], compiled: true);
        await using var db = await rooms.Database();
        await db.GetService<IMigrator>().MigrateAsync("20261130175633_CallsFoundByWhatTheyAre");
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO "Calls" ("Id","Center","Direction","Customer","CustomerTail","Called","Agent","ArrivedAt","AnsweredAt","EndedAt","RingMs","TalkMs","HoldMs")
            VALUES (1,1,'Inbound','','','4000',21,1000000,6000000,66000000,4000,45000,15000), (2,1,'Inbound','','','4000',21,1000000,6000000,9000000,0,3000,0),
                (3,1,'Inbound','','','4000',21,1000000,3000000,NULL,0,30000,0), (4,1,'Inbound','','','4000',NULL,1000000,NULL,NULL,7000,0,0),
                (5,1,'Inbound','','','4000',21,1000000,3000000,NULL,0,600000,0);
            INSERT INTO "CallHolds" ("Call","StartedAt","Center","Agent","EndedAt") VALUES (1,16000000,1,21,26000000), (1,46000000,1,22,51000000),
                (5,63000000,1,21,NULL);
            """);
        await db.GetService<IMigrator>().MigrateAsync();

        var calls = await db.Set<CallRecord>().OrderBy(c => c.Id).ToListAsync();
        (PartKind, int, long?)[] held =
        [
            (PartKind.Waiting, 5, null), (PartKind.Talk, 10, 21), (PartKind.Hold, 10, 21), (PartKind.Talk, 20, 22), (PartKind.Hold, 5, 22),
            (PartKind.Talk, 15, null),
        ];
        Assert.Equal(held, CallPart.Of(calls[0]).Select(p => (p.Kind, (int)p.Length.TotalSeconds, p.Agent?.Value)));
        Assert.Null(calls[1].Parts);
        Assert.Equal(calls[2].ArrivedAt.AddSeconds(32), CallPart.Of(calls[2])[^1].Until);
        Assert.Equal(calls[3].ArrivedAt.AddSeconds(7), CallPart.Of(calls[3])[^1].Until);
        Assert.Equal(calls[4].ArrivedAt.AddSeconds(602), CallPart.Of(calls[4])[^1].Until);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(folder, recursive: true);
    }
}
