using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// What the administrators of a center see of messages and of the audit trail: what belongs to the center, and what belongs to no center
/// and concerns a person of it. Where there is only one center, what concerns nobody known (a sign-in with an unknown e-mail) is its
/// business too; product.md §1.
/// </summary>
public static class Sight
{
    public static IQueryable<NoticeRow> NoticesSeenIn(this TcccDb db, CenterId center, Centers centers)
    {
        var alone = centers.All.Count == 1;
        var people = PeopleOf(db, center);
        // a code goes to a number or an address; whose it is need not have been said
        var reached = db.Set<Person>().Where(p => people.Contains(p.Id));
        return db.Set<NoticeRow>().Where(n => n.Center == center || (n.Center == null
            && (alone || people.Contains(n.Person) || (n.Person == null && reached.Any(p => p.Mobile == n.To || p.Email == n.To)))));
    }

    public static IQueryable<AuditRow> AuditSeenIn(this TcccDb db, CenterId center, Centers centers)
    {
        var alone = centers.All.Count == 1;
        var people = PeopleOf(db, center);
        return db.Set<AuditRow>().Where(r => r.Center == center || (r.Center == null && (alone || people.Contains(r.Person))));
    }

    private static IQueryable<PersonId?> PeopleOf(TcccDb db, CenterId center) => db.Of<Agent>(center).Select(a => (PersonId?)a.Person);
}
