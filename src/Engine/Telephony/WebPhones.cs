using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Tccc.Directory;
using Tccc.Media;

namespace Tccc.Telephony;

/// <summary>
/// Browsers that play a customer: `/demo/phone`. Their calls are calls like those of a trunk; while one attends, it is the whole outside
/// world, and what agents dial rings there.
/// </summary>
public sealed class WebPhones
{
    private readonly Switchboard board;

    internal WebPhones(Switchboard board) => this.board = board;

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

        board.Web.Add(call.Id, customer);
        call.Post(new Arrived(board.EntryOf(number)));
        return new WebPhoneCall(call.Id, answer.Value);
    }

    /// <summary>The call's state now, then every change, until it ended. Empty for a call that is not there.</summary>
    public async IAsyncEnumerable<WebPhoneState> Watch(CallId call, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (board.Web.Find(call) is not { } customer) yield break;
        await foreach (var state in customer.Watch().ReadAllAsync(cancel)) yield return state;
    }

    /// <summary>The customer hangs up, or does not take what rings.</summary>
    /// <param name="busy">What rings finds them in another call.</param>
    public void Hangup(CallId call, bool busy = false)
    {
        if (board.Calls.Find(call) is not { } live || board.Web.Find(call) is null) return;
        live.Post(new LegEnded(live.State.Leg.Id, busy && live.State.IsDialling ? LegEnding.Busy : LegEnding.HungUp));
    }

    /// <summary>
    /// What agents dial, from now until <paramref name="cancel"/>; of several browsers that attend the one that came last gets it.
    /// </summary>
    public async IAsyncEnumerable<OutsideCall> Attend([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var calls = board.Web.OpenOutside();
        try
        {
            await foreach (var call in calls.ReadAllAsync(cancel)) yield return call;
        }
        finally
        {
            board.Web.CloseOutside(calls);
        }
    }

    /// <summary>Nobody attends any more: the server stops.</summary>
    public void EndAttending() => board.Web.EndOutside();

    /// <summary>
    /// The customer answers what rings, with the browser's SDP offer. Fails with <see cref="NoSuchCall"/> when it rings no more, or
    /// the offer can't be used.
    /// </summary>
    public async ValueTask<Result<string>> PickUp(CallId call, string sdpOffer)
    {
        if (board.Calls.Find(call) is not { } live || board.Web.Find(call) is null) return new NoSuchCall();
        var picked = new LiveCall.PickedUp(sdpOffer);
        await live.Ask(picked);
        return picked.Answer is { } answer ? answer : new NoSuchCall();
    }
}

/// <summary>A call that a web phone made.</summary>
public sealed record WebPhoneCall(CallId Call, string SdpAnswer);

/// <summary>A call of an agent that rings outside.</summary>
/// <param name="Number">What was dialled.</param>
/// <param name="CallerId">The center's number that is shown.</param>
public sealed record OutsideCall(CallId Call, string Number, string CallerId);

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
