using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login.Tests;

/// <summary>A server with an SMS gateway, which is down: codes wait in the queue, where the tests read them.</summary>
public sealed class AccountSite() : Site(new Dictionary<string, string> { ["Sms:Webhook:Url"] = "http://127.0.0.1:9/" })
{
    /// <summary>Somebody of the center North who has never signed in.</summary>
    internal Task Newcomer(string email) => Person(email, null as string, (North, new Agent()));

    /// <summary>Somebody of the center North with a number.</summary>
    internal async Task<string> Member(string email)
    {
        var mobile = NewMobile();
        await Person(email, mobile, (North, new Agent { Nickname = "Mia" }));
        return mobile;
    }

    internal async Task<List<NoticeRow>> SmsTo(string mobile) =>
        await Read(db => db.Set<NoticeRow>().Where(n => n.To == mobile).OrderByDescending(n => n.Id).ToListAsync());

    /// <summary>The code of the newest SMS to this number.</summary>
    internal async Task<string> CodeTo(string mobile) =>
        Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Tccc.Platform.Notices")
            .Unprotect((await SmsTo(mobile))[0].ProtectedSecret!);

    internal async Task<T> Read<T>(Func<TcccDb, Task<T>> query)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        return await query(db);
    }

    internal Task<List<AuditWhat>> AuditOf(string email) => Read(db =>
        db.Set<AuditRow>().Where(r => db.Set<Person>().Any(p => p.Id == r.Person && p.Email == email)).OrderBy(r => r.Id)
            .Select(r => r.What).ToListAsync());
}

[CollectionDefinition(Name)]
public sealed class OneAccountSite : ICollectionFixture<AccountSite>
{
    public const string Name = "accounts";
}

internal static class Fields
{
    /// <summary>Presses «Get code».</summary>
    public static Task<Answer> GetCode(this Visitor visitor, string on, string address, string mobile) =>
        visitor.Htmx(HttpMethod.Post, address, on, ("mobile", mobile));

    /// <summary>What stands at a field.</summary>
    public static string At(this Answer answer, string field) =>
        answer.Page.GetElementById($"field-{field}-error")?.TextContent.Trim() ?? "";
}
