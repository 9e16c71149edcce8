using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// What the administrators of a center see of messages and of the audit trail: what belongs to the center, and what belongs to no
/// center and concerns a person of it, not from before they were of it; a person of an earlier center only once they have entered
/// this one, so that to enter somebody's e-mail shows nothing of their life in other centers. Where there is only one center,
/// what concerns nobody known (a sign-in with an unknown e-mail) is its business too; product.md §1.
/// </summary>
public static class Sight
{
    public static IQueryable<NoticeRow> NoticesSeenIn(this TcccDb db, CenterId center, Centers centers)
    {
        var alone = centers.All.Count == 1;
        var people = PeopleOf(db, center);
        // a code goes to a number or an address; whose it is need not have been said
        var reached = db.Set<Person>();
        return db.Set<NoticeRow>().Where(n => n.Center == center || (n.Center == null && (alone
            || people.Any(a => a.Person == n.Person && (long)(object)a.Id < n.Id)
            || (n.Person == null && reached.Any(p => (p.Mobile == n.To || p.Email == n.To)
                && people.Any(a => a.Person == p.Id && (long)(object)a.Id < n.Id))))));
    }

    public static IQueryable<AuditRow> AuditSeenIn(this TcccDb db, CenterId center, Centers centers)
    {
        var alone = centers.All.Count == 1;
        var people = PeopleOf(db, center);
        return db.Set<AuditRow>().Where(r => r.Center == center || (r.Center == null
            && (alone || people.Any(a => (long)(object)a.Id < r.Id && a.Person == r.Person))));
    }

    // ids rise with time: what is older than the place is from before
    private static IQueryable<Agent> PeopleOf(TcccDb db, CenterId center)
    {
        var places = db.Set<Agent>();
        return db.Of<Agent>(center).Where(a => a.LastVisitAt != null || !places.Any(o => o.Person == a.Person && o.Center != center
            && (o.LastVisitAt != null || (long)(object)o.Id < (long)(object)a.Id)));
    }
}
