using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Tccc.Platform.Tests;

/// <summary>What the sending of mails and SMS is made of: words, times, signatures, settings, Tencent's answers.</summary>
public sealed partial class NoticePartsTests
{
    private static readonly string[] TencentSettings =
        ["Sms:Tencent:SecretId=id", "Sms:Tencent:SecretKey=key", "Sms:Tencent:SdkAppId=1400006666", "Sms:Tencent:SignName=Tccc",
            .. Templates()];

    // the worked examples of Tencent Cloud's documentation, «Signature v3»
    [Fact]
    public void The_signature_is_that_of_the_published_example_with_GET() => Assert.Equal(
        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2018-10-09/cvm/tc3_request, SignedHeaders=content-type;host, Signature=5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474",
        Tc3Signature.Authorization(
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "cvm", "cvm.tencentcloudapi.com", "GET",
            "Limit=10&Offset=0",
            "application/x-www-form-urlencoded", [], DateTimeOffset.FromUnixTimeSeconds(1539084154)));

    [Fact]
    public void The_signature_is_that_of_the_published_example_with_POST() => Assert.Equal(
        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
        Tc3Signature.Authorization(
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "cvm", "cvm.tencentcloudapi.com", "POST", "",
            "application/json; charset=utf-8",
                """{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"""u8,
                DateTimeOffset.FromUnixTimeSeconds(1551113065)));

    [Fact]
    public void The_gaps_grow_from_seconds_to_an_hour_and_end()
    {
        var now = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [5, 30, 120, 600, 3600], Enumerable.Range(1, 5).Select(tries => (RetryTimes.Next(tries, now, null)!.Value - now).TotalSeconds));
        Assert.Null(RetryTimes.Next(6, now, null));
        Assert.Equal(now.AddMinutes(1), RetryTimes.Next(3, now, now.AddMinutes(1)));
    }

    [Fact]
    public async Task Every_text_stands_in_both_languages_with_all_its_values()
    {
        await using var host = await TestHost.Start();
        var wording = host.Get<Wording>();
        Assert.NotEmpty(Wording.All);
        foreach (var text in Wording.All.Select(type => type.Name))
        {
            string[] values = ["<b>N&N</b>", "https://here/login", "amy@test.example"];
            var (english, chinese) = (wording.Write(text, "en", values, "S#<1>"), wording.Write(text, "zh-CN", values, "S#<1>"));
            Assert.DoesNotMatch(Chinese(), english.Plain.Replace("<b>N&N</b>", "", StringComparison.Ordinal));
            Assert.All(chinese.Lines.Prepend(chinese.Subject ?? chinese.Lines[0]), line => Assert.Matches(Chinese(), line));
            Assert.Equal(english.Lines.Count, chinese.Lines.Count);
            foreach (var value in (string[])[.. values, "S#<1>"])
                Assert.Equal(
                    english.Plain.Contains(value, StringComparison.Ordinal), chinese.Plain.Contains(value, StringComparison.Ordinal));
            // what people typed can't become markup
            Assert.DoesNotContain("<b>", english.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<1>", chinese.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_of_a_text_reaches_a_log()
    {
        Assert.Equal("Invitation", new MailText.Invitation("North", "http://x", "amy@test.example", "Secret#1").ToString());
        Assert.Equal("SignInCode", $"{new SmsText.SignInCode("813402", TimeSpan.FromMinutes(5))}");
    }

    [Theory]
    [InlineData("Mail:Port=25", "Mail:Host is missing")]
    [InlineData("Mail:Host=mx", "Mail:From is missing")]
    [InlineData("Mail:Host=mx;Mail:From=nobody", "Mail:From is \"nobody\"")]
    [InlineData("Mail:Host=mx;Mail:From=a@b.example;Mail:Port=99999", "Mail:Port is \"99999\"")]
    [InlineData("Mail:Host=mx;Mail:From=a@b.example;Mail:Tls=maybe", "Mail:Tls is \"maybe\"")]
    [InlineData("Mail:Host=mx;Mail:From=a@b.example;Mail:User=a", "Mail:User and Mail:Password belong together")]
    [InlineData("Sms:Webhook:Url=ftp://x", "Sms:Webhook:Url is \"ftp://x\"")]
    [InlineData("Sms:Webhook:Secret=x", "Sms:Webhook:Url is missing")]
    [InlineData("Sms:Tencent:SecretId=x", "Sms:Tencent:Templates:")]
    public void A_setting_that_can_not_be_is_said_in_one_line(string settings, string line) =>
        Assert.StartsWith(line, Assert.Throws<StartupException>(() => Read(settings.Split(';'))).Message, StringComparison.Ordinal);

    [Fact]
    public void SMS_go_out_one_way() =>
        Assert.StartsWith(
            "Sms:Webhook and Sms:Tencent are both set",
            Assert.Throws<StartupException>(() => Read([.. TencentSettings, "Sms:Webhook:Url=https://x"])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Mail_is_encrypted_unless_the_settings_say_that_it_need_not_be()
    {
        string[] least = ["Mail:Host=mx", "Mail:From=Tccc <a@b.example>"];
        Assert.Equal((MailSecurity.StartTls, 587), (Read(least).Mail!.Security, Read(least).Mail!.Port));
        Assert.Equal(465, Read([.. least, "Mail:Tls=tls"]).Mail!.Port);
        Assert.Equal(25, Read([.. least, "Mail:Tls=none"]).Mail!.Port);
        Assert.Null(Read([]).Mail);
    }

    [Fact]
    public async Task A_server_with_a_wrong_setting_does_not_start() =>
        await Assert.ThrowsAsync<StartupException>(() => TestHost.Start(builder => builder.Configuration["Mail:Host"] = "mx"));

    [Fact]
    public async Task Tencent_gets_a_signed_request_with_the_template_of_the_language()
    {
        await using var gateway = await Gateway.Start();
        gateway.Answer = (_, _) =>
            Task.FromResult((200, """{"Response":{"SendStatusSet":[{"Code":"Ok","Message":"send success"}],"RequestId":"r"}}"""));
        var row = await SentBy(gateway);
        Assert.Equal(NoticeState.Sent, row.State);
        var one = Assert.Single(gateway.Received);
        using var body = JsonDocument.Parse(one.Body);
        Assert.Equal("13800001001", body.RootElement.GetProperty("PhoneNumberSet")[0].GetString());
        Assert.Equal("BindCode-zh-CN", body.RootElement.GetProperty("TemplateId").GetString());
        Assert.Equal(["813402", "5"], body.RootElement.GetProperty("TemplateParamSet").EnumerateArray().Select(v => v.GetString()));
        Assert.Equal(
            ("SendSms", "2021-01-11", "ap-guangzhou"),
            (one.Headers["X-TC-Action"], one.Headers["X-TC-Version"], one.Headers["X-TC-Region"]));
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(one.Headers["X-TC-Timestamp"], CultureInfo.InvariantCulture));
        Assert.Equal(
            Tc3Signature.Authorization(
                "id", "key", "sms", one.Headers["Host"], "POST", "", one.Headers["Content-Type"], Encoding.UTF8.GetBytes(one.Body), at),
            one.Headers["Authorization"]);
    }

    [Theory]
    [InlineData(
        """{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":"wrong"},"RequestId":"r"}}""", NoticeState.Waiting,
        NoticeFault.SignInRefused, "AuthFailure.SignatureFailure: wrong")]
    [InlineData(
        """{"Response":{"SendStatusSet":[{"Code":"LimitExceeded.PhoneNumberThirtySecondLimit","Message":"slow"}]}}""", NoticeState.Waiting,
        NoticeFault.Busy, "LimitExceeded.PhoneNumberThirtySecondLimit: slow")]
    [InlineData(
        """{"Response":{"SendStatusSet":[{"Code":"InvalidParameterValue.IncorrectPhoneNumber","Message":"813402?"}]}}""",
        NoticeState.Failed, NoticeFault.Rejected, "InvalidParameterValue.IncorrectPhoneNumber: ••••••?")]
    [InlineData("<html>", NoticeState.Waiting, NoticeFault.Busy, "<html>")]
    public async Task What_Tencent_refuses_is_told_apart(string answer, NoticeState state, NoticeFault fault, string detail)
    {
        await using var gateway = await Gateway.Start();
        gateway.Answer = (_, _) => Task.FromResult((200, answer));
        var row = await SentBy(gateway);
        Assert.Equal((state, fault, detail), (row.State, row.Fault, row.Detail));
    }

    /// <summary>A bind code in Chinese by a Tencent that the gateway plays, after its first try.</summary>
    private static async Task<NoticeRow> SentBy(Gateway gateway)
    {
        await using var host = await TestHost.Start(builder =>
        {
            foreach (var pair in TencentSettings.Append("Sms:Tencent:Url=" + gateway.Address).Select(s => s.Split('=', 2)))
                builder.Configuration[pair[0]] = pair[1];
        });
        await host.Writer.Write(db =>
        {
            host.Get<Notices>().Sms(db, null, "13800001001", "zh", new SmsText.BindCode("813402", TimeSpan.FromMinutes(5)));
            return Task.CompletedTask;
        });
        Task<NoticeRow> Row() => host.Read(db => db.Set<NoticeRow>().SingleAsync());
        await TestHost.Until(async () => await Row() is { Fault: not null } or { State: not NoticeState.Waiting }, "the first try");
        return await Row();
    }

    private static NoticeSettings Read(IEnumerable<string> settings) =>
        new(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).ToDictionary(s => s[0], s => (string?)s[1])).Build());

    private static IEnumerable<string> Templates() =>
        from text in (string[])["SignInCode", "RecoveryCode", "BindCode"] from language in (string[])["zh-CN", "en"]
            select $"Sms:Tencent:Templates:{text}:{language}={text}-{language}";

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex Chinese();
}
