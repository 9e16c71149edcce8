using Microsoft.EntityFrameworkCore;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Customers;

/// <param name="Note">What the agent of that call wrote about it last.</param>
/// <param name="Open">The reader may open its record: their own, or any for who sees all.</param>
public sealed record EarlierCall(
    CallId Id, CallDirection Direction, DateTimeOffset At, string? Agent, CallResult? Result, long TalkMs, string? Note, bool Open);

/// <summary>What a card shows: what was written down of a customer, and the calls before the one in hand.</summary>
/// <param name="File">Null while nothing was written down of who has this number.</param>
/// <param name="Number">Of the call in hand, as it came; else the customer's first; empty when it is withheld, or there is none.</param>
/// <param name="Key">The same in its one form (<see cref="PhoneKey"/>); null when it is no telephone number.</param>
/// <param name="Where">The group and the number that the call in hand came by; null when none is.</param>
/// <param name="Earlier">The newest first.</param>
/// <param name="More">How many there are beside these.</param>
/// <param name="All">The reader manages customers: may merge and part them.</param>
public sealed record Card(
    CustomerFile? File, string Number, string? Key, string? Where, IReadOnlyList<EarlierCall> Earlier, int More, string Country, bool All,
    Func<AgentId, string?> AgentName)
{
    /// <summary>What the customer is called: by name, else by number; empty when neither is known.</summary>
    public string Name => File is { Name.Length: > 0 } ? File.Name : Number;
}

/// <summary>
/// Makes cards for who asks, and knows whose they may see: a supervisor of all in the center, an agent of those they serve or have served.
/// </summary>
internal sealed class Cards(TcccDb db, Writer writer, Centers centers, Calls calls, Dispatch dispatch, CurrentAgent me)
{
    private const int EarlierAtMost = 10;

    /// <summary>Counting goes no further.</summary>
    private const int CountAtMost = 1000;

    private readonly string country = centers.Of(me.Center)!.Center.Country;

    private sealed record Hand(CallId Call, string Customer, string Called, GroupId? Group);

    /// <summary>Of who rings, is spoken with, or was spoken with until the wrap-up ends; null when there is nobody.</summary>
    public async Task<Card?> InHand() =>
        await AtHand() is { } hand ? await Make(await FileOf(PhoneKey.Of(hand.Customer, country)), hand.Customer, hand) : null;

    /// <summary>Of a customer who is known. Null when there is none in this center, or it is not the reader's to see.</summary>
    public async Task<Card?> Of(CustomerId id) =>
        await db.CustomerFile(me.Center, id) is { } file && await MaySee([.. file.Of(CustomerKeyKind.Number)])
            ? await Make(file, PhoneKey.Shown(file.Of(CustomerKeyKind.Number).FirstOrDefault() ?? "", country), await AtHand())
            : null;

    /// <summary>
    /// Of who has a number, whether or not something was written down. Null when it is no telephone number, or not the reader's to see.
    /// </summary>
    public async Task<Card?> OfNumber(string? number)
    {
        if (PhoneKey.Of(number, country) is not { } key) return null;
        var file = await FileOf(key);
        return await MaySee([key, .. file?.Of(CustomerKeyKind.Number) ?? []])
            ? await Make(file, PhoneKey.Shown(key, country), await AtHand())
            : null;
    }

    private async Task<Hand?> AtHand()
    {
        // a colleague is no customer
        if (calls.CallOf(me.Agent) is { Direction: CallDirection.Internal }) return null;
        if (calls.CallOf(me.Agent) is { } call) return new(call.Id, call.Customer, call.Called, call.Group);
        var agent = dispatch.See(me.Agent);
        if (agent?.Offer is { Contact: { Kind: ContactKind.Call } contact } offer
            && calls.SenderOf(contact.Id) is not { For: SentFor.Talk })
        {
            return new(new(contact.Id.Value), contact.Customer, contact.Called, offer.Group);
        }

        return agent is { State: AgentState.WrapUp } && await db.LastCallOf(writer, me.Center, me.Agent) is { } last
            ? new(last.Id, last.Customer, last.Called, last.Group)
            : null;
    }

    private async Task<CustomerFile?> FileOf(string? key) =>
        key is not null && await db.FindCustomer(me.Center, CustomerKeyKind.Number, key) is { } id
            ? await db.CustomerFile(me.Center, id)
            : null;

    private async Task<Card> Make(CustomerFile? file, string number, Hand? hand)
    {
        var key = PhoneKey.Of(number, country);
        List<string> keys = [.. file?.Of(CustomerKeyKind.Number) ?? [], .. key is null ? Array.Empty<string>() : [key]];
        // a withheld number is everybody's; one that is no telephone number is found as it came
        var (earlier, more) = await Earlier([.. Spellings(keys), .. number.Length > 0 ? new[] { number } : []], hand?.Call);
        var handKey = PhoneKey.Of(hand?.Customer, country);
        var isOfHand = handKey is null ? hand?.Customer == number : keys.Contains(handKey);
        var where = !isOfHand ? null : centers.Group(hand!.Group ?? default)?.Name is { } group ? $"{group} · {hand.Called}" : hand.Called;
        return new(file, number, key, where, earlier, more, country, me.May(Right.ManageCustomers), agent => centers.Agent(agent)?.Name);
    }

    private async Task<(IReadOnlyList<EarlierCall> Calls, int More)> Earlier(List<string> numbers, CallId? now)
    {
        if (numbers.Count == 0) return ([], 0);
        var count = await CallsFrom(numbers, now).Take(CountAtMost).CountAsync();
        // SQLite looks through all calls of the center, the newest first, when it is given several tails
        var latest = new List<CallRecord>();
        foreach (var alike in numbers.GroupBy(CallRecord.TailOf))
            latest.AddRange(await CallsFrom([.. alike], now).OrderByDescending(c => c.ArrivedAt).Take(EarlierAtMost).ToListAsync());
        latest = [.. latest.OrderByDescending(c => c.ArrivedAt).Take(EarlierAtMost)];
        var ids = latest.ConvertAll(static c => c.Id);
        var written = await db.Of<CallNote>(me.Center).Where(n => ids.Contains(n.Call)).OrderBy(n => n.At).ToListAsync();
        var notes = written.ToLookup(static n => n.Call, static n => n.Text);
        var all = me.May(Right.SeeAllRecords);
        return (latest.ConvertAll(c => new EarlierCall(
            c.Id, c.Direction, c.ArrivedAt, c.Agent is { } agent ? centers.Agent(agent)?.Name : null, c.Result, c.TalkMs,
            notes[c.Id].LastOrDefault(), all || c.Agent == me.Agent)), count - latest.Count);
    }

    private async Task<bool> MaySee(List<string> keys)
    {
        if (me.May(Right.ManageCustomers)) return true;
        string?[] inHand = [calls.CallOf(me.Agent)?.Customer, dispatch.See(me.Agent)?.Offer?.Contact.Customer];
        if (inHand.Any(number => PhoneKey.Of(number, country) is { } key && keys.Contains(key))) return true;
        // a call is over before its row says so
        await writer.CatchUp();
        var (agent, written) = (me.Agent, Spellings(keys).ToList());
        return await CallsFrom(written, null).AnyAsync(c => c.Agent == agent);
    }

    // what is up is in hand, and not in this index
    private IQueryable<CallRecord> CallsFrom(List<string> numbers, CallId? but)
    {
        var tails = numbers.Select(CallRecord.TailOf).Distinct().ToList();
        var found = db.Of<CallRecord>(me.Center)
            .Where(c => c.EndedAt != null && tails.Contains(c.CustomerTail) && numbers.Contains(c.Customer));
        return but is { } other ? found.Where(c => c.Id != other) : found;
    }

    // an extension does not come with a call: who is behind it can't be told
    private IEnumerable<string> Spellings(IEnumerable<string> keys) =>
        keys.Where(key => !key.Contains('x', StringComparison.Ordinal)).SelectMany(key => PhoneKey.Spellings(key, country)).Distinct();
}

/// <summary>There is none, it is another center's, or one whom this agent never served: which of these is nobody's business here.</summary>
internal sealed record NoSuchCustomer() : Error(ErrorKind.NotFound, "There is no such customer here, or you have not served them.");
