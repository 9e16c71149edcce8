using System.Net;
using Microsoft.Extensions.Logging;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Sip;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>Who may come in from SIP, and whose number it is.</summary>
public sealed class WhoMayCallTests : IAsyncLifetime
{
    private static readonly CenterId Other = new(2);

    private Office office = null!;

    public async Task InitializeAsync() => office = await Open();

    public async Task DisposeAsync() => await office.DisposeAsync();

    [Theory]
    [Trait("Case", "F-C2")]
    [InlineData("127.0.0.1/32")]
    [InlineData("127.0.0.0/8")]
    public async Task Carriers_that_share_an_address_are_told_apart_by_the_number(string network)
    {
        await OtherCenter(network, null);
        foreach (var (digits, center) in new[] { (Sales, Office.Center), ("4009999999", Other) })
        {
            using var carrier = new RawCarrier(office.SipPort) { Called = digits };
            carrier.Invite();
            await carrier.IsLetIn();
            Assert.Equal(center, Assert.Single(office.Table.All).State.Center);
            carrier.Cancel();
            carrier.HangUp();
            await office.Quiet();
        }
    }

    [Fact]
    [Trait("Case", "F-C2")]
    public async Task A_number_of_a_center_whose_carriers_are_elsewhere_leads_nowhere()
    {
        await OtherCenter("10.0.0.0/8", null);
        using var carrier = new RawCarrier(office.SipPort) { Called = "4009999999" };
        carrier.Invite();
        await carrier.Answer(404);
        carrier.Ack();
        await office.Quiet();
        Assert.Equal((Office.Center, CallEndReason.NumberUnknown), ((await office.Record()).Center, (await office.Record()).Reason));
    }

    [Theory]
    [Trait("Case", "F-C2")]
    [InlineData("0.0.0.0/0")]
    [InlineData("0.0.0.0/1, 128.0.0.0/1")]
    [InlineData("0.0.0.0/1")]
    [InlineData("64.0.0.0/2")]
    public async Task A_carrier_that_may_call_from_anywhere_proves_itself_by_its_own_password(string network)
    {
        await OtherCenter(network, "carrier-2");
        // the first center's own carrier is known by its address and asked for nothing
        using var first = new RawCarrier(office.SipPort);
        first.Invite();
        await first.IsLetIn();
        first.Cancel();
        first.HangUp();
        await office.Quiet();

        foreach (var (user, password, letIn) in new[] { ("carrier-2", "wrong", false), ("8001", "Phone#8001", false),
            ("carrier-2", "Carrier#2", true) })
        {
            using var carrier = new RawCarrier(office.SipPort) { Called = "4009999999",
                Lines = "P-Asserted-Identity: <sip:+8613900000125@x>\r\n" };
            carrier.Invite();
            carrier.Authorize(await carrier.Answer(401), user, password);
            if (letIn)
            {
                await carrier.IsLetIn();
                var call = Assert.Single(office.Table.All).State;
                Assert.Equal((Other, "+8613900000125", LegCarrier.Trunk), (call.Center, call.Customer, call.Leg.Carrier));
                carrier.Cancel();
                carrier.HangUp();
                await office.Quiet();
            }
            else await carrier.Gets(text => RawCarrier.Status(text) is 401 or 403, "no");
        }
    }

    [Theory]
    [Trait("Case", "F-C6")]
    [InlineData("sip:4000000001@127.0.0.1")]
    [InlineData("sip:127.0.0.1")]
    [InlineData("tel:+864000000001")]
    public async Task A_stranger_gets_403_whatever_is_called(string uri)
    {
        await using var closed = await Open("10.0.0.0/8");
        using var stranger = new RawCarrier(closed.SipPort) { Uri = uri };
        stranger.Invite();
        await stranger.Answer(403);
        Assert.Empty(await closed.Rows<CallRecord>());
    }

    [Theory]
    [Trait("Case", "F-C7")]
    [InlineData("<sip:8002@127.0.0.1>", "")]
    [InlineData("<sip:8001@127.0.0.1>", "P-Asserted-Identity: <sip:+8613900000125@127.0.0.1>\r\n")]
    [InlineData("<sip:anonymous@anonymous.invalid>", "Privacy: id\r\n")]
    public async Task A_desk_phone_is_who_it_proved_to_be(string from, string lines)
    {
        await using var closed = await Open("10.0.0.0/8");
        await using var phone = await closed.Phone("8001", 1000);
        using var liar = new RawCarrier(closed.SipPort) { From = from, Lines = lines };
        liar.Invite();
        liar.Authorize(await liar.Answer(401), "8001", "Phone#8001");
        await liar.IsLetIn();
        Assert.Equal("8001", Assert.Single(closed.Table.All).State.Customer);
        liar.Cancel();
        liar.HangUp();
        await closed.Quiet();
    }

    [Fact]
    [Trait("Case", "F-C6")]
    public async Task A_name_without_a_phone_is_asked_as_one_of_the_phones_is_and_always_the_same()
    {
        await office.Change<DeskPhone>(p => p.Extension == "8002", p => p.SetPassword("Phone#8002", sha256: true));
        var gateway = office.Get<SipGateway>();
        var asked = Enumerable.Range(0, 200).Select(i => gateway.Decoy($"x{i}")!.Ha1Sha256 is not null).ToList();
        Assert.InRange(asked.Count(sha256 => sha256), 50, 150);
        Assert.Equal(asked, Enumerable.Range(0, 200).Select(i => gateway.Decoy($"x{i}")!.Ha1Sha256 is not null));
        Assert.Null(gateway.FindAccount("x1"));
    }

    [Fact]
    [Trait("Case", "F-C6")]
    public void Whoever_is_turned_away_is_in_the_log_in_one_line_that_nobody_can_forge_and_the_log_is_bounded()
    {
        var (time, log) = (new StoppedTime(), new Lines());
        var intruders = new IntruderLog(time, log);
        intruders.Note(new(SuspicionKind.WrongCredentials, IPAddress.Parse("203.0.113.5"), SipMethod.Register,
            "8001\r\nSIP authentication failed: 10.0.0.1 gave", 4, TimeSpan.FromSeconds(2)));
        Assert.Equal(
            "SIP authentication failed: 203.0.113.5 gave wrong credentials for 8001??SIP?authentication?failed? (REGISTER); "
                + "failure 4, not heard for 2 s",
            log.All[0]);
        for (var i = 0; i < 5; i++) intruders.Note(new(SuspicionKind.UnknownSource, IPAddress.Parse("203.0.113.6"), SipMethod.Invite,
            "00442", 0, TimeSpan.Zero));
        Assert.Equal(["SIP request refused: 203.0.113.6 is no carrier and no phone (INVITE to 00442)"], log.All.Skip(1));

        for (var i = 0; i < 1000; i++) intruders.Note(new(SuspicionKind.WrongCredentials, IPAddress.Parse("203.0.113.7"),
            SipMethod.Register, "x", i, TimeSpan.Zero));
        Assert.Equal(IntruderLog.LinesASecond, log.All.Count);
        time.Now += TimeSpan.FromSeconds(1);
        intruders.Note(new(SuspicionKind.WrongCredentials, IPAddress.Parse("203.0.113.7"), SipMethod.Register, "x", 1, TimeSpan.Zero));
        Assert.Equal("982 more SIP requests were turned away, too many for a line each", log.All[^2]);
    }

    /// <summary>A second center with number 4009999999 and a carrier of its own, in the same network or in all.</summary>
    private async Task OtherCenter(string network, string? user)
    {
        await office.Get<Writer>().Write(db =>
        {
            db.Add(new Center { Id = Other, Name = "Other", WrapUpSeconds = 0 });
            db.Add(new SkillGroup { Id = new(90), Center = Other, Number = 1, Name = "Sales", RingSeconds = 5 });
            db.Add(new Number { Id = new(91), Center = Other, Digits = "4009999999", Entry = NumberEntry.Group, Group = new GroupId(90) });
            db.Add(new Trunk
            {
                Id = new(92), Center = Other, Name = "carrier 2", Host = "127.0.0.1", AllowedNetworks = network, UserName = user,
                ProtectedPassword = user is null ? null : office.Get<TrunkPasswords>().Protect("Carrier#2"),
            });
            return Task.CompletedTask;
        });
        await office.Get<Centers>().Reload(Other);
        await office.Reload();
    }

    private sealed class StoppedTime : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) => All.Add(formatter(state, exception));
    }
}
