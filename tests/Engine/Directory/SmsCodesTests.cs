using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tccc.Platform;
using Tccc.Platform.Tests;

namespace Tccc.Directory.Tests;

public sealed class SmsCodesTests : IAsyncLifetime
{
    private const string Mobile = "13900000001";
    private readonly ManualTime time = new();
    private DirectoryHost host = null!;
    private PersonId amy;

    public async Task InitializeAsync()
    {
        host = await Start();
        amy = (await host.As(people => people.Create(new() { Email = "amy@a.test", Mobile = Mobile }, "Demo#2026"))).Value.Id;
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("13800001000", "13800001000")]
    [InlineData(" 138-0000 1000", "13800001000")]
    [InlineData("+86 138 0000 1000", "13800001000")]
    [InlineData("008613800001000", "13800001000")]
    [InlineData("8613800001000", "13800001000")]
    [InlineData("１３８００００１０００", "13800001000")]
    [InlineData("+44 (20) 7946-0000", "+442079460000")]
    [InlineData("+86 10 6552 9988", null)]
    [InlineData("12800001000", null)]
    [InlineData("1380000100", null)]
    [InlineData("138000010000", null)]
    [InlineData("+0123456789", null)]
    [InlineData("138000o1000", null)]
    [InlineData("138+00001000", null)]
    [InlineData("+1234567890123456", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_number_is_stored_as_it_is_dialled(string? typed, string? stored) => Assert.Equal(stored, MobileNumber.Normalise(typed));

    [Fact]
    public void A_page_shows_the_ends_of_a_number_only() => Assert.Equal("189****8352", MobileNumber.Mask("18912348352"));

    [Fact]
    public async Task The_right_code_is_good_once()
    {
        var code = await Sent();
        Assert.Null(await Redeem(code));
        Assert.Equal("This code is not valid any more. Get a new one.", await Redeem(code));
    }

    [Fact]
    public async Task Two_posts_of_one_code_have_one_winner()
    {
        var code = await Sent();
        var answers = await Task.WhenAll(Redeem(code), Redeem(code), Redeem(code));
        Assert.Single(answers, answer => answer is null);
    }

    [Fact]
    public async Task A_code_is_dead_after_five_minutes()
    {
        var code = await Sent();
        time.Advance(SmsCodes.ValidFor);
        Assert.NotNull(await Redeem(code));
    }

    [Fact]
    public async Task A_code_survives_a_restart()
    {
        var code = await Sent();
        host = await host.Again(WithTime);
        Assert.Null(await Redeem(code));
    }

    [Theory]
    [Trait("Case", "F-A6")]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_code_and_the_wait_for_the_next_last_their_time_whichever_way_the_clock_steps(int hours)
    {
        var first = await Sent();
        time.StepWall(TimeSpan.FromHours(hours));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(40, Assert.IsType<CodeSentJustNow>((await Send()).Error).Seconds);
        Assert.Null(await Redeem(first));
        time.Advance(TimeSpan.FromSeconds(40));
        var second = await Sent();
        time.StepWall(TimeSpan.FromHours(-hours));
        time.Advance(SmsCodes.ValidFor);
        Assert.NotNull(await Redeem(second));
    }

    [Fact]
    [Trait("Case", "F-A6")]
    public async Task After_a_restart_with_the_clock_set_back_the_newest_code_is_good_for_its_time_and_the_next_is_a_minute_away()
    {
        var old = await Sent();
        time.StepWall(TimeSpan.FromHours(-1));
        host = await host.Again(WithTime);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(40, Assert.IsType<CodeSentJustNow>((await Send()).Error).Seconds);
        time.Advance(TimeSpan.FromSeconds(40));
        var next = await Sent();
        Assert.NotEqual(old == next ? "" : null, await Redeem(old));
        Assert.Null(await Redeem(next));
    }

    [Fact]
    public async Task Five_wrong_tries_kill_a_code()
    {
        var code = await Sent();
        var wrong = code == "000000" ? "000001" : "000000";
        for (var i = 0; i < SmsCodes.TriesPerCode; i++) Assert.Equal("This code is wrong.", await Redeem(wrong));
        Assert.Equal("Too many wrong codes. Get a new one.", await Redeem(code));
        Assert.Equal(
            SmsCodes.TriesPerCode,
            await host.Read(db => db.Set<AuditRow>().CountAsync(r => r.What == AuditWhat.SignInFailed && r.Person == amy)));
    }

    [Fact]
    public async Task Only_the_newest_code_is_good()
    {
        var first = await Sent();
        time.Advance(CodeLimits.Between);
        var second = await Sent();
        Assert.NotEqual(first == second ? "" : null, await Redeem(first));
        Assert.Null(await Redeem(second));
    }

    [Fact]
    public async Task A_code_is_good_for_its_purpose_its_number_and_its_asker_alone()
    {
        var code = await Sent(CodePurpose.Bind, amy);
        Assert.NotNull(await Redeem(code, CodePurpose.ChangeMobile, amy));
        Assert.NotNull(await Redeem(code, CodePurpose.SignIn));
        Assert.NotNull(await Redeem(code, CodePurpose.Bind, new PersonId(amy.Value + 1)));
        Assert.NotNull(await Redeem(code, CodePurpose.Bind, amy, "13900000002"));
        Assert.Null(await Redeem(code, CodePurpose.Bind, amy));
    }

    [Fact]
    public async Task A_minute_lies_between_two_sends_to_a_number_whatever_they_are_for()
    {
        await Sent();
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(40, Assert.IsType<CodeSentJustNow>((await Send(CodePurpose.Recover)).Error).Seconds);
        Assert.Equal(1, await host.Read(db => db.Set<NoticeRow>().CountAsync()));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.True((await Send()).Ok);
    }

    [Fact]
    public async Task Of_two_sends_at_once_one_goes_out()
    {
        var sent = await Task.WhenAll(Send(), Send());
        Assert.Single(sent, s => s.Ok);
        Assert.Equal(1, await host.Read(db => db.Set<NoticeRow>().CountAsync()));
    }

    [Fact]
    public async Task Ten_codes_a_day_go_to_a_number()
    {
        for (var i = 0; i < CodeLimits.ADay; i++)
        {
            Assert.True((await Send()).Ok);
            time.Advance(CodeLimits.Between);
        }
        Assert.IsType<CodeSentTooOften>((await Send()).Error);
        time.Advance(TimeSpan.FromDays(1) - (CodeLimits.Between * CodeLimits.ADay));
        Assert.True((await Send()).Ok);
    }

    [Fact]
    [Trait("Case", "F-C4")]
    public async Task A_stranger_uses_up_neither_the_owner_s_codes_nor_their_newest_code()
    {
        var mine = new Origin(IPAddress.Parse("192.0.2.7"), new(1, [amy]));
        Assert.True((await Send(from: mine)).Ok);
        var code = (await host.CodeTo(Mobile))!;
        for (var i = 0; i < CodeLimits.ADay; i++)
        {
            Assert.True((await Send(from: new Origin(IPAddress.Parse("192.0.2.66")))).Ok);
            // a code is good for five minutes
            if (i == 0) Assert.Null(await Redeem(code, from: mine));
            time.Advance(CodeLimits.Between);
        }
        Assert.IsType<CodeSentTooOften>((await Send(from: new Origin(IPAddress.Parse("192.0.2.67")))).Error);
        Assert.True((await Send(from: mine)).Ok);
    }

    [Fact]
    [Trait("Case", "F-C4")]
    public async Task One_person_has_ten_codes_a_day_whatever_the_numbers()
    {
        for (var i = 0; i < CodeLimits.ADayByPerson; i++)
            Assert.True((await Send(CodePurpose.ChangeMobile, amy, number: $"1390000{i:D4}")).Ok);
        Assert.IsType<CodesAskedTooOften>((await Send(CodePurpose.ChangeMobile, amy, number: "13900009999")).Error);
    }

    [Fact]
    [Trait("Case", "F-C4")]
    public async Task One_network_has_so_many_codes_a_day_and_another_is_not_touched()
    {
        var stranger = new Origin(IPAddress.Parse("2001:db8::1"));
        for (var i = 0; i < CodeLimits.ADayByNetwork; i++) Assert.True((await Send(number: $"1390000{i:D4}", from: stranger)).Ok);
        // the same site has as many addresses as it likes
        Assert.IsType<CodesAskedTooOften>((await Send(number: "13900009999", from: new(IPAddress.Parse("2001:db8::2")))).Error);
        Assert.True((await Send(number: "13900009999", from: new(IPAddress.Parse("2001:db8:0:1::1")))).Ok);
    }

    [Fact]
    [Trait("Case", "F-C4")]
    public async Task A_center_that_has_had_its_codes_sends_none_and_a_stranger_is_not_told()
    {
        var (center, agent, _) = await host.MakeCenter("full");
        var person = (await host.As(people => people.Find(agent.Person)))!;
        await host.Get<Writer>().Write(db =>
        {
            for (var i = 0; i < CodeLimits.ADayByCenter; i++)
                db.Add(new SmsCode { Id = host.Ids.Next(), Mobile = $"1390000{i:D4}", Network = "elsewhere", Center = center.Id, Salt = [],
                    Hash = [], SentAt = time.GetUtcNow() });
            return Task.CompletedTask;
        });
        var sent = await host.Read(db => db.Set<NoticeRow>().CountAsync());
        Assert.True((await Send(number: person.Mobile!)).Ok);
        Assert.Equal(sent, await host.Read(db => db.Set<NoticeRow>().CountAsync()));
        Assert.IsType<CodesAskedTooOften>((await Send(CodePurpose.ChangeMobile, person.Id, number: "13900009999")).Error);
    }

    [Theory]
    [Trait("Case", "F-C4")]
    [InlineData(null, "13800001000", true)]
    [InlineData(null, "+442079460000", false)]
    [InlineData("44, 86", "+442079460000", true)]
    [InlineData("44", "13800001000", false)]
    [InlineData("*", "+442079460000", true)]
    public void Codes_go_to_the_countries_of_the_setting(string? setting, string mobile, bool reached)
    {
        var limits = new CodeLimits(new ConfigurationBuilder().AddInMemoryCollection([new("Sms:Countries", setting)]).Build());
        Assert.Equal(reached, limits.Reaches(mobile));
    }

    [Theory]
    [Trait("Case", "F-C4")]
    [InlineData("+44")]
    [InlineData("China")]
    [InlineData("86,,44")]
    public void A_setting_that_is_no_list_of_countries_stops_the_start(string setting) =>
        Assert.Throws<StartupException>(
            () => new CodeLimits(new ConfigurationBuilder().AddInMemoryCollection([new("Sms:Countries", setting)]).Build()));

    [Fact]
    public async Task A_number_that_nobody_has_gets_every_answer_but_the_SMS()
    {
        const string nobodys = "13900000009";
        var known = await Send();
        var unknown = await host.Get<SmsCodes>().Send(CodePurpose.SignIn, nobodys, null, "en", Origin.Unknown);
        Assert.Equal(known.Value, unknown.Value);
        Assert.IsType<CodeSentJustNow>((await host.Get<SmsCodes>().Send(CodePurpose.SignIn, nobodys, null, "en", Origin.Unknown)).Error);
        Assert.Equal("This code is wrong.", await Redeem("no", number: nobodys));
        Assert.Null(await host.CodeTo(nobodys));
        // as many rows either way: the work is the same
        Assert.Equal(2, await host.Read(db => db.Set<SmsCode>().CountAsync()));
    }

    [Fact]
    public async Task The_database_holds_no_code()
    {
        var code = await Sent();
        var row = await host.Read(db => db.Set<SmsCode>().SingleAsync());
        Assert.Equal(SmsCode.HashOf(row.Salt, code), row.Hash);
        Assert.DoesNotContain(
            code, await host.Read(db => db.Set<NoticeRow>().Select(n => n.Values + n.ProtectedSecret).SingleAsync()),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("123456", "123456")]
    [InlineData(" 123 456 ", "123456")]
    [InlineData("１２３４５６", "123456")]
    [InlineData("12345", null)]
    [InlineData("1234567", null)]
    [InlineData("12345a", null)]
    [InlineData(null, null)]
    public void A_code_is_taken_as_people_type_it(string? typed, string? code) => Assert.Equal(code, SmsCodes.Typed(typed));

    private Task<DirectoryHost> Start() => DirectoryHost.Start(with: WithTime);

    private void WithTime(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) =>
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));

    private async Task<string> Sent(CodePurpose purpose = CodePurpose.SignIn, PersonId? asker = null)
    {
        Assert.True((await Send(purpose, asker)).Ok);
        return (await host.CodeTo(Mobile))!;
    }

    private Task<Result<TimeSpan>> Send(
        CodePurpose purpose = CodePurpose.SignIn, PersonId? asker = null, Origin? from = null,
        string number = Mobile) => host.Get<SmsCodes>().Send(purpose, number, asker, "en", from ?? Origin.Unknown);

    private async Task<string?> Redeem(
        string code, CodePurpose purpose = CodePurpose.SignIn, PersonId? asker = null, string number = Mobile, Origin? from = null) =>
        (await host.Get<Writer>()
            .Write<ValidationFailedOrNot>(
                async db =>
                    new(await host.Get<SmsCodes>()
                        .Redeem(db, purpose, number, asker, code, from ?? Origin.Unknown)))).Refusal?.Fields.Single().Message;

    // an answer that is no Result: a wrong try is stored
    private sealed record ValidationFailedOrNot(ValidationFailed? Refusal);
}
