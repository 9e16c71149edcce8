using Htmx;
using Microsoft.AspNetCore.Http;

namespace Tccc.Platform.Look;

/// <summary>
/// The sheet at the workbench's side, in which a page opens that would otherwise take the workbench, its line and its calls away. A page
/// that may stand in it draws its frame by <see cref="PageFrame"/> or asks <see cref="IsInDrawer"/>; its links and forms stay in it by
/// hx-boost. js/drawer.js
/// </summary>
public static class Drawer
{
    /// <summary>The element the page is put into.</summary>
    public const string Place = "drawer-page";

    private static readonly string[] Pages = ["/settings/", "/records/", "/customers/", "/waiting/", "/why-not-me"];

    public static bool IsInDrawer(this HttpContext? http) => http?.Request.Headers[HtmxRequestHeaders.Keys.Target].ToString() == Place;

    /// <summary>Whether what is at this address can be shown there.</summary>
    internal static bool Holds(string address) => Array.Exists(Pages, page => address.StartsWith(page, StringComparison.Ordinal));
}
