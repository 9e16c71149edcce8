using System.Text.RegularExpressions;

namespace Tccc.House.Tests;

/// <summary>What slices may use of an engine's room stands in its root; how it is done stands in folders that say what they are.</summary>
public partial class FaceTests
{
    private static readonly string[] Rooms = ["Kernel", "Platform", "Acd", "Sip", "Telephony"];

    [Fact, Trait("Case", "F-E7")]
    public void Every_file_in_the_root_of_a_room_declares_something_public() =>
        Assert.Empty(
            from room in Rooms
            from file in Tree.Files("src/Engine/" + room, ".cs")
            where file.Split('/').Length == 4 && !DeclaresPublic(File.ReadAllText(Tree.Path(file)))
            select file + " belongs in a folder");

    [Fact, Trait("Case", "F-E7")]
    public void What_a_room_of_work_makes_public_stands_in_its_root_or_is_a_row_or_a_flow() =>
        Assert.Empty(
            from room in (string[])["Acd", "Telephony"]
            from file in Tree.Files("src/Engine/" + room, ".cs")
            // pages edit, check, draw and try flows with what calls run
            where file.Split('/') is [_, _, _, not ("Rows" or "Flows"), _, ..] && DeclaresPublic(File.ReadAllText(Tree.Path(file)))
            select file + " declares something public");

    [Fact, Trait("Case", "F-E7")]
    public void What_callers_hear_is_announced_not_told() =>
        Assert.Empty(
            from file in Tree.Files("src/Engine/Telephony", ".cs")
            from Match name in OtherWord().Matches(File.ReadAllText(Tree.Path(file)))
            select $"{file}: {name.Value}");

    [Theory]
    [InlineData("namespace A;\n\n/// <summary>X</summary>\npublic sealed class B;\n", true)]
    [InlineData("namespace A;\n\ninternal sealed class B\n{\n    public int C;\n}\n", false)]
    public void A_public_declaration_is_told_from_a_public_member(string text, bool found) => Assert.Equal(found, DeclaresPublic(text));

    private static bool DeclaresPublic(string text) => Public().IsMatch(text);

    [GeneratedRegex("(?m)^public ")]
    private static partial Regex Public();

    [GeneratedRegex(@"\b\w*(Tell|Told)\w*\b")]
    private static partial Regex OtherWord();
}
