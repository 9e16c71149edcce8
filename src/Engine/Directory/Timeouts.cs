using Microsoft.Extensions.Configuration;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// What a new center and its groups begin with, from Timeouts:* of the configuration; what an administrator sets later wins. operations.md
/// «Settings». A value out of its bounds stops the start with one clear line.
/// </summary>
public sealed class Timeouts(IConfiguration configuration)
{
    /// <summary>product.md §2: 0–600, 0 = no wrap-up.</summary>
    public int WrapUpSeconds { get; } = Read(configuration, nameof(WrapUpSeconds), 30, 0, Center.LongestWrapUp);

    /// <summary>
    /// Seconds a workbench may be gone, at least: a page that lost its stream takes some to open it again, after a restart of the server
    /// too.
    /// </summary>
    public const int LeastConnectionLost = 10;

    /// <summary>How long a workbench may be gone.</summary>
    public int ConnectionLostSeconds { get; } = Read(configuration, nameof(ConnectionLostSeconds), 30, LeastConnectionLost, 600);

    public int RingSeconds { get; } = Read(configuration, nameof(RingSeconds), 20, SkillGroup.ShortestRing, SkillGroup.LongestRing);

    public int LongestWaitSeconds { get; } =
        Read(configuration, nameof(LongestWaitSeconds), 300, SkillGroup.ShortestWait, SkillGroup.LongestWait);

    /// <summary>A center with these.</summary>
    public Center Begin(Center center)
    {
        (center.WrapUpSeconds, center.ConnectionLostSeconds) = (WrapUpSeconds, ConnectionLostSeconds);
        return center;
    }

    /// <summary>A group with these.</summary>
    public SkillGroup Begin(SkillGroup group)
    {
        (group.RingSeconds, group.LongestWaitSeconds) = (RingSeconds, LongestWaitSeconds);
        return group;
    }

    private static int Read(IConfiguration configuration, string name, int otherwise, int least, int most) =>
        configuration.Whole("Timeouts:" + name, otherwise, least, most);
}
