using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>Nickname, staff number, account and the masked number of who asks; product.md §1 «Personal information».</summary>
internal static class ShowProfile
{
    public const string Address = "/settings/profile";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(
        Address, (HttpContext http, TcccDb db, People people, CurrentAgent me) => Page(http, db, people, me, null, null));

    /// <param name="typed">Null when nothing was, and the form shows what is stored.</param>
    public static async Task<IResult> Page(
        HttpContext http, TcccDb db, People people, CurrentAgent me, ChangeNickname.Draft? typed, Error? refusal)
    {
        if (await people.Find(me.Person) is not { } person) return new SignInFirst().ToHttp();
        var agent = me.InCenter ? await db.Of<Agent>(me.Center).SingleOrDefaultAsync(a => a.Id == me.Agent) : null;
        return Pages.Of<ProfilePage>(
            http, refusal, (nameof(ProfilePage.Person), person), (nameof(ProfilePage.Agent), agent),
            (nameof(ProfilePage.Draft), typed ?? (agent is null ? null : ChangeNickname.Draft.Of(agent))),
            (nameof(ProfilePage.Refusal), refusal));
    }
}
