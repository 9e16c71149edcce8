using Tccc.Directory;
using Tccc.Login;
using Tccc.Platform;

namespace Tccc.Web.Demo;

/// <summary>Fills an empty database with the demo center, when Demo:Enabled says so; README.md «Try it».</summary>
internal sealed class DemoCenter(
    IServiceScopeFactory scopes, Centers centers, Writer writer, IdSource ids, Timeouts timeouts,
    TimeProvider time) : IHostedLifecycleService
{
    public const string Password = "Demo#2026";

    private static readonly Seat[] Seats =
    [
        new("admin@demo.test", Role.Administrator, "Ada", "1000", "13800001000"),
        new("lead@demo.test", Role.Supervisor, "Lee", "1009", "13800001009"),
        new("amy@demo.test", Role.Agent, "Amy", "1001", "13800001001", Sales),
        new("bob@demo.test", Role.Agent, "Bob", "1002", "13800001002", Sales, Support),
        new("carol@demo.test", Role.Agent, "Carol", "1003", "13800001003", Support),
        new("new@demo.test", Role.Agent, null, null, null, Support),
    ];

    /// <summary>Who has not finished the first sign-in is left out: a newcomer would have to begin with an SMS.</summary>
    public static SignInHint Hint { get; } =
        new(Password, "/demo/phone", [.. Seats.Where(seat => seat.Nickname is not null).Select(seat => (seat.Email, seat.Role))]);

    private static readonly string[] BreakReasons = ["Meeting", "Training", "Lunch Break"];

    private const int Sales = 1;
    private const int Support = 2;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (centers.All.Count > 0) return;
        var people = new Dictionary<string, PersonId>();
        foreach (var seat in Seats) people[seat.Email] = await Make(seat);
        await writer.Write(db =>
        {
            Fill(db, people);
            return Task.CompletedTask;
        });
        await centers.Load(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"Demo accounts: {string.Join(", ", Seats.Select(seat => seat.Email))}. Password of everybody: {Password}");
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<PersonId> Make(Seat seat)
    {
        await using var scope = scopes.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<People>()
            .Create(new() { Email = seat.Email, Mobile = seat.Mobile }, Password);
        return made.Value.Id;
    }

    private void Fill(TcccDb db, Dictionary<string, PersonId> people)
    {
        var center = AddCenter(db, "Demo");
        var north = AddCenter(db, "Demo North");
        SkillGroup[] groups = [NewGroup(center, Sales, "Sales"), NewGroup(center, Support, "Support")];
        db.AddRange(groups);
        var agents = Seats.ToDictionary(seat => seat.Email, seat => NewAgent(center, seat, people[seat.Email]));
        db.AddRange(agents.Values);
        db.Add(NewAgent(north, Seats.Single(seat => seat.Nickname == "Amy"), people["amy@demo.test"]));
        foreach (var seat in Seats)
            foreach (var number in seat.Groups)
                db.Add(new GroupMember { Center = center.Id, Agent = agents[seat.Email].Id,
                    Group = groups.Single(g => g.Number == number).Id });
        AddNumbers(db, center, groups, agents["amy@demo.test"]);
        AddTrunkAndPhones(db, center);
    }

    private Center AddCenter(TcccDb db, string name)
    {
        var center = timeouts.Begin(new Center { Id = ids.Next<CenterId>(), Name = name, CreatedAt = time.GetUtcNow() });
        db.Add(center);
        foreach (var (position, reason) in BreakReasons.Index())
            db.Add(new BreakReason { Id = ids.Next(), Center = center.Id, Name = reason, Position = position });
        return center;
    }

    private void AddNumbers(TcccDb db, Center center, SkillGroup[] groups, Agent amy)
    {
        db.AddRange(
            new Number
            {
                Id = ids.Next<NumberId>(), Center = center.Id, Digits = "4000000001", Entry = NumberEntry.Group, Group = groups[0].Id,
                Outbound = OutboundUse.Default,
            },
            new Number { Id = ids.Next<NumberId>(), Center = center.Id, Digits = "4000000002", Entry = NumberEntry.Group,
                Group = groups[1].Id },
            new Number { Id = ids.Next<NumberId>(), Center = center.Id, Digits = "4000000003", Entry = NumberEntry.Flow },
            new Number { Id = ids.Next<NumberId>(), Center = center.Id, Digits = "4000000004", Entry = NumberEntry.Agent, Agent = amy.Id });
    }

    private void AddTrunkAndPhones(TcccDb db, Center center)
    {
        db.Add(new Trunk { Id = ids.Next<TrunkId>(), Center = center.Id, Name = "Demo carrier", AllowedNetworks = "127.0.0.0/8",
            Host = "127.0.0.1", Port = 5080 });
        foreach (var extension in new[] { "8001", "8002" })
        {
            var phone = new DeskPhone { Id = ids.Next<PhoneId>(), Center = center.Id, Extension = extension, SipUser = extension };
            phone.SetPassword($"Phone#{extension}");
            db.Add(phone);
        }
    }

    private SkillGroup NewGroup(Center center, int number, string name) =>
        timeouts.Begin(new SkillGroup { Id = ids.Next<GroupId>(), Center = center.Id, Number = number, Name = name });

    private Agent NewAgent(Center center, Seat seat, PersonId person) => new()
    {
        Id = ids.Next<AgentId>(),
        Center = center.Id,
        Person = person,
        Role = seat.Role,
        Nickname = seat.Nickname,
        StaffNumber = seat.StaffNumber,
    };

    private sealed record Seat(string Email, Role Role, string? Nickname, string? StaffNumber, string? Mobile, params int[] Groups);
}
