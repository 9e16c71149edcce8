using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>Nickname, staff number, account and the masked number of who asks; product.md §1 «Personal information».</summary>
internal static class ShowProfile
{
    public const string Address = "/settings/profile";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(Address, (HttpContext http, Centers centers, People people, CurrentAgent me) =>
            Page(http, centers, people, me, null, null));

    public static async Task<IResult> Page(
        HttpContext http, Centers centers, People people, CurrentAgent me, string? typed, Error? refusal) =>
        await people.Find(me.Person) is not { } person ? new SignInFirst().ToHttp() : Pages.Of<ProfilePage>(http, refusal,
            (nameof(ProfilePage.Person), person), (nameof(ProfilePage.Agent), me.InCenter ? centers.Agent(me.Agent) : null),
            (nameof(ProfilePage.Nickname), typed), (nameof(ProfilePage.Refusal), refusal));
}
