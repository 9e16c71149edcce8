using System.Threading.Channels;

namespace Tccc.Telephony;

/// <summary>The side of a browser that plays a customer: its signalling is a stream of states.</summary>
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

/// <summary>
/// The web customers of now, and the last that were: a page that looks a moment after the end still learns of it. And the browsers that
/// play the outside.
/// </summary>
internal sealed class WebCustomers
{
    /// <summary>How many are remembered.</summary>
    public const int Kept = 256;

    /// <summary>So many browsers play the outside; one more takes the place of the one that came first.</summary>
    public const int OutsideAtMost = 16;

    private readonly Lock gate = new();
    private readonly Dictionary<CallId, WebCustomer> known = [];
    private readonly Queue<CallId> order = new();
    private readonly List<Channel<OutsideCall>> outside = [];

    /// <summary>A browser plays the outside.</summary>
    public bool AnyOutside
    {
        get { lock (gate) return outside.Count > 0; }
    }

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

    public ChannelReader<OutsideCall> OpenOutside()
    {
        // an agent has one call at a time, so this bounds itself
        var calls = Channel.CreateUnbounded<OutsideCall>();
        lock (gate)
        {
            outside.Add(calls);
            if (outside.Count > OutsideAtMost)
            {
                outside[0].Writer.TryComplete();
                outside.RemoveAt(0);
            }
        }

        return calls.Reader;
    }

    public void CloseOutside(ChannelReader<OutsideCall> calls)
    {
        lock (gate) outside.RemoveAll(open => open.Reader == calls);
    }

    public void EndOutside()
    {
        lock (gate) outside.ForEach(open => open.Writer.TryComplete());
    }

    /// <summary>Rings at the browser that came last; false when there is none.</summary>
    public bool RingOutside(OutsideCall call)
    {
        lock (gate) return outside.Count > 0 && outside[^1].Writer.TryWrite(call);
    }
}
