using System.Text.RegularExpressions;

namespace Tccc.House.Tests;

/// <summary>Each fault that was found by using the product has a test, which names it: <c>[Trait("Case", "F-A1")]</c>.</summary>
public partial class RowTests
{
    private static readonly string[] Rows =
    [
        .. Of('A', 16), .. Of('B', 9), .. Of('C', 16), .. Of('D', 16), .. Of('E', 12),
    ];

    [Fact]
    public void Every_row_has_a_test()
    {
        var tested = Tree.Files("tests", ".cs").SelectMany(file => Case().Matches(File.ReadAllText(Tree.Path(file))))
            .Select(m => m.Groups[1].Value).ToHashSet();
        Assert.Empty(Rows.Except(tested));
        Assert.Empty(tested.Where(row => row.StartsWith("F-", StringComparison.Ordinal)).Except(Rows));
    }

    private static IEnumerable<string> Of(char part, int count) => Enumerable.Range(1, count).Select(number => $"F-{part}{number}");

    [GeneratedRegex("""Trait\("Case", "([^"]+)"\)""")]
    private static partial Regex Case();
}
