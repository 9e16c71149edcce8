using Microsoft.EntityFrameworkCore;

namespace Tccc.Platform;

/// <summary>
/// A row that belongs to exactly one center. Every table but centers and people has it; product.md §1 «no query crosses centers».
/// </summary>
public interface ICenterRow
{
    CenterId Center { get; }
}

public static class CenterRows
{
    /// <summary>The rows of one center: the way every query on a center's table begins.</summary>
    public static IQueryable<T> Of<T>(this TcccDb db, CenterId center) where T : class, ICenterRow =>
        db.Set<T>().Where(row => row.Center == center);
}
