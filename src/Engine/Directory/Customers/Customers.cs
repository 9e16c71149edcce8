using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>A customer with all that was written down, of the rows merged into it too.</summary>
/// <param name="Customer">The one that is shown: the root of its mergings.</param>
/// <param name="Merged">Rows that were merged into it, directly or through another.</param>
/// <param name="Keys">In the order of the card.</param>
/// <param name="Notes">The newest first.</param>
public sealed record CustomerFile(
    Customer Customer, IReadOnlyList<Customer> Merged, IReadOnlyList<CustomerKey> Keys, IReadOnlyList<CustomerNote> Notes)
{
    /// <summary>The customer's own, else that of the first merged into it that has one; empty when none has.</summary>
    public string Name => First(c => c.Name);

    /// <inheritdoc cref="Name"/>
    public string Company => First(c => c.Company);

    /// <summary>The customer's own, then those that only rows merged into it have.</summary>
    public IReadOnlyList<string> Tags =>
        [.. All.SelectMany(c => c.Tags.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase)];

    private IEnumerable<Customer> All => [Customer, .. Merged];

    public IEnumerable<string> Of(CustomerKeyKind kind) => Keys.Where(k => k.Kind == kind).Select(k => k.Value).Distinct();

    /// <summary>What people know the customer by: the name, else the first thing it is found by.</summary>
    public string Named() => Name.Length > 0 ? Name : Keys.Select(k => k.Value).FirstOrDefault() ?? Customer.Id.ToString();

    /// <summary>The same of one row of it.</summary>
    public string Named(Customer row) =>
        row.Name.Length > 0 ? row.Name : Keys.Where(k => k.Customer == row.Id).Select(k => k.Value).FirstOrDefault() ?? row.Id.ToString();

    private string First(Func<Customer, string> field) => All.Select(field).FirstOrDefault(value => value.Length > 0) ?? "";
}

/// <summary>
/// Finds customers by what is known of them, and keeps the rules of what they are found by. Reads and writes one center's.
/// </summary>
public static class Customers
{
    /// <summary>Notes that a card shows.</summary>
    public const int NotesShown = 50;

    /// <summary>The customer whose number, e-mail or id this is; null when nobody's.</summary>
    /// <param name="value">As <see cref="Normal"/> writes it.</param>
    public static async Task<CustomerId?> FindCustomer(this TcccDb db, CenterId center, CustomerKeyKind kind, string value) =>
        await db.Of<CustomerKey>(center).Where(k => k.Kind == kind && k.Value == value)
            .Join(db.Of<Customer>(center), k => k.Customer, c => c.Id, (_, c) => (CustomerId?)c.Root).FirstOrDefaultAsync();

    /// <summary>
    /// All of a customer; asked for one that was merged, that of the one it was merged into. Null when there is none in this center.
    /// </summary>
    public static async Task<CustomerFile?> CustomerFile(this TcccDb db, CenterId center, CustomerId id)
    {
        var root = await db.Of<Customer>(center).Where(c => c.Id == id).Select(c => (CustomerId?)c.Root).FirstOrDefaultAsync();
        if (root is not { } shown) return null;
        var file = (await db.CustomerFiles(center, [shown]))[0];
        List<CustomerId> ids = [shown, .. file.Merged.Select(c => c.Id)];
        return file with
        {
            Notes = await db.Of<CustomerNote>(center).Where(n => ids.Contains(n.Customer)).OrderByDescending(n => n.Id).Take(NotesShown)
                .ToListAsync(),
        };
    }

    /// <summary>Several customers, in the order of their ids as given, without their notes. All are shown ones: roots.</summary>
    public static async Task<IReadOnlyList<CustomerFile>> CustomerFiles(this TcccDb db, CenterId center, List<CustomerId> roots)
    {
        var rows = await db.Of<Customer>(center).Where(c => roots.Contains(c.Root)).OrderBy(c => c.Id).ToListAsync();
        var ids = rows.ConvertAll(c => c.Id);
        var keys = await db.Of<CustomerKey>(center).Where(k => ids.Contains(k.Customer)).ToListAsync();
        return roots.ConvertAll(root =>
        {
            var merged = rows.FindAll(c => c.Root == root && c.Id != root);
            var known = keys.Where(k => k.Customer == root || merged.Exists(c => c.Id == k.Customer));
            return new CustomerFile(
                rows.Single(c => c.Id == root), merged,
                [.. known.OrderBy(k => k.Customer != root).ThenBy(k => k.Customer.Value).ThenBy(k => k.Kind).ThenBy(k => k.Position)], []);
        });
    }

    /// <summary>What a key is stored and found as; null when it is none of its kind.</summary>
    /// <param name="country">Of the center: <see cref="Center.Country"/>.</param>
    public static string? Normal(CustomerKeyKind kind, string? typed, string country) => kind switch
    {
        CustomerKeyKind.Number => PhoneKey.Of(typed, country),
        CustomerKeyKind.Email => Email(typed),
        _ => PlainText.Fault(typed, CustomerKey.LongestId) is null ? PlainText.Of(typed) : null,
    };

    /// <summary>A new customer, known by one thing; inside a change.</summary>
    public static Customer AddCustomer(this TcccDb db, IdSource ids, CenterId center, DateTimeOffset now)
    {
        var id = ids.Next<CustomerId>();
        var made = new Customer { Id = id, Center = center, Root = id, CreatedAt = now };
        db.Add(made);
        return made;
    }

    /// <summary>The customer of a number, made when there is none; inside a change, where there is no other writer.</summary>
    public static async Task<CustomerId> CustomerOfNumber(this TcccDb db, IdSource ids, CenterId center, string key, DateTimeOffset now)
    {
        if (await db.FindCustomer(center, CustomerKeyKind.Number, key) is { } known) return known;
        var made = db.AddCustomer(ids, center, now);
        db.Add(new CustomerKey { Id = ids.Next(), Center = center, Customer = made.Id, Kind = CustomerKeyKind.Number, Value = key });
        return made.Id;
    }

    /// <summary>
    /// Merges one customer into another: from now on both are shown as the other, found by the keys of both. Nothing is moved, so that
    /// <see cref="PartCustomer"/> gives back what each had. Both are roots.
    /// </summary>
    public static async Task MergeCustomer(this TcccDb db, Customer from, Customer into)
    {
        var moved = await db.Of<Customer>(from.Center).Where(c => c.Root == from.Id).ToListAsync();
        foreach (var row in moved)
        {
            row.Root = into.Id;
            if (row.Id == from.Id) row.MergedInto = into.Id;
        }
        db.Changes(into);
    }

    /// <summary>What belongs to the customer changes, so that forms that were opened before are told; inside a change.</summary>
    public static void Changes(this TcccDb db, Customer customer) => db.Entry(customer).State = EntityState.Modified;

    /// <summary>Undoes a merging: the row is shown by itself again, with those that had been merged into it before.</summary>
    public static async Task PartCustomer(this TcccDb db, Customer merged)
    {
        var rows = await db.Of<Customer>(merged.Center).Where(c => c.Root == merged.Root).ToListAsync();
        if (rows.Find(c => c.Id == merged.Root) is { } root) db.Changes(root);
        var leaving = new HashSet<CustomerId> { merged.Id };
        // children come after whatever they were merged into was found; a few rows, so a few rounds
        while (rows.FindAll(c => c.MergedInto is { } into && leaving.Contains(into) && !leaving.Contains(c.Id)) is { Count: > 0 } more)
            leaving.UnionWith(more.Select(c => c.Id));
        foreach (var row in rows.Where(c => leaving.Contains(c.Id)))
        {
            row.Root = merged.Id;
            if (row.Id == merged.Id) row.MergedInto = null;
        }
    }

    // RFC 5321 §4.5.3.1; what is right before the @ only its own server knows
    private static string? Email(string? typed) =>
        PlainText.Fault(typed, Customer.LongestEmail) is null && PlainText.Of(typed)?.ToLowerInvariant() is { } text
            && !text.Any(char.IsWhiteSpace)
        && text.Split('@') is [{ Length: > 0 and <= 64 } user, { Length: > 0 } host]
            && !user.Any(c => c is '<' or '>' or '"' or ',' or ';' or '(' or ')')
        && Uri.CheckHostName(host) == UriHostNameType.Dns ? text : null;
}
