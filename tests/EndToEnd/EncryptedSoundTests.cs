using EndToEnd.Peers;

namespace EndToEnd;

/// <summary>SRTP with keys in the session description: baresip as the carrier's caller and as the desk phone, tones both ways.</summary>
[Trait("Case", "F-B9")]
public sealed class EncryptedSoundTests : IAsyncLifetime
{
    private const string Sales = "4000000001";

    private readonly string folder = Directory.CreateTempSubdirectory("tccc-srtp-").FullName;
    private Server server = null!;

    public async Task InitializeAsync()
    {
        Tone.Write(Path.Combine(folder, "caller.wav"), 440, TimeSpan.FromMinutes(2), 8000);
        Tone.Write(Path.Combine(folder, "desk.wav"), 1000, TimeSpan.FromMinutes(2), 8000);
        server = await Server.Start("Timeouts:WrapUpSeconds=3");
        await server.Stop();
        Fleet.Bind(server, "8001", "amy");
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("BestEffort", ";mediaenc=srtp-mand", ";mediaenc=srtp")]
    [InlineData("BestEffort", ";mediaenc=srtp", ";mediaenc=srtp-mand")]
    [InlineData("Required", ";mediaenc=srtp-mandf", "")]
    [InlineData("BestEffort", "", ";mediaenc=srtp-mand")]
    public async Task An_encrypted_phone_and_any_other_hear_each_other(string trunk, string caller, string desk)
    {
        await Trunk(trunk);
        await using var phone = await Desk(desk);
        await using var amy = await HttpAgent.Online(server, "amy");
        await using var customer = await Caller(caller);
        await customer.Dial(server.Sip(Sales));
        await customer.Hears(1000);
        await phone.Hears(440);
        Assert.Equal(0, await server.Metric("tccc_media_packets_dropped_total", "reason=\"srtp_auth_failed\""));
        await customer.HangUp();
        await customer.Closed();
    }

    [Fact]
    public async Task A_caller_without_encryption_where_the_trunk_requires_it_is_refused_with_a_reason_and_no_key_is_in_the_log()
    {
        await Trunk("Required");
        await using (var plain = await Caller(""))
        {
            await plain.Dial(server.Sip(Sales));
            await plain.Closed();
            Assert.StartsWith("488", plain.LastClosing(), StringComparison.Ordinal);
        }
        await Until.Holds(
            "the record says why", () => server.Rows("select Reason from Calls").Exists(row => Equals(row["Reason"], "NotEncrypted")));
        await using var encrypted = await Caller(";mediaenc=srtp-mand");
        await encrypted.Dial(server.Sip(Sales));
        await encrypted.Established();
        Assert.DoesNotContain("inline:", server.Log, StringComparison.Ordinal);
    }

    private async Task Trunk(string encryption)
    {
        server.Change($"update Trunks set MediaEncryption = '{encryption}'");
        await server.Again();
    }

    private async Task<Baresip> Desk(string more)
    {
        var desk = await Baresip.Start(
            Directory.CreateDirectory(Path.Combine(folder, "desk")).FullName, Path.Combine(folder, "desk.wav"),
            "8001", $";auth_user=8001;auth_pass=Phone#8001;regint=60;answermode=auto{more}", $"127.0.0.1:{server.SipPort}");
        await desk.Prints("200 OK (Tccc)");
        return desk;
    }

    private Task<Baresip> Caller(string more) => Baresip.Start(
        Directory.CreateDirectory(Path.Combine(folder, "caller" + more.Replace(';', '-'))).FullName, Path.Combine(folder, "caller.wav"),
        account: ";regint=0" + more);
}
