using Microsoft.EntityFrameworkCore;

namespace Tccc.Platform;

internal sealed class NoticesModel : IModelPart
{
    public void Build(ModelBuilder model) => model.Entity<NoticeRow>(notice =>
    {
        notice.ToTable("Notices");
        notice.HasIndex(n => new { n.Kind, n.Due }).HasFilter("\"State\" = 'Waiting'");
        notice.HasIndex(n => new { n.Center, n.Id });
        notice.HasIndex(n => new { n.Person, n.Id });
    });
}
