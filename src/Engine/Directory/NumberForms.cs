namespace Tccc.Directory;

/// <summary>
/// The ways in which carriers and phones write one number: with and without the plus, national or with the country. A number that comes as
/// <c>N</c>,
/// <c>0N</c>, <c>86N</c>, <c>+86N</c> or <c>0086N</c>, where N has 10 or 11 digits and does not begin with 0, may stand in our tables as
/// any of these five; every other one, that comes as <c>X</c>, <c>+X</c> or <c>00X</c>, as any of these three. The form that came goes
/// first.
/// </summary>
public static class NumberForms
{
    /// <summary>Whose national numbers are written without a country; as <see cref="MobileNumber"/> has it.</summary>
    public const string Country = "86";

    private const string TrunkPrefix = "0";
    private const string International = "00";

    // a national significant number of mainland China
    private const int Shortest = 10;
    private const int Longest = 11;

    /// <summary>The number as it is written, then its other forms.</summary>
    public static IEnumerable<string> Of(string number)
    {
        yield return number;
        if (National(number) is { } national)
        {
            foreach (var prefix in (string[])["", TrunkPrefix, Country, "+" + Country, International + Country])
            {
                if (number.Length != prefix.Length + national.Length
                    || !number.StartsWith(prefix, StringComparison.Ordinal)) yield return prefix + national;
            }

            yield break;
        }

        var bare = number.StartsWith('+') ? number[1..] : number.StartsWith(International, StringComparison.Ordinal) ? number[2..] : number;
        if (bare.Length == 0) yield break;
        foreach (var prefix in (string[])["", "+", International])
        {
            if (number.Length != prefix.Length + bare.Length
                || !number.StartsWith(prefix, StringComparison.Ordinal)) yield return prefix + bare;
        }
    }

    private static string? National(string number)
    {
        var rest = number;
        if (number.StartsWith('+')) rest = After(number, "+" + Country);
        else if (number.StartsWith(International, StringComparison.Ordinal)) rest = After(number, International + Country);
        else if (number.StartsWith(TrunkPrefix, StringComparison.Ordinal)) rest = number[1..];
        else if (number.Length > Longest) rest = After(number, Country);
        return rest is { Length: >= Shortest and <= Longest } && rest[0] != '0' && rest.All(char.IsAsciiDigit) ? rest : null;
    }

    private static string? After(string number, string prefix) => number.StartsWith(prefix, StringComparison.Ordinal)
        ? number[prefix.Length..] : null;
}
