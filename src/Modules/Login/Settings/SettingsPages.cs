using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>What a person sets about themselves: the pages, in the order of their menu.</summary>
internal static class SettingsPages
{
    public static readonly (string Address, string Icon, string Word)[] Menu =
    [
        (ShowProfile.Address, "user-circle", "Personal information"),
        (ChangeMobile.Address, "phone", "Mobile number"),
        (ChangePassword.Address, "lock", "Change password"),
        (ChangeLanguage.Address, "language", "Language"),
        (Sessions, "logout", "Sign out"),
    ];

    public const string Sessions = "/settings/sessions";

    /// <summary>The page again, saying that it was saved.</summary>
    public static string DoneAt(string address) => address + "?done=saved";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/settings", () => Results.Redirect(ShowProfile.Address));
        app.MapGet(Sessions, (HttpContext http) => Pages.Of<SessionsPage>(http, null));
    }
}
