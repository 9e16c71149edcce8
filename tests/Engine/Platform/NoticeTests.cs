using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform.Tests;

/// <summary>The queue of mails and SMS on a real database, with a gateway on a real socket.</summary>
public sealed class NoticeTests
{
    private const string Code = "813402";
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task An_SMS_goes_out_once_signed_and_its_code_is_forgotten()
    {
        await using var gateway = await Gateway.Start();
        await using var host = await TestHost.Start(Webhook(gateway, ("Sms:Webhook:Secret", "shared")));
        await Sms(host);
        var sent = await InState(host, NoticeState.Sent);
        var one = Assert.Single(gateway.Received);
        using var body = JsonDocument.Parse(one.Body);
        Assert.Equal("13800001001", body.RootElement.GetProperty("to").GetString());
        Assert.Equal(
            $"{Code} is your code to sign in, valid for 5 min. Tell it to nobody.", body.RootElement.GetProperty("text").GetString());
        Assert.Equal(["5", Code], body.RootElement.GetProperty("values").EnumerateArray().Select(v => v.GetString()));
        Assert.Equal(sent.Id.ToString(null as IFormatProvider), one.Headers["Idempotency-Key"]);
        Assert.Equal(
            WebhookAdapter.Sign("shared", one.Headers["X-Tccc-Timestamp"], Encoding.UTF8.GetBytes(one.Body)),
            one.Headers["X-Tccc-Signature"]);
        Assert.Equal((1, null, null), (sent.Tries, sent.ProtectedSecret, sent.Fault));
        Assert.Equal(
            "•••••• is your code to sign in, valid for 5 min. Tell it to nobody.", Assert.Single(host.Get<Notices>().See(sent).Lines));
        Assert.DoesNotContain(host.Log.All, line => line.Contains(Code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_code_that_waits_stands_nowhere_in_plain_text()
    {
        await using var gateway = await Gateway.Start();
        gateway.Say(503, 503, 503);
        await using var host = await TestHost.Start(Webhook(gateway));
        await Sms(host);
        await TestHost.Until(async () => (await Row(host)).Fault == NoticeFault.Busy, "the first try");
        foreach (var file in System.IO.Directory.GetFiles(host.Folder, "tccc.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.DoesNotContain(Code, await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(Code, Assert.Single(host.Get<Notices>().See(await Row(host)).Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_is_tried_again_after_growing_gaps_and_then_given_up_until_somebody_asks()
    {
        await using var gateway = await Gateway.Start();
        gateway.Answer = (_, _) => Task.FromResult((500, $"could not send {Code}"));
        var time = new ManualTime();
        await using var host = await TestHost.Start(Webhook(gateway, time));
        await Mail(host, kind: NoticeKind.Sms, validFor: TimeSpan.FromDays(2));
        for (var gap = 0; gap < RetryTimes.Gaps.Count; gap++)
        {
            await TestHost.Until(
                async () =>
                    await Row(host) is { Fault: NoticeFault.Busy } row && row.Tries == gap + 1
                        && row.Due < time.GetUtcNow() + NoticeLane.ClaimLasts + RetryTimes.Gaps[^1]
                        && row.Due - time.GetUtcNow() == RetryTimes.Gaps[gap], $"gap {gap + 1}");
            time.Advance(RetryTimes.Gaps[gap]);
            await TestHost.Until(() => Nudge(host, () => gateway.Received.Count == gap + 2), $"try {gap + 2}");
        }
        var given = await InState(host, NoticeState.Failed);
        Assert.Equal((6, NoticeFault.Busy, "500 could not send ••••••"), (given.Tries, given.Fault, given.Detail));
        Assert.Equal(6, gateway.Received.Count);
        Assert.True(host.Get<Notices>().See(given).MayRetry);

        gateway.Say();
        Assert.True((await Retry(host, given.Id)).Ok);
        Assert.Equal(1, (await InState(host, NoticeState.Sent)).Tries);
        Assert.IsType<NotGivenUp>((await Retry(host, given.Id)).Error);
    }

    [Fact]
    public async Task What_failed_is_tried_again_when_its_time_has_come_though_nothing_else_happens()
    {
        await using var gateway = await Gateway.Start();
        gateway.Say(503);
        await using var host = await TestHost.Start(Webhook(gateway));
        await Sms(host);
        Assert.Equal(2, (await InState(host, NoticeState.Sent)).Tries);
    }

    [Fact]
    public async Task What_the_other_side_never_takes_is_given_up_at_once()
    {
        await using var gateway = await Gateway.Start();
        gateway.Answer = (_, _) => Task.FromResult((400, "no such number"));
        await using var host = await TestHost.Start(Webhook(gateway));
        await Sms(host);
        var given = await InState(host, NoticeState.Failed);
        Assert.Equal((1, NoticeFault.Rejected, "400 no such number"), (given.Tries, given.Fault, given.Detail));
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_in_time_is_left_and_asked_again()
    {
        await using var gateway = await Gateway.Start();
        gateway.Answer = async (_, gone) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(gone);
            return (200, "");
        };
        var time = new ManualTime();
        await using var host = await TestHost.Start(Webhook(gateway, time));
        await Sms(host);
        await TestHost.Until(() => gateway.Received.Count == 1, "the first try");
        time.Advance(NoticeLane.TryLasts);
        await TestHost.Until(async () => (await Row(host)).Fault == NoticeFault.TimedOut, "the time limit");
        gateway.Say();
        time.Advance(RetryTimes.Gaps[0]);
        await TestHost.Until(() => Nudge(host, () => gateway.Received.Count == 2), "the second try");
        await InState(host, NoticeState.Sent);
    }

    [Fact]
    public async Task A_code_that_has_expired_is_not_sent_late()
    {
        await using var gateway = await Gateway.Start();
        gateway.Say(503, 503);
        var time = new ManualTime();
        await using var host = await TestHost.Start(Webhook(gateway, time));
        await Sms(host);
        await TestHost.Until(async () => (await Row(host)).Fault == NoticeFault.Busy, "the first try");
        time.Advance(Valid);
        await TestHost.Until(() => Nudge(host, () => Row(host).Result.State == NoticeState.Failed), "the end of the code");
        var given = await Row(host);
        Assert.Equal((NoticeFault.Expired, null), (given.Fault, given.ProtectedSecret));
        Assert.Single(gateway.Received);
        Assert.IsType<NoLongerGood>((await Retry(host, given.Id)).Error);
    }

    [Theory]
    [Trait("Case", "F-A6")]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task What_waits_to_be_tried_again_waits_its_gap_whichever_way_the_clock_steps(int hours)
    {
        await using var gateway = await Gateway.Start();
        gateway.Say(503);
        var time = new ManualTime();
        await using var host = await TestHost.Start(Webhook(gateway, time));
        await Sms(host);
        await TestHost.Until(async () => (await Row(host)).Fault == NoticeFault.Busy, "the first try");
        time.StepWall(TimeSpan.FromHours(hours));
        time.Advance(RetryTimes.Gaps[0]);
        await TestHost.Until(() => Nudge(host, () => gateway.Received.Count == 2), "the second try");
        Assert.Equal(2, (await InState(host, NoticeState.Sent)).Tries);
    }

    [Fact]
    [Trait("Case", "F-A6")]
    public async Task What_waits_for_a_clock_that_was_set_back_over_a_restart_waits_no_longer_than_its_gap()
    {
        await using var gateway = await Gateway.Start();
        gateway.Say(503);
        var (time, later) = (new ManualTime(), new ManualTime());
        later.StepWall(TimeSpan.FromHours(-1));
        var first = await TestHost.Start(Webhook(gateway, time));
        await Sms(first);
        await TestHost.Until(async () => (await Row(first)).Fault == NoticeFault.Busy, "the first try");
        await first.Stop();
        await using var second = await TestHost.Start(Webhook(gateway, later), folder: first.Folder);
        await TestHost.Until(async () => (await Row(second)).Due <= later.GetUtcNow() + NoticeLane.ClaimLasts, "the cut");
        later.Advance(NoticeLane.ClaimLasts);
        await TestHost.Until(() => Nudge(second, () => gateway.Received.Count == 2), "the second try");
        await InState(second, NoticeState.Sent);
    }

    [Fact]
    public async Task What_waits_survives_a_restart()
    {
        await using var gateway = await Gateway.Start();
        gateway.Say(503);
        var first = await TestHost.Start(Webhook(gateway));
        await Sms(first);
        await TestHost.Until(async () => (await Row(first)).Fault == NoticeFault.Busy, "the first try");
        await first.Stop();
        await using var second = await TestHost.Start(Webhook(gateway), folder: first.Folder);
        await InState(second, NoticeState.Sent);
        Assert.Equal(2, gateway.Received.Count);
        Assert.Contains(Code, gateway.Received[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_a_gateway_that_hangs_and_the_next_one_sends()
    {
        await using var gateway = await Gateway.Start();
        gateway.Answer = async (_, gone) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(gone);
            return (200, "");
        };
        var first = await TestHost.Start(Webhook(gateway));
        await Sms(first);
        await TestHost.Until(() => gateway.Received.Count == 1, "the first try");
        var began = TimeProvider.System.GetTimestamp();
        await first.Stop();
        Assert.True(
            TimeProvider.System.GetElapsedTime(began) < NoticeLane.StopLasts + TimeSpan.FromSeconds(5),
            $"{TimeProvider.System.GetElapsedTime(began)}");
        gateway.Say();
        await using var second = await TestHost.Start(Webhook(gateway), folder: first.Folder);
        await InState(second, NoticeState.Sent);
    }

    [Fact]
    public async Task Two_servers_on_one_database_send_nothing_twice()
    {
        await using var gateway = await Gateway.Start();
        await using var host = await TestHost.Start(Webhook(gateway));
        // one that was taken for dead may still be sending when its successor starts
        host.Get<DataFolder>().Dispose();
        await using var other = await TestHost.Start(Webhook(gateway, ("Cell", "1")), folder: host.Folder);
        const int many = 60;
        for (var i = 0; i < many; i++)
        {
            await Sms(i % 2 == 0 ? host : other);
            host.Get<NoticeSender>().Wake();
            other.Get<NoticeSender>().Wake();
        }
        await TestHost.Until(
            async () => await host.Read(db => db.Set<NoticeRow>().CountAsync(n => n.State == NoticeState.Sent)) == many, "all sent");
        Assert.Equal(many, gateway.Received.Select(r => r.Headers["Idempotency-Key"]).Distinct().Count());
        Assert.Equal(many, gateway.Received.Count);
    }

    [Fact]
    public async Task A_mail_server_that_hangs_delays_no_code()
    {
        await using var gateway = await Gateway.Start();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using var host =
            await TestHost.Start(
                Webhook(gateway, ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{port}"), ("Mail:Tls", "none"),
                    ("Mail:From", "tccc@test.example")));
        for (var i = 0; i < 2 * NoticeLane.AtOnce; i++) await Mail(host, NoticeKind.Mail);
        await TestHost.Until(() => silent.Pending(), "the mail server was asked");
        await Sms(host);
        await TestHost.Until(() => gateway.Received.Count == 1, "the code");
        Assert.Equal(
            0, await host.Read(db => db.Set<NoticeRow>().CountAsync(n => n.Kind == NoticeKind.Mail && n.State != NoticeState.Waiting)));
    }

    [Fact]
    public async Task A_mail_server_that_is_down_is_named_and_does_not_make_the_server_unready()
    {
        await using var host =
            await TestHost.Start(
                With(("Mail:Host", "127.0.0.1"), ("Mail:Port", "9"), ("Mail:Tls", "none"), ("Mail:From", "tccc@test.example")));
        await Mail(host, NoticeKind.Mail);
        await TestHost.Until(async () => (await Row(host)).Fault == NoticeFault.Unreachable, "the first try");
        using var client = host.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
        Assert.Contains(
            "tccc_notices_failed_tries_total{kind=\"Mail\",fault=\"Unreachable\"}", await client.GetStringAsync("/metrics"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_sends_nothing()
    {
        await using var gateway = await Gateway.Start();
        await using var host = await TestHost.Start(Webhook(gateway));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Writer.Write(db =>
        {
            host.Get<Notices>().Sms(db, null, "13800001001", "en", new SmsText.SignInCode("000000", Valid));
            throw new InvalidOperationException("no");
        }));
        await Sms(host);
        await InState(host, NoticeState.Sent);
        Assert.Single(gateway.Received);
    }

    [Fact]
    public async Task With_nothing_configured_a_message_is_kept_without_its_secret()
    {
        await using var host = await TestHost.Start();
        Assert.False(host.Get<Notices>().SmsIsOn);
        await Sms(host);
        var row = await Row(host);
        Assert.Equal((NoticeState.NotConfigured, null), (row.State, row.ProtectedSecret));
        Assert.IsType<NotGivenUp>((await Retry(host, row.Id)).Error);
    }

    [Fact]
    public async Task While_the_demo_is_on_codes_are_shown()
    {
        await using var gateway = await Gateway.Start();
        await using var host = await TestHost.Start(Webhook(gateway, ("Demo:Enabled", "true")));
        await Sms(host);
        Assert.Contains(
            Code, Assert.Single(host.Get<Notices>().See(await InState(host, NoticeState.Sent)).Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_without_their_keys_are_given_up_and_say_why()
    {
        await using var gateway = await Gateway.Start();
        gateway.Say(503);
        var first = await TestHost.Start(Webhook(gateway));
        await Sms(first);
        await TestHost.Until(async () => (await Row(first)).Fault == NoticeFault.Busy, "the first try");
        await first.Stop();
        System.IO.Directory.Delete(Path.Combine(first.Folder, "keys"), recursive: true);
        await using var second = await TestHost.Start(Webhook(gateway), folder: first.Folder);
        Assert.Equal(NoticeFault.SecretLost, (await InState(second, NoticeState.Failed)).Fault);
        Assert.Single(gateway.Received);
    }

    [Fact]
    public async Task What_is_old_is_forgotten_but_not_what_waits()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(builder => builder.Services.AddSingleton<TimeProvider>(time));
        await Sms(host);
        await host.Writer.Write(
            db => db.AddAsync(
                new NoticeRow { Id = 1, To = "x", Language = "en", Text = "SignInCode", State = NoticeState.Waiting,
                    At = time.GetUtcNow() }).AsTask());
        time.Advance(NoticeSender.Keep + TimeSpan.FromDays(1));
        await host.Get<NoticeSender>().Tidy();
        Assert.Equal(1, (await Row(host)).Id);
    }

    private static Task Sms(TestHost host) => Mail(host, NoticeKind.Sms);

    private static Task Mail(TestHost host, NoticeKind kind, TimeSpan? validFor = null) => host.Writer.Write(db =>
    {
        if (kind == NoticeKind.Sms) host.Get<Notices>().Sms(db, null, "13800001001", "en", new SmsText.SignInCode(Code, validFor ?? Valid));
        else host.Get<Notices>()
            .Mail(db, null, "amy@test.example", "en",
                new MailText.Invitation("North", "http://localhost/login", "amy@test.example", "Secret#1234"));
        return Task.CompletedTask;
    });

    private static Task<NoticeRow> Row(TestHost host) => host.Read(db => db.Set<NoticeRow>().SingleAsync());

    private static async Task<NoticeRow> InState(TestHost host, NoticeState state)
    {
        await TestHost.Until(async () => (await Row(host)).State == state, $"{state}");
        return await Row(host);
    }

    /// <summary>
    /// A clock that is moved by hand may have moved just before the sender asked it how long to wait: asked again, it looks again.
    /// </summary>
    private static bool Nudge(TestHost host, Func<bool> isSo)
    {
        if (isSo()) return true;
        host.Get<NoticeSender>().Wake();
        return false;
    }

    private static Task<Result> Retry(TestHost host, long id) =>
        host.Writer.Write(async db => host.Get<Notices>().Retry(db, await db.Set<NoticeRow>().SingleAsync(n => n.Id == id)));

    private static Action<WebApplicationBuilder> Webhook(Gateway gateway, ManualTime time) => builder =>
    {
        Webhook(gateway)(builder);
        builder.Services.AddSingleton<TimeProvider>(time);
    };

    private static Action<WebApplicationBuilder> Webhook(Gateway gateway, params (string, string)[] more) =>
        With([("Sms:Webhook:Url", gateway.Address), .. more]);

    private static Action<WebApplicationBuilder> With(params (string Name, string Value)[] settings) => builder =>
    {
        foreach (var (name, value) in settings) builder.Configuration[name] = value;
    };
}
