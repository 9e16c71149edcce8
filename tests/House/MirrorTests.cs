namespace Tccc.House.Tests;

/// <summary>Tests stand where what they test stands: a project a room, a folder a folder, a file a use case.</summary>
public class MirrorTests
{
    [Fact, Trait("Case", "F-E8")]
    public void Every_room_has_its_tests_at_the_mirrored_place() =>
        Assert.Empty(
            from project in Tree.Files("src", ".csproj")
            let mirrored = "tests" + project["src".Length..].Replace(".csproj", ".Tests.csproj", StringComparison.Ordinal)
            where !File.Exists(Tree.Path(mirrored))
            select mirrored + " is missing");

    [Fact, Trait("Case", "F-E8")]
    public void A_test_of_a_module_stands_beside_the_mirror_of_what_it_is_named_for() =>
        Assert.Empty(
            from file in Tree.Files("tests/Modules", "Tests.cs")
            let source = "src" + file["tests".Length..^"Tests.cs".Length]
            // what is true of a whole room stands in its root
            where Path.GetFileName(file) is not ("AccessTests.cs" or "ChangedMeanwhileTests.cs") && !File.Exists(Tree.Path(source + ".cs"))
                && !File.Exists(Tree.Path(source + ".razor"))
            select $"{file}: there is no {source}.cs");

    [Fact, Trait("Case", "F-E8")]
    public void No_test_of_a_module_is_in_the_host_s_project() =>
        Assert.Empty(
            Tree.Files("tests/Tccc.Web", "Tests.cs")
                .Where(f => File.ReadAllText(Tree.Path(f)).Contains("AdminSite", StringComparison.Ordinal)));
}
