using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Acd.Rows;

/// <summary>
/// Which agent took a customer's contact. Only added, and forgotten after 24 h: product.md §4 «the same caller within 24 h».
/// </summary>
public sealed class LastServedRow : ICenterRow
{
    public long Id { get; set; }

    public CenterId Center { get; set; }

    /// <summary>A caller's number as <see cref="Directory.PhoneKey"/> writes it, the user id of a chat as it is.</summary>
    [MaxLength(200)]
    public required string Customer { get; set; }

    public AgentId Agent { get; set; }

    public DateTimeOffset At { get; set; }
}
