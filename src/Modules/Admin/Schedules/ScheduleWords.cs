using Microsoft.Extensions.Localization;
using Tccc.Directory;

namespace Tccc.Admin;

internal static class ScheduleWords
{
    /// <summary>The center's opening hours to choose from.</summary>
    public static IReadOnlyList<(string, string)> Options(CenterView view, IStringLocalizer<Texts> texts) =>
        [("", texts["Always open"]), .. view.Schedules.Values.OrderBy(s => s.Name, StringComparer.CurrentCulture)
            .Select(s => (s.Id.ToString(), s.Name))];
}
