using System.Text.Json;

namespace Tccc.House.Tests;

/// <summary>Whatever is shipped has its licence named beside it.</summary>
public class NoticesTests
{
    /// <summary>Needed to build, or by bin/migration; not in what is published.</summary>
    private static readonly string[] NotShipped =
        ["Microsoft.CodeAnalysis.", "Microsoft.EntityFrameworkCore.Design", "Humanizer.Core", "System.Composition"];

    /// <summary>Named together in one row.</summary>
    private static readonly string[] Families = ["Microsoft.EntityFrameworkCore", "Microsoft.Extensions.", "System."];

    [Fact]
    public void Every_package_that_is_shipped_is_in_the_notices()
    {
        var notices = File.ReadAllText(Tree.Path("THIRD-PARTY-NOTICES.md"));
        using var locked = JsonDocument.Parse(File.ReadAllText(Tree.Path("src/Tccc.Web/packages.lock.json")));
        Assert.Empty(
            from target in locked.RootElement.GetProperty("dependencies").EnumerateObject()
            from package in target.Value.EnumerateObject()
            where package.Value.GetProperty("type").GetString() != "Project"
            where !NotShipped.Concat(Families).Any(package.Name.StartsWith)
            where !notices.Contains(package.Name, StringComparison.Ordinal)
            select package.Name);
    }

    [Fact]
    public void The_notices_and_the_licences_they_name_are_published_with_the_server()
    {
        var project = File.ReadAllText(Tree.Path("src/Tccc.Web/Tccc.Web.csproj"));
        Assert.Contains("../../THIRD-PARTY-NOTICES.md", project, StringComparison.Ordinal);
        Assert.All(
            ["LGPL-3.0.txt", "GPL-3.0.txt", "Apache-2.0.txt", "Hangfire-NOTICES.md"],
            file => Assert.True(File.Exists(Tree.Path("src/Tccc.Web/Licences/" + file)), file));
    }
}
