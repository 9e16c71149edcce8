using System.Text.RegularExpressions;

namespace Tccc.House.Tests;

/// <summary>From an event to who listens: the README of the room that raises it says so, in a table.</summary>
public partial class EventTableTests
{
    [Fact, Trait("Case", "F-E12")]
    public void The_README_of_a_room_lists_its_events_with_all_who_listen_to_each()
    {
        var listeners = Listeners();
        Assert.Empty(
            from module in Tree.Files("src", "Module.cs")
            from name in EventsOf(module)
            let readme = ReadmeOf(module)
            let told = Told(readme, name)
            let real = listeners[name].Order(StringComparer.Ordinal).ToList()
            where told is null || !told.SequenceEqual(real)
            select $"{readme}: {name} is heard by [{string.Join(", ", real)}], and the table says [{string.Join(", ", told ?? ["nothing of it"])}]");
    }

    [Fact, Trait("Case", "F-E12")]
    public void A_row_is_read_with_several_events_and_several_listeners() =>
        Assert.Equal(
            ["Dial OnOffer", "Telephony DispatcherNews"],
            Told("| event | listeners |\n|---|---|\n| A, OfferMade | Telephony DispatcherNews, Dial OnOffer |\n".Split('\n'), "OfferMade"));

    private static IEnumerable<string> EventsOf(string module) =>
        from Match call in Added().Matches(File.ReadAllText(Tree.Path(module)))
        from Match type in Type().Matches(call.Value)
        select type.Groups[1].Value;

    /// <summary>By event: the room and the file of each that listens.</summary>
    private static ILookup<string, string> Listeners() =>
        (from file in Tree.Files("src", ".cs")
         let room = Path.GetFileName(Path.GetDirectoryName(ReadmeOf(file)))!
         from Match heard in Heard().Matches(File.ReadAllText(Tree.Path(file)))
         where heard.Groups[1].Value.Length > 1 && !file.EndsWith("Module.cs", StringComparison.Ordinal)
         select (Event: heard.Groups[1].Value, By: $"{room} {Path.GetFileNameWithoutExtension(file)}")).Distinct()
             .ToLookup(l => l.Event, l => l.By);

    private static string ReadmeOf(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        while (!Directory.EnumerateFiles(Tree.Path(folder), "*.csproj").Any()) folder = Path.GetDirectoryName(folder)!;
        return folder.Replace('\\', '/') + "/README.md";
    }

    private static List<string>? Told(string readme, string name) => Told(File.ReadAllLines(Tree.Path(readme)), name);

    private static List<string>? Told(string[] lines, string name) =>
        (from line in lines
         let cells = line.Split('|', StringSplitOptions.TrimEntries)
         where cells.Length == 4 && cells[1].Split(", ").Contains(name)
         select cells[2].Split(", ").Where(who => who != "nobody").Order(StringComparer.Ordinal).ToList()).SingleOrDefault();

    [GeneratedRegex(@"AddEvents\((?:[^()]|\([^()]*\))*\)", RegexOptions.Singleline)]
    private static partial Regex Added();

    [GeneratedRegex(@"typeof\((\w+)\)")]
    private static partial Regex Type();

    [GeneratedRegex(@"INotificationHandler<Occurred<(\w+)>>")]
    private static partial Regex Heard();
}
