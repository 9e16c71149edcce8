using System.Net;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Directory.Tests;

public sealed class CentersTests
{
    [Fact]
    public async Task A_center_sees_its_own_and_nothing_of_another()
    {
        await using var host = await DirectoryHost.Start();
        var (a, b) = (await host.MakeCenter("a"), await host.MakeCenter("b"));
        await host.Write(
            new Number { Id = host.Ids.Next<NumberId>(), Center = a.Center.Id, Digits = "4001", Entry = NumberEntry.Group,
                Group = a.Group.Id },
            new Number { Id = host.Ids.Next<NumberId>(), Center = b.Center.Id, Digits = "4001", Entry = NumberEntry.Group,
                Group = b.Group.Id },
            new Number { Id = host.Ids.Next<NumberId>(), Center = b.Center.Id, Digits = "4002", Entry = NumberEntry.Agent,
                Agent = b.Agent.Id });
        var centers = host.Centers;
        Assert.Equal("Amy of a", Assert.Single(centers.Of(a.Center.Id)!.Agents.Values).Name);
        Assert.Equal(a.Group.Id, centers.Number(a.Center.Id, "4001")!.Group);
        Assert.Equal(b.Group.Id, centers.Number(b.Center.Id, "4001")!.Group);
        Assert.Null(centers.Number(a.Center.Id, "4002"));
        Assert.Equal(b.Center.Id, centers.Of(b.Agent.Id)!.Id);
        Assert.Equal([a.Group.Id], centers.Of(a.Center.Id)!.GroupsOf(a.Agent.Id).Select(g => g.Id));
        Assert.Empty(centers.Of(a.Center.Id)!.GroupsOf(b.Agent.Id));
        Assert.Equal(3, Assert.Single(centers.Group(b.Group.Id)!.Members).Level);
    }

    [Theory]
    [Trait("Case", "F-C2")]
    [InlineData("192.0.2.0/24", "192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.7", true)]
    [InlineData("2001:db8::/32", "2001:db8::7", true)]
    [InlineData("0.0.0.0/1, 128.0.0.0/1", "198.51.100.7", false)]
    [InlineData("0.0.0.0/1, 128.0.0.0/1", "::ffff:10.0.0.7", false)]
    [InlineData("::ffff:0.0.0.0/96", "198.51.100.7", false)]
    [InlineData("2000::/3", "2001:db8::7", false)]
    public async Task A_carrier_is_known_by_its_address_only_where_the_form_asks_for_no_password(string networks, string from, bool known)
    {
        await using var host = await DirectoryHost.Start();
        var north = await host.MakeCenter("North");
        await host.Write(new Trunk
        {
            Id = host.Ids.Next<TrunkId>(), Center = north.Center.Id, Name = "Wide", Host = "sip.example.com", AllowedNetworks = networks,
            UserName = "carrier", ProtectedPassword = "protected",
        });
        var address = IPAddress.Parse(from);
        Assert.Equal(known, host.Centers.TrunkFor(address) is not null);
        Assert.Equal(!known, host.Centers.OpenTrunksFor(address).Any());
        Assert.Equal(!known, host.Centers.OpenTrunkByUser("carrier") is not null);
    }

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(true, null, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    public async Task An_agents_own_auto_answer_wins_over_the_centers(bool center, bool? own, bool auto)
    {
        await using var host = await DirectoryHost.Start();
        var north = await host.MakeCenter("North");
        (north.Center.AutoAnswer, north.Agent.AutoAnswer) = (center, own);
        await host.Get<Writer>().Write(db =>
        {
            db.Replace(north.Center);
            db.Replace(north.Agent);
            return Task.CompletedTask;
        });
        await host.Centers.Reload(north.Center.Id);
        Assert.Equal(auto, host.Centers.Agent(north.Agent.Id)!.AutoAnswer);
    }

    [Fact]
    public async Task A_change_is_seen_after_the_reload_and_everybody_is_told()
    {
        var told = new TaskCompletionSource<CenterId>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host =
            await DirectoryHost.Start(
                with: builder => builder.Services.AddSingleton<INotificationHandler<Occurred<DirectoryChanged>>>(new OnChange(told)));
        var (center, agent, _) = await host.MakeCenter("a");
        var before = host.Centers.Of(center.Id)!;
        Assert.False(host.Centers.Agent(agent.Id)!.AutoAnswer);
        await host.Get<Writer>().Write(async db => (await db.Set<Center>().SingleAsync()).AutoAnswer = true);
        Assert.Same(before, host.Centers.Of(center.Id));

        await host.Centers.Reload(center.Id);
        Assert.True(host.Centers.Agent(agent.Id)!.AutoAnswer);
        Assert.False(before.Agents[agent.Id].AutoAnswer);
        Assert.Equal(center.Id, await told.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_carrier_is_known_by_the_narrowest_network_that_holds_its_address()
    {
        await using var host = await DirectoryHost.Start();
        var center = (await host.MakeCenter("a")).Center.Id;
        await host.Write(Trunk(host, center, "wide", "10.0.0.0/8, 2001:db8::/32"), Trunk(host, center, "narrow", "10.1.0.0/16"));
        Assert.Equal("narrow", host.Centers.TrunkFor(IPAddress.Parse("10.1.2.3"))?.Name);
        Assert.Equal("wide", host.Centers.TrunkFor(IPAddress.Parse("10.2.2.3"))?.Name);
        Assert.Equal("wide", host.Centers.TrunkFor(IPAddress.Parse("::ffff:10.2.2.3"))?.Name);
        Assert.Equal("wide", host.Centers.TrunkFor(IPAddress.Parse("2001:db8::1"))?.Name);
        Assert.Null(host.Centers.TrunkFor(IPAddress.Loopback));
    }

    [Fact]
    public async Task Centers_that_share_a_carrier_are_told_apart_by_the_number_called()
    {
        await using var host = await DirectoryHost.Start();
        var (a, b) = (await host.MakeCenter("a"), await host.MakeCenter("b"));
        await host.Write(
            Trunk(host, a.Center.Id, "carrier", "10.0.0.0/8"),
            Trunk(host, b.Center.Id, "carrier", "10.0.0.0/8"),
            new Number { Id = host.Ids.Next<NumberId>(), Center = b.Center.Id, Digits = "4002", Entry = NumberEntry.Agent,
                Agent = b.Agent.Id });
        var arrival = host.Centers.Arriving(IPAddress.Parse("10.1.2.3"), "4002")!;
        Assert.Equal((b.Center.Id, b.Center.Id), (arrival.Trunk.Center, arrival.Number.Center));
        Assert.Null(host.Centers.Arriving(IPAddress.Parse("10.1.2.3"), "4003"));
        Assert.Null(host.Centers.Arriving(IPAddress.Loopback, "4002"));
    }

    [Fact]
    public async Task A_desk_phone_is_found_by_its_name_and_by_its_agent()
    {
        await using var host = await DirectoryHost.Start();
        var (center, agent, _) = await host.MakeCenter("a");
        // the digests of RFC 8760 §2 and RFC 2617 §3.2.2.2 as `printf 8001:tccc:Phone#8001 | md5sum` makes them
        var phone =
            new DeskPhone { Id = host.Ids.Next<PhoneId>(), Center = center.Id, Extension = "8001", SipUser = "8001",
                BoundAgent = agent.Id };
        phone.SetPassword("Phone#8001");
        Assert.Equal((MD5, ""), (phone.Ha1Md5, phone.Ha1Sha256));
        phone.SetPassword("Phone#8001", sha256: true);
        Assert.Equal(("", SHA256), (phone.Ha1Md5, phone.Ha1Sha256));
        await host.Write(phone);
        Assert.Equal(phone.Id, host.Centers.PhoneOfAgent(agent.Id)?.Id);
        Assert.Equal(phone.Id, host.Centers.PhoneByExtension("8001")?.Id);
        Assert.Null(host.Centers.PhoneByExtension("8002"));
        await Assert.ThrowsAsync<DbUpdateException>(
            () => host.Write(new DeskPhone { Id = host.Ids.Next<PhoneId>(), Center = center.Id, Extension = "8002", SipUser = "8001" }));
    }

    [Fact]
    public async Task A_carrier_s_password_is_not_readable_in_the_database()
    {
        await using var host = await DirectoryHost.Start();
        var passwords = host.Get<TrunkPasswords>();
        var trunk = new Trunk { Name = "t", Host = "h", ProtectedPassword = passwords.Protect("Secret#1") };
        Assert.DoesNotContain("Secret", trunk.ProtectedPassword, StringComparison.Ordinal);
        Assert.Equal("Secret#1", passwords.Of(trunk));
        trunk.ProtectedPassword = "of other keys";
        Assert.Null(passwords.Of(trunk));
    }

    [Theory, Trait("Case", "F-B8")]
    [InlineData("2001:db8:7::9", true)]
    [InlineData("2001:db8:8::9", false)]
    [InlineData("198.51.100.9", true)]
    [InlineData("::ffff:198.51.100.9", true)]
    [InlineData("::ffff:198.51.101.9", false)]
    public async Task A_carrier_is_known_by_its_networks_of_both_families(string address, bool known)
    {
        await using var host = await DirectoryHost.Start();
        var (center, _, _) = await host.MakeCenter("a");
        await host.Write(Trunk(host, center.Id, "both", "2001:db8:7::/48, 198.51.100.0/24"));
        Assert.Equal(known, host.Centers.TrunkFor(IPAddress.Parse(address)) is not null);
    }

    private const string MD5 = "d4e96a4e29815930c9f77113be85ab10";
    private const string SHA256 = "f895937d5ae757c4a716f9e93a3a01147442eb0e47b3410754eefeb402ca177b";

    private static Trunk Trunk(DirectoryHost host, CenterId center, string name, string networks) =>
        new() { Id = host.Ids.Next<TrunkId>(), Center = center, Name = name, Host = "carrier.test", AllowedNetworks = networks };

    private sealed class OnChange(TaskCompletionSource<CenterId> told) : INotificationHandler<Occurred<DirectoryChanged>>
    {
        public Task Handle(Occurred<DirectoryChanged> notification, CancellationToken cancellationToken)
        {
            told.TrySetResult(notification.Event.Center);
            return Task.CompletedTask;
        }
    }
}
