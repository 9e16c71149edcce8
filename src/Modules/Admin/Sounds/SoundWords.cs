using Tccc.Directory;

namespace Tccc.Admin;

internal static class SoundWords
{
    /// <summary>The center's recordings to choose from; the first is what plays without one.</summary>
    public static IReadOnlyList<(string, string)> Options(CenterView view, string otherwise) =>
        [("", otherwise), .. view.Sounds.Values.OrderBy(s => s.Name, StringComparer.CurrentCulture).Select(s => (s.Id.ToString(), s.Name))];

    public static string Length(int milliseconds) => $"{milliseconds / 60_000}:{milliseconds / 1000 % 60:00}";
}
