using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Admin;

/// <summary>What the center plays to callers, to be heard in the page; product.md §4.</summary>
public static class ListSounds
{
    /// <param name="UsedBy">Names of groups, numbers, the center.</param>
    public sealed record Row(Sound Sound, IReadOnlyList<string> UsedBy);

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/sounds", (Centers centers, CurrentAgent me, string? q) =>
        {
            var view = centers.Of(me.Center)!;
            var rows = view.Sounds.Values.OrderBy(s => s.Name, StringComparer.CurrentCulture).Where(s => Reading.Fits(q, s.Name, s.Text))
                .Select(s => new Row(s, UsersOf(view, s.Id)));
            return Reading.Page<SoundsPage>(null, ("Rows", rows.ToList()), ("Total", view.Sounds.Count), ("Query", q));
        });

        app.MapGet("/admin/sounds/{id:long}/audio", (Centers centers, SoundFiles files, CurrentAgent me, SoundId id) =>
            centers.Of(me.Center)!.Sounds.ContainsKey(id)
                && files.FileOf(id) is { } path ? Results.File(path, "audio/wav", enableRangeProcessing: true) : new NotInThisCenter()
                    .ToHttp());
    }

    /// <summary>What plays this recording.</summary>
    internal static IReadOnlyList<string> UsersOf(CenterView view, SoundId sound) =>
    [
        .. view.Center.HoldMusic == sound ? new[] { view.Center.Name } : [],
        .. view.Groups.Values.Where(g => g.Group.HoldMusic == sound || g.Group.Farewell == sound).Select(g => g.Name),
        .. view.Numbers.Values.Where(n => n.ClosedAnnouncement == sound).Select(n => n.Digits),
    ];
}
