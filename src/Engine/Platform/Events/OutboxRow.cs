using System.ComponentModel.DataAnnotations;

namespace Tccc.Platform;

/// <summary>An event that is stored and not yet handled by everybody. Ids rise in the order in which things happened.</summary>
public sealed class OutboxRow
{
    public long Id { get; set; }

    [MaxLength(100)]
    public required string Type { get; set; }

    public required string Body { get; set; }
}
