using Tccc.Acd;
using Tccc.Platform;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>Desk phones over a restart, and without a registration.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private Office office = null!;

    public async Task InitializeAsync() => office = await Open();

    public async Task DisposeAsync() => await office.DisposeAsync();

    [Fact]
    [Trait("Case", "F-A1")]
    public async Task A_desk_phone_rings_after_a_restart_without_registering_anew()
    {
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        var row = Assert.Single(await office.Rows<PhoneBinding>());
        Assert.Equal(("8001", Center, phone.Port), (row.SipUser, row.Center, row.Port));
        await office.Stop();
        await office.Start();
        Assert.True(office.Get<AgentDevices>().IsPhoneThere(Bob));
        Assert.False(office.Get<AgentDevices>().IsPhoneThere(Carol));
        await office.Works(Bob);
        await Until.Holds(() => office.Dispatch.See(Bob)!.DeviceReachable && !office.Dispatch.See(Carol)!.DeviceReachable,
            "the dispatcher knows which phone is there");
        await using var carrier = await SipPeer.Start(office.SipPort, 440);
        var call = carrier.Call(Sales);
        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await office.Quiet();
    }

    [Fact]
    [Trait("Case", "F-A1")]
    public async Task A_binding_that_ran_out_while_the_server_was_down_is_gone_and_so_is_one_of_a_phone_that_is_gone()
    {
        await using var bobs = await office.Phone("8001", 1000);
        await using var carols = await office.Phone("8002", 700);
        await office.Rows<PhoneBinding>();
        await office.Get<Writer>().Write(async db =>
        {
            foreach (var row in db.Set<PhoneBinding>().Where(b => b.SipUser == "8001").ToList())
            {
                row.Expires = TimeProvider.System.GetUtcNow().AddSeconds(-1);
                db.Replace(row);
            }

            db.RemoveRange(db.Set<Tccc.Directory.DeskPhone>().Where(p => p.Extension == "8002").ToList());
            await Task.CompletedTask;
        });
        await office.Stop();
        await office.Start();
        Assert.False(office.Get<AgentDevices>().IsPhoneThere(Bob));
        Assert.Empty(await office.Rows<PhoneBinding>());
    }

    [Fact]
    [Trait("Case", "F-A1")]
    public async Task An_agent_whose_desk_phone_unregisters_is_unreachable_at_once_and_its_row_is_gone()
    {
        var phone = await office.Phone("8001", 1000);
        await office.Works(Bob);
        await Until.Holds(() => office.Dispatch.See(Bob)!.DeviceReachable, "Bob can be reached");
        await phone.DisposeAsync();
        await Until.Holds(() => !office.Dispatch.See(Bob)!.DeviceReachable, "Bob can't be reached");
        Assert.False(office.Get<AgentDevices>().IsPhoneThere(Bob));
        Assert.Empty(await office.Rows<PhoneBinding>());
    }
}
