using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <param name="Note">What the agent of that call wrote about it.</param>
/// <param name="Open">The reader may open its record: their own, or any for who sees all.</param>
public sealed record EarlierCall(
    CallId Id, CallDirection Direction, DateTimeOffset At, string? Agent, CallResult? Result, long TalkMs, string? Note, bool Open);

/// <param name="Customer">The number; empty when it is withheld.</param>
/// <param name="File">What was written down of the customer; null when nothing was.</param>
public sealed record CustomerCardModel(
    string Customer, string Where, CustomerFile? File, Func<AgentId, string?> AgentName, IReadOnlyList<EarlierCall> Earlier, int More);

/// <summary>
/// Who the customer in hand is: of the call that rings, of the one in hand, or of the one that is wrapped up. Fetched whenever
/// <see cref="AtHandFragment"/> says that something changed; product.md §3 «Right».
/// </summary>
internal static class ShowCustomer
{
    private const int EarlierAtMost = 10;

    /// <summary>Counting goes no further.</summary>
    private const int CountAtMost = 1000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/customer", async (CurrentAgent me, Calls calls, Dispatch dispatch, Centers centers, Writer writer, TcccDb db) =>
        {
            var agent = dispatch.See(me.Agent);
            if (calls.CallOf(me.Agent) is { } call) return await Draw(me, centers, db, call.Id, call.Customer, call.Called, call.Group);
            if (agent?.Offer is { Contact: { Kind: ContactKind.Call } contact } offer)
                return await Draw(me, centers, db, new(contact.Id.Value), contact.Customer, contact.Called, offer.Group);
            if (agent?.State is AgentState.WrapUp && await ShowWrappedCall.Last(me, writer, db) is { } last)
                return await Draw(me, centers, db, last.Id, last.Customer, last.Called, last.Group);
            return Answer(null);
        });

    private static async Task<RazorComponentResult<CustomerCard>> Draw(
        CurrentAgent me, Centers centers, TcccDb db, CallId now, string customer, string called, GroupId? group)
    {
        var where = centers.NameOf(group) is { } name ? $"{name} · {called}" : called;
        string? NameOf(AgentId agent) => centers.Agent(agent)?.Name;
        if (customer.Length == 0) return Answer(new(customer, where, null, NameOf, [], 0));
        var file = await FileOf(db, me.Center, centers, customer);
        // calls are stored by the number as it came, keys as everybody writes it
        List<string> numbers = [customer, .. file?.Of(CustomerKeyKind.Number) ?? []];
        var calls = db.Of<CallRecord>(me.Center).Where(c => numbers.Contains(c.Customer) && c.Id != now);
        var count = await calls.Take(CountAtMost).CountAsync();
        var latest = await calls.OrderByDescending(c => c.ArrivedAt).Take(EarlierAtMost)
            .Select(c => new { c.Id, c.Direction, c.ArrivedAt, c.Agent, c.Result, c.TalkMs })
            .ToListAsync();
        var ids = latest.ConvertAll(static c => c.Id);
        var notes = (await db.Of<CallNote>(me.Center).Where(n => ids.Contains(n.Call)).OrderBy(n => n.At).ToListAsync())
            .ToLookup(static n => n.Call, static n => n.Text);
        var seesAll = me.May(Right.SeeAllRecords);
        return Answer(new(customer, where, file, NameOf, latest.ConvertAll(c => new EarlierCall(
            c.Id, c.Direction, c.ArrivedAt, c.Agent is { } agent ? NameOf(agent) : null, c.Result, c.TalkMs,
            notes[c.Id].LastOrDefault(), seesAll || c.Agent == me.Agent)), count - latest.Count));
    }

    private static async Task<CustomerFile?> FileOf(TcccDb db, CenterId center, Centers centers, string customer) =>
        Customers.Normal(CustomerKeyKind.Number, customer, centers.Of(center)!.Center.Country) is { } key
        && await db.FindCustomer(center, CustomerKeyKind.Number, key) is { } id
            ? await db.CustomerFile(center, id)
            : null;

    private static RazorComponentResult<CustomerCard> Answer(CustomerCardModel? model) =>
        new(new Dictionary<string, object?> { [nameof(CustomerCard.Model)] = model });
}
