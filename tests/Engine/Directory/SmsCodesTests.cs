using Microsoft.EntityFrameworkCore;
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

    [Fact]
    public async Task Five_wrong_tries_kill_a_code()
    {
        var code = await Sent();
        var wrong = code == "000000" ? "000001" : "000000";
        for (var i = 0; i < SmsCodes.TriesPerCode; i++) Assert.Equal("This code is wrong.", await Redeem(wrong));
        Assert.Equal("Too many wrong codes. Get a new one.", await Redeem(code));
        Assert.Equal(SmsCodes.TriesPerCode, await host.Read(db => db.Set<AuditRow>().CountAsync(r => r.What == AuditWhat.SignInFailed && r.Person == amy)));
    }

    [Fact]
    public async Task Only_the_newest_code_is_good()
    {
        var first = await Sent();
        time.Advance(SmsCodes.BetweenSends);
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
        for (var i = 0; i < SmsCodes.SendsADay; i++)
        {
            Assert.True((await Send()).Ok);
            time.Advance(SmsCodes.BetweenSends);
        }
        Assert.IsType<CodeSentTooOften>((await Send()).Error);
        time.Advance(TimeSpan.FromDays(1) - (SmsCodes.BetweenSends * SmsCodes.SendsADay));
        Assert.True((await Send()).Ok);
    }

    [Fact]
    public async Task A_number_that_nobody_has_gets_every_answer_but_the_SMS()
    {
        const string nobodys = "13900000009";
        var known = await Send();
        var unknown = await host.Get<SmsCodes>().Send(CodePurpose.SignIn, nobodys, null, "en", null);
        Assert.Equal(known.Value, unknown.Value);
        Assert.IsType<CodeSentJustNow>((await host.Get<SmsCodes>().Send(CodePurpose.SignIn, nobodys, null, "en", null)).Error);
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
        Assert.DoesNotContain(code, await host.Read(db => db.Set<NoticeRow>().Select(n => n.Values + n.ProtectedSecret).SingleAsync()), StringComparison.Ordinal);
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

    private void WithTime(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));

    private async Task<string> Sent(CodePurpose purpose = CodePurpose.SignIn, PersonId? asker = null)
    {
        Assert.True((await Send(purpose, asker)).Ok);
        return (await host.CodeTo(Mobile))!;
    }

    private Task<Result<DateTimeOffset>> Send(CodePurpose purpose = CodePurpose.SignIn, PersonId? asker = null) => host.Get<SmsCodes>().Send(purpose, Mobile, asker, "en", null);

    private async Task<string?> Redeem(string code, CodePurpose purpose = CodePurpose.SignIn, PersonId? asker = null, string number = Mobile) =>
        (await host.Get<Writer>().Write<ValidationFailedOrNot>(async db => new(await host.Get<SmsCodes>().Redeem(db, purpose, number, asker, code, null)))).Refusal?.Fields.Single().Message;

    // an answer that is no Result: a wrong try is stored
    private sealed record ValidationFailedOrNot(ValidationFailed? Refusal);
}
