using Microsoft.Extensions.Localization;
using Tccc.Directory;

namespace Tccc.Admin;

internal static class GroupWords
{
    public static string Strategy(IStringLocalizer<Texts> texts, RingStrategy strategy) => strategy switch
    {
        RingStrategy.RoundRobin => texts["Round robin"],
        RingStrategy.HighestLevel => texts["Highest level, then longest idle"],
        RingStrategy.RingAll => texts["Ring all"],
        _ => texts["Longest idle"],
    };
}
