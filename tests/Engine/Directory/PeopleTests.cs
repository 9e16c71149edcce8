using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Tccc.Platform;
using Tccc.Platform.Tests;

namespace Tccc.Directory.Tests;

public sealed class PeopleTests
{
    private const string Password = "Demo#2026";
    private const string Email = "amy@a.test";

    [Theory]
    [InlineData("Demo#2026")]
    [InlineData("Demo#202", 0)]
    [InlineData("Demo#20", 1)]
    [InlineData("Demo#2026Demo#2026De", 0)]
    [InlineData("Demo#2026Demo#2026Dem", 1)]
    [InlineData("Demo#Demo", 1)]
    [InlineData("1234#5678", 1)]
    [InlineData("Demo12026", 1)]
    [InlineData("Demo #2026", 1)]
    [InlineData("密码#20262026", 0)]
    [InlineData("", 4)]
    [InlineData(null, 4)]
    public void A_password_is_told_everything_that_is_wrong_with_it(string? password, int broken = 0) =>
        Assert.Equal(broken, PasswordRule.Broken(password).Count);

    [Fact]
    public async Task A_person_with_a_password_that_breaks_the_rule_is_not_made()
    {
        await using var host = await DirectoryHost.Start();
        var made = await host.As(people => people.Create(new() { Email = Email }, "demo"));
        var failed = Assert.IsType<ValidationFailed>(made.Error);
        Assert.Equal(["password", "password", "password"], failed.Fields.Select(f => f.Field));
        Assert.Equal(0, await host.Read(db => db.Set<Person>().CountAsync()));
        Assert.True((await host.As(people => people.Create(new() { Email = Email }, Password))).Ok);
        Assert.False((await host.As(people => people.Create(new() { Email = "AMY@A.test" }, Password))).Ok);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_and_the_answer_never_says_so()
    {
        await using var host = await DirectoryHost.Start();
        await host.As(people => people.Create(new() { Email = Email }, Password));
        Assert.True((await host.As(people => people.Authenticate("Amy@A.test", Password, Origin.Unknown))).Ok);
        for (var i = 0; i < DirectoryModule.WrongPasswordsUntilLockout - 1; i++)
            Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate(Email, "wrong", Origin.Unknown))).Error);
        Assert.True((await host.As(people => people.Authenticate(Email, Password, Origin.Unknown))).Ok);

        for (var i = 0; i < DirectoryModule.WrongPasswordsUntilLockout; i++)
            Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate(Email, "wrong", Origin.Unknown))).Error);
        Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate(Email, Password, Origin.Unknown))).Error);
        Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate("nobody@a.test", Password, Origin.Unknown))).Error);
        var until = await host.Read(db => db.Set<WrongPasswordCount>().Select(c => c.LockedUntil).SingleAsync());
        Assert.InRange(until!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(14), DirectoryModule.Lockout);
    }

    [Theory]
    [Trait("Case", "F-A6")]
    [InlineData(-1, false)]
    [InlineData(1, false)]
    [InlineData(-1, true)]
    public async Task A_locked_account_is_locked_for_its_time_whichever_way_the_clock_steps(int hours, bool restarted)
    {
        var time = new ManualTime();
        void WithTime(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) =>
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
        var host = await DirectoryHost.Start(with: WithTime);
        await host.As(people => people.Create(new() { Email = Email }, Password));
        for (var i = 0; i < DirectoryModule.WrongPasswordsUntilLockout; i++)
            await host.As(people => people.Authenticate(Email, "wrong", Origin.Unknown));
        time.StepWall(TimeSpan.FromHours(hours));
        if (restarted) host = await host.Again(WithTime);
        time.Advance(DirectoryModule.Lockout - TimeSpan.FromSeconds(1));
        Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate(Email, Password, Origin.Unknown))).Error);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await host.As(people => people.Authenticate(Email, Password, Origin.Unknown))).Ok);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Wrong_passwords_that_come_at_once_all_count()
    {
        await using var host = await DirectoryHost.Start();
        await host.As(people => people.Create(new() { Email = Email }, Password));
        await Task.WhenAll(
            Enumerable.Range(0, DirectoryModule.WrongPasswordsUntilLockout)
                .Select(_ => host.As(people => people.Authenticate(Email, "wrong", Origin.Unknown))));
        Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate(Email, Password, Origin.Unknown))).Error);
        Assert.Contains(AuditWhat.LockedOut, await host.Read(db => db.Set<AuditRow>().Select(r => r.What).ToListAsync()));
    }

    [Fact]
    public async Task A_wrong_password_in_the_same_moment_does_not_undo_a_changed_one()
    {
        await using var host = await DirectoryHost.Start();
        var person = (await host.As(people => people.Create(new() { Email = Email }, Password))).Value;
        await Task.WhenAll(
            host.As(people => people.ChangePassword(person, Password, "Other#2026", Origin.Unknown)),
            host.As(people => people.Authenticate(Email, "wrong", Origin.Unknown)));
        Assert.True((await host.As(people => people.Authenticate(Email, "Other#2026", Origin.Unknown))).Ok);
    }

    [Fact]
    public async Task Wrong_current_passwords_count_and_lock_too()
    {
        await using var host = await DirectoryHost.Start();
        var person = (await host.As(people => people.Create(new() { Email = Email }, Password))).Value;
        for (var i = 0; i < DirectoryModule.WrongPasswordsUntilLockout; i++)
        {
            var failed =
                Assert.IsType<ValidationFailed>(
                    (await host.As(people => people.ChangePassword(person, "wrong", "Other#2026", Origin.Unknown))).Error);
            Assert.Equal("current", failed.Fields.Single().Field);
        }
        Assert.IsType<PasswordLocked>(
            (await host.As(people => people.ChangePassword(person, Password, "Other#2026", Origin.Unknown))).Error);
    }

    [Fact]
    public async Task Every_sign_in_and_every_failure_is_on_the_audit_trail_and_never_a_password()
    {
        await using var host = await DirectoryHost.Start();
        await host.As(people => people.Create(new() { Email = Email }, Password));
        await host.As(people => people.Authenticate("nobody@a.test", Password, new Origin(IPAddress.Parse("::ffff:192.0.2.7"))));
        await host.As(people => people.Authenticate(Email, "wrong", Origin.Unknown));
        await host.As(people => people.Authenticate(Email, Password, Origin.Unknown));
        var rows = await host.Read(db => db.Set<AuditRow>().OrderBy(r => r.Id).ToListAsync());
        Assert.Equal([AuditWhat.SignInFailed, AuditWhat.SignInFailed, AuditWhat.SignedIn], rows.Select(r => r.What));
        Assert.Equal(("192.0.2.7", "nobody@a.test", null as PersonId?), (rows[0].Address, rows[0].Target, rows[0].Person));
        Assert.NotNull(rows[1].Person);
    }

    [Fact]
    public async Task A_changed_password_ends_the_sessions_made_with_the_old_one()
    {
        await using var host = await DirectoryHost.Start();
        var (center, agent, _) = await host.MakeCenter("a");
        using var client = host.Client();
        await client.GetAsync(
            new Uri($"/sign-in?email={Email}&password={Uri.EscapeDataString(Password)}&agent={agent.Id}", UriKind.Relative));
        Assert.Equal($"{agent.Id} Agent", await client.GetStringAsync("/agent"));

        var person = (await host.As(people => people.Find(agent.Person)))!;
        Assert.True((await host.As(people => people.ChangePassword(person, Password, "Other#2026", Origin.Unknown))).Ok);
        await host.Centers.Reload(center.Id);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/agent")).StatusCode);
    }

    [Fact]
    public async Task Whose_role_was_taken_or_whose_place_is_gone_is_asked_to_sign_in_again()
    {
        await using var host = await DirectoryHost.Start();
        var (center, agent, _) = await host.MakeCenter("a");
        using var client = host.Client();
        await client.GetAsync(
            new Uri($"/sign-in?email={Email}&password={Uri.EscapeDataString(Password)}&agent={agent.Id}", UriKind.Relative));
        await host.Get<Writer>().Write(async db => (await db.Set<Agent>().SingleAsync()).Role = Role.Supervisor);
        await host.Centers.Reload(center.Id);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/agent")).StatusCode);
        Assert.Equal($"{agent.Id} Agent", await client.GetStringAsync("/kept"));
    }

    [Fact]
    public async Task Before_a_center_is_chosen_only_the_person_is_known()
    {
        await using var host = await DirectoryHost.Start();
        var (_, agent, _) = await host.MakeCenter("a");
        using var client = host.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/me")).StatusCode);
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        Assert.Equal("/login?return=%2Fme", (await client.GetAsync("/me")).Headers.Location?.PathAndQuery);

        var answer = await client.GetAsync(new Uri($"/sign-in?email={Email}&password={Uri.EscapeDataString(Password)}", UriKind.Relative));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("tccc=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal($"{agent.Person}", await client.GetStringAsync("/me"));
        Assert.Equal("/centers", (await client.GetAsync("/agent")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_person_s_centers_come_with_the_last_visited_first()
    {
        await using var host = await DirectoryHost.Start();
        var (_, agent, _) = await host.MakeCenter("a");
        var north = new Center { Id = host.Ids.Next<CenterId>(), Name = "North" };
        await host.Write(
            north, new Agent { Id = host.Ids.Next<AgentId>(), Center = north.Id, Person = agent.Person,
                LastVisitAt = TimeProvider.System.GetUtcNow() });
        var memberships = await host.As(people => people.MembershipsOf(agent.Person));
        Assert.Equal(["North", "a"], memberships.Select(m => m.Center.Name));
    }

    [Fact]
    public async Task The_first_start_makes_an_administrator_whose_password_keeps_the_rule()
    {
        await using var host = await DirectoryHost.Start(empty: false);
        var agent = Assert.Single(Assert.Single(host.Centers.All).Agents.Values);
        Assert.Equal((FirstStart.Email, Role.Administrator), (agent.Email, agent.Role));
        var randomness = new SystemRandomness();
        for (var i = 0; i < 500; i++) Assert.Empty(PasswordRule.Broken(PasswordRule.Random(randomness)));
    }

    [Fact]
    public async Task Timeouts_set_what_a_new_center_begins_with_and_nonsense_keeps_the_server_from_starting()
    {
        await using var host =
            await DirectoryHost.Start(
                empty: false, with: builder => builder.Services.Replace(ServiceDescriptor.Singleton(With("WrapUpSeconds", "3"))));
        Assert.Equal((3, 30), (host.Centers.All.Single().Center.WrapUpSeconds, host.Centers.All.Single().Center.ConnectionLostSeconds));
        Assert.Contains(
            "Timeouts:RingSeconds is \"61\"", Assert.Throws<StartupException>(() => With("RingSeconds", "61")).Message,
            StringComparison.Ordinal);

        static Timeouts With(string name, string value) => new(new ConfigurationManager { [$"Timeouts:{name}"] = value });
    }

    [Fact]
    [Trait("Case", "F-C9")]
    public async Task A_stranger_who_types_wrong_passwords_shuts_out_that_place_only()
    {
        await using var host = await DirectoryHost.Start();
        var person = (await host.As(people => people.Create(new() { Email = Email }, Password))).Value;
        var stranger = new Origin(IPAddress.Parse("192.0.2.66"));
        for (var i = 0; i < DirectoryModule.WrongPasswordsUntilLockout; i++)
            await host.As(people => people.Authenticate(Email, "wrong", stranger));
        Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate(Email, Password, stranger))).Error);
        Assert.True((await host.As(people => people.Authenticate(Email, Password, new Origin(IPAddress.Parse("192.0.2.7"))))).Ok);

        // behind the same address, the browser that signed in before
        Assert.True((await host.As(people => people.Authenticate(Email, Password, stranger with { Device = new(1, [person.Id]) }))).Ok);
        Assert.IsType<WrongSignIn>(
            (await host.As(people => people.Authenticate(Email, Password, stranger with { Device = new(1, [new PersonId(7)]) }))).Error);
    }

    [Fact]
    [Trait("Case", "F-C9")]
    public async Task A_guesser_with_many_addresses_leaves_only_the_browsers_that_the_person_knows()
    {
        await using var host = await DirectoryHost.Start();
        var person = (await host.As(people => people.Create(new() { Email = Email }, Password))).Value;
        for (var i = 0; i < WrongPasswords.FromAnywhere; i++)
            await host.As(people => people.Authenticate(Email, "wrong", new Origin(new IPAddress([10, 0, 0, (byte)i]))));
        var elsewhere = new Origin(IPAddress.Parse("192.0.2.7"));
        Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate(Email, Password, elsewhere))).Error);
        var known = elsewhere with { Device = new(1, [person.Id]) };
        Assert.True((await host.As(people => people.Authenticate(Email, Password, known))).Ok);
        for (var i = 0; i < DirectoryModule.WrongPasswordsUntilLockout; i++)
            await host.As(people => people.Authenticate(Email, "wrong", known));
        Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate(Email, Password, known))).Error);
        Assert.True((await host.As(people => people.ReplacePassword(person, "Other#2026"))).Ok);
        Assert.True((await host.As(people => people.Authenticate(Email, "Other#2026", elsewhere))).Ok);
    }

    [Fact]
    [Trait("Case", "F-C16")]
    public async Task A_hash_of_fewer_rounds_is_made_anew_at_the_sign_in_and_ends_no_session()
    {
        await using var host = await DirectoryHost.Start();
        var person = (await host.As(people => people.Create(new() { Email = Email }, Password))).Value;
        var few = new PasswordHasher<Person>(Options.Create(new PasswordHasherOptions { IterationCount = 100_000 }))
            .HashPassword(person, Password);
        await host.Get<Writer>().Write(db => db.Set<Person>().ExecuteUpdateAsync(set => set.SetProperty(p => p.PasswordHash, few)));
        Assert.True((await host.As(people => people.Authenticate(Email, Password, Origin.Unknown))).Ok);
        var after = await host.Read(db => db.Set<Person>().SingleAsync());
        Assert.NotEqual(few, after.PasswordHash);
        // format marker, PRF, then the rounds, big-endian
        Assert.Equal(PasswordWorkers.Rounds, BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(after.PasswordHash!).AsSpan(5)));
        Assert.Equal(person.SecurityStamp, after.SecurityStamp);
        Assert.True((await host.As(people => people.Authenticate(Email, Password, Origin.Unknown))).Ok);
    }

    [Fact]
    [Trait("Case", "F-C16")]
    public async Task A_password_that_somebody_else_gave_is_good_for_seven_days()
    {
        var time = new ManualTime();
        await using var host =
            await DirectoryHost.Start(with: builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        var person = (await host.As(people => people.Create(new() { Email = Email }, Password))).Value;
        await host.As(people => people.ReplacePassword(person, "Given#2026", initial: true));
        await host.Centers.Load();
        Assert.True(host.Centers.Account(person.Id)!.LacksPassword);
        Assert.True((await host.As(people => people.Authenticate(Email, "Given#2026", Origin.Unknown))).Ok);
        time.Advance(People.InitialPasswordLasts);
        Assert.IsType<InitialPasswordExpired>((await host.As(people => people.Authenticate(Email, "Given#2026", Origin.Unknown))).Error);
        // only who knows it learns that it was good once
        Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate(Email, "wrong", Origin.Unknown))).Error);
    }

    [Fact]
    [Trait("Case", "F-C14")]
    public async Task A_password_is_the_same_however_the_keyboard_composes_it()
    {
        await using var host = await DirectoryHost.Start();
        Assert.True((await host.As(people => people.Create(new() { Email = Email }, "Gr\u00FC\u00DFe#2026"))).Ok);
        Assert.True((await host.As(people => people.Authenticate(Email, "Gru\u0308\u00DFe#2026", Origin.Unknown))).Ok);
        // half a character is no password, and no bug
        Assert.IsType<WrongSignIn>((await host.As(people => people.Authenticate(Email, "Gru\uD83D#2026", Origin.Unknown))).Error);
    }

    [Theory]
    [Trait("Case", "F-C14")]
    [InlineData("Demo\u200B2026")]
    [InlineData("Demo\u202E2026")]
    [InlineData("Demo\u00AD2026#")]
    [InlineData("Demo\u00012026#")]
    [InlineData("Demo\uD83D2026#")]
    public void What_can_t_be_seen_is_no_part_of_a_password(string password) =>
        Assert.Contains("The password must not contain a character that can't be seen.", PasswordRule.Broken(password));

    [Theory]
    [Trait("Case", "F-C14")]
    [InlineData("amy@demo.test", "amy@demo.test")]
    [InlineData("  amy+x@demo.test ", "amy+x@demo.test")]
    [InlineData("\u738B@\u4F8B\u5B50.\u6D4B\u8BD5", "\u738B@\u4F8B\u5B50.\u6D4B\u8BD5")]
    [InlineData("jose\u0301@demo.test", "jos\u00E9@demo.test")]
    [InlineData("admin@localhost", "admin@localhost")]
    [InlineData("mt>2@x", null)]
    [InlineData("\u0001@x.test", null)]
    [InlineData("a\u202Eb@x.test", null)]
    [InlineData("a@b@c", null)]
    [InlineData("a..b@x.test", null)]
    [InlineData("a@x..test", null)]
    [InlineData("a@-x.test", null)]
    [InlineData("a b@x.test", null)]
    [InlineData("@x.test", null)]
    [InlineData("a@", null)]
    [InlineData("a\uD83D@x.test", null)]
    [InlineData(null, null)]
    public void An_e_mail_address_is_one_or_is_refused(string? typed, string? address) =>
        Assert.Equal(address, EmailAddress.Normalise(typed));
}
