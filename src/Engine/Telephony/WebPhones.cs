using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Tccc.Directory;
using Tccc.Media;

namespace Tccc.Telephony;

/// <summary>Browsers that play a customer: `/demo/phone`. Their calls are calls like those of a trunk.</summary>
public sealed class WebPhones
{
    private readonly Switchboard board;
    private readonly WebCustomers customers;

    internal WebPhones(Switchboard board, WebCustomers customers) => (this.board, this.customers) = (board, customers);

    /// <summary>
    /// Dials a number of any center from a browser that says it is <paramref name="caller"/>. Gives the call's id and the SDP answer.
    /// Fails with <see cref="NumberUnknown"/> or <see cref="LineRefused"/>.
    /// </summary>
    public Result<WebPhoneCall> Dial(string digits, string caller, string sdpOffer)
    {
        if (board.Calls.Closed) return new LineRefused("the server stops");
        if (board.Writer.IsFull) return new LineRefused("calls can't be put on record at the moment");
        if (Routes.NumberAnywhere(board.Centers, digits) is not { } number) return new NumberUnknown(digits);
        var center = board.Centers.Of(number.Center)!;
        var leg = new Leg(board.Ids.Next<LegId>(), LegCarrier.Web);
        var customer = new WebCustomer(leg.Id);
        var call =
            new LiveCall(
                board, new(board.Ids.Next<CallId>(), center.Id, Routes.Clean(caller), number.Digits, leg, Routes.Settings(center)),
                customer);
        var answer = board.Media.Answer(leg.Id, LegKind.WebRtc, sdpOffer);
        if (!answer.Ok)
        {
            call.Post(new Arrived(LiveCall.Refusal(answer.Error)));
            return LineRefused.For(answer.Error);
        }

        customers.Add(call.Id, customer);
        call.Post(new Arrived(board.EntryOf(number)));
        return new WebPhoneCall(call.Id, answer.Value);
    }

    /// <summary>The call's state now, then every change, until it ended. Empty for a call that is not there.</summary>
    public async IAsyncEnumerable<WebPhoneState> Watch(CallId call, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (customers.Find(call) is not { } customer) yield break;
        await foreach (var state in customer.Watch().ReadAllAsync(cancel)) yield return state;
    }

    /// <summary>The customer hangs up.</summary>
    public void Hangup(CallId call)
    {
        if (board.Calls.Find(call) is { } live && customers.Find(call) is not null)
            live.Post(new LegEnded(live.State.Leg.Id, LegEnding.HungUp));
    }
}

/// <summary>A call that a web phone made.</summary>
public sealed record WebPhoneCall(CallId Call, string SdpAnswer);

/// <summary>What the demo phone shows; <paramref name="End"/> is there once it ended.</summary>
public sealed record WebPhoneState(WebPhonePhase Phase, CallEnd? End = null);

public enum WebPhonePhase
{
    Calling,
    Ringing,
    /// <summary>Answered, and an agent or the queue's music is heard.</summary>
    Answered,
    Ended,
}

/// <summary>The browser's side of such a call: its signalling is a stream of states.</summary>
internal sealed class WebCustomer(LegId leg) : Carrier(leg)
{
    private readonly Lock gate = new();
    private readonly List<Channel<WebPhoneState>> watchers = [];
    private WebPhoneState state = new(WebPhonePhase.Calling);

    public override bool IsWeb => true;

    public override void Ring() => Become(new(WebPhonePhase.Ringing));

    public override void Accept() => Become(new(WebPhonePhase.Answered));

    // How it ended comes with Ended, which follows at once.
    public override void Reject(int status)
    {
    }

    public override void Hangup()
    {
    }

    public override void Ended(CallEnd end) => Become(new(WebPhonePhase.Ended, end));

    public ChannelReader<WebPhoneState> Watch()
    {
        // There are no more states than four, so this bounds itself.
        var channel = Channel.CreateUnbounded<WebPhoneState>();
        lock (gate)
        {
            channel.Writer.TryWrite(state);
            if (state.Phase is WebPhonePhase.Ended) channel.Writer.Complete();
            else watchers.Add(channel);
        }

        return channel.Reader;
    }

    private void Become(WebPhoneState next)
    {
        lock (gate)
        {
            state = next;
            foreach (var watcher in watchers)
            {
                watcher.Writer.TryWrite(next);
                if (next.Phase is WebPhonePhase.Ended) watcher.Writer.Complete();
            }

            if (next.Phase is WebPhonePhase.Ended) watchers.Clear();
        }
    }
}

/// <summary>The web customers of now, and the last that were: a page that looks a moment after the end still learns of it.</summary>
internal sealed class WebCustomers
{
    /// <summary>How many are remembered.</summary>
    public const int Kept = 256;

    private readonly Lock gate = new();
    private readonly Dictionary<CallId, WebCustomer> known = [];
    private readonly Queue<CallId> order = new();

    public void Add(CallId call, WebCustomer customer)
    {
        lock (gate)
        {
            known[call] = customer;
            order.Enqueue(call);
            if (order.Count > Kept) known.Remove(order.Dequeue());
        }
    }

    public WebCustomer? Find(CallId call)
    {
        lock (gate) return known.GetValueOrDefault(call);
    }
}
