using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

/// <summary>Somebody who administers the center North, with a browser in it.</summary>
internal sealed class Administrator : IDisposable
{
    private Administrator(Site site, Visitor visitor, Agent me) => (Site, Visitor, Me) = (site, visitor, me);

    public Site Site { get; }

    public Visitor Visitor { get; }

    public Agent Me { get; }

    public CenterView Center => Site.Services.GetRequiredService<Centers>().Of(Site.North.Id)!;

    public static async Task<Administrator> Of(Site site, string email, Role role = Role.Administrator)
    {
        var agent = await site.NewAgent(email);
        await site.Services.GetRequiredService<Writer>()
            .Write(db => db.Set<Agent>().Where(a => a.Id == agent.Id).ExecuteUpdateAsync(a => a.SetProperty(r => r.Role, role)));
        await site.Services.GetRequiredService<Centers>().Reload(site.North.Id);
        var visitor = await site.SignedIn(email);
        await visitor.Enter(site.North.Id, online: false);
        return new(site, visitor, agent);
    }

    /// <summary>Sends the form of a page; the answer is the list when it was saved, else the page with what was wrong.</summary>
    public Task<Answer> Save(string page, string action, params (string, string)[] fields) => Visitor.Send(page, action, fields);

    /// <summary>As <see cref="Save"/>, when the answer leads to a page.</summary>
    public async Task<Answer> SaveAndFollow(string page, string action, params (string, string)[] fields) =>
        await Visitor.Get((await Save(page, action, fields)).Location!);

    public async Task<GroupInfo> NewGroup(int number, string name, params (string, string)[] more)
    {
        var answer = await Save("/admin/groups/new", "/admin/groups", [.. Group(number, name), .. more]);
        Assert.Equal("/admin/groups?done=saved", answer.Location);
        return Center.Groups.Values.Single(g => g.Group.Number == number);
    }

    public static (string, string)[] Group(int number, string name, string then = "AnnounceAndHangUp", string overflow = "") =>
    [
        ("Number", number.ToString(null as IFormatProvider)), ("Name", name), ("Strategy", "LongestIdle"), ("RingSeconds", "20"),
        ("LongestWaitSeconds", "300"),
        ("WhenWaitedTooLong", then), ("OverflowGroup", overflow),
    ];

    public void Dispose() => Visitor.Dispose();
}

/// <summary>A server of their own for these tests: they sign in more often than one server lets one address.</summary>
[CollectionDefinition(Name)]
public sealed class AdminSite : ICollectionFixture<Site>
{
    public const string Name = "admin site";
}

internal static class Refusals
{
    /// <summary>What stands at a field.</summary>
    public static string At(this Answer answer, string field)
    {
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, answer.Status);
        return answer.Page.QuerySelectorAll(".field-error").SingleOrDefault(e => e.Id == $"field-{field}-error")?.TextContent.Trim()
            ?? $"nothing at {field}; elsewhere: {string.Join(" | ", answer.Page.QuerySelectorAll(".field-error").Select(e => $"{e.Id}: {e.TextContent.Trim()}"))}";
    }
}
