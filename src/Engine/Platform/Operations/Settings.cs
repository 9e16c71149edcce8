using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Tccc.Platform;

/// <summary>Reads settings so that a value that can't be is named; docs/operations.md.</summary>
public static class Settings
{
    /// <summary>Whether it is true; false when it is not set. Anything else than true and false stops the start.</summary>
    public static bool IsOn(this IConfiguration settings, string name) => settings[name] switch
    {
        null or "" => false,
        var text => bool.TryParse(text, out var on) ? on : throw new StartupException($"{name} is \"{text}\"; it must be true or false."),
    };

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>. Anything else stops the start.</summary>
    /// <param name="otherwise">When it is not set.</param>
    public static int Whole(this IConfiguration settings, string name, int otherwise, int least, int most) => settings[name] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most => n,
        var text => throw new StartupException($"{name} is \"{text}\"; it must be a whole number from {least} to {most}."),
    };
}
