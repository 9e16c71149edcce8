using Microsoft.Extensions.Logging;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;

namespace Tccc.Telephony;

/// <summary>
/// One call that is up: its mailbox, its present state and what carries its legs. Packets, clicks and deadlines are posted; each is
/// decided by <see cref="Call.Decide"/> and the effects are carried out before the next is looked at.
/// </summary>
internal sealed partial class LiveCall : Mailbox<LiveCall.Letter>, IMediaEvents
{
    private readonly Switchboard board;
    private Carrier? customer;
    private readonly CallClock clock;
    private readonly HeldAnswers answers;
    private readonly List<Carrier> carriers;
    private Heard customerHears = Silence;
    private InfoKeys? infos;

    // what the dispatcher knew this call by beside its own number; it may still speak of one that is over
    private List<ContactId>? consultations;
    private Alarm? nextInfo;
    private volatile Call state;

    /// <param name="customer">What carries the caller's leg; none while we call the customer ourselves.</param>
    public LiveCall(Switchboard board, Call call, Carrier? customer)
    {
        (this.board, state, this.customer, carriers) = (board, call, customer, new(2));
        if (customer is not null) Carry(customer);
        clock = new(board.Deadlines, () => Post(ClockRang.Instance));
        answers = new(board.Deadlines, board.Time);
        board.Calls.Add(this);
    }

    private void Carry(Carrier carrier)
    {
        carrier.Call = this;
        carriers.Add(carrier);
        board.Legs.Add(carrier.Leg, this);
    }

    /// <summary>One letter; <paramref name="Reply"/> waits for how it was decided.</summary>
    internal readonly record struct Letter(object Content, TaskCompletionSource<Result>? Reply);

    /// <summary>The first letter of a SIP call: where its number leads and what its INVITE offers.</summary>
    internal sealed record Opening(Entry Entry, ReadOnlyMemory<byte> Sdp, FarEnd Far);

    /// <summary>What a leg's session says.</summary>
    internal sealed record LegEvent(LegId Leg, SessionEvent Event);

    public CallId Id => state.Id;

    /// <summary>As it is now; immutable.</summary>
    public Call State => state;

    void IMediaEvents.On(MediaEvent e) => PutAside(new(e, null));

    /// <summary>Never blocks, never throws.</summary>
    public void Post(object content) => Put(new(content, null));

    /// <summary>Posts, and gives the outcome once it has been handled.</summary>
    public ValueTask<Result> Ask(object content)
    {
        var reply = new TaskCompletionSource<Result>(TaskCreationOptions.RunContinuationsAsynchronously);
        Put(new(content, reply));
        return new(reply.Task);
    }

    protected override void Work()
    {
        while (TryTake(out var letter)) Handle(letter);
    }

    private void Handle(in Letter letter)
    {
        Error? refusal = null;
        try
        {
            if (letter.Content is ClockRang)
            {
                while (clock.TakeDue(board.Time.Instant()) is { } due) Decide(due);
                SendInfos();
            }
            else if (Understand(letter.Content) is { } input)
            {
                refusal = Decide(input);
            }
        }
        catch (Exception e)
        {
            LogBroken(board.Log, Id, e);
            refusal = new NoSuchCall();
            End();
        }

        letter.Reply?.TrySetResult(refusal is null ? Result.Done : refusal);
    }

    private Error? Decide(Input input)
    {
        var before = state;
        var decision = Call.Decide(before, input, board.Time.Now());
        state = decision.State;
        Index(before, state);
        Measure(before, state);
        // Rows and events go first: what the dispatcher makes of an order is written after them.
        Write(decision.Effects);
        foreach (var effect in decision.Effects) Carry(effect);
        if (state.HasEnded && !before.HasEnded) Leave();
        return decision.Refusal;
    }

    private void Index(Call before, Call now)
    {
        if (ReferenceEquals(before.Desk, now.Desk)) return;
        if (before.Agent is { } agent && now.PartOf(agent.Id) is null) board.Calls.Take(agent.Id, this);
        if (before.ThirdAgent is { } third && now.PartOf(third.Id) is null) board.Calls.Take(third.Id, this);
        if (now.Agent is { } desk && before.PartOf(desk.Id) is null) Give(desk);
        if (now.ThirdAgent is { } joined && before.PartOf(joined.Id) is null) Give(joined);
    }

    private void Give(AgentPart part)
    {
        board.Calls.Give(part.Id, this);
        // The line may have broken, or come back, between the acceptance and this moment, when there was no call to let know.
        if (part.Device is AgentDevice.Line) board.Devices.Inform(part.Id, part.Leg, this);
    }

    private void Leave()
    {
        clock.Stop();
        infos = null;
        nextInfo?.Clear();
        answers.Drop();
        board.Calls.Remove(this);
        if (consultations is not null) foreach (var consultation in consultations) board.Calls.Take(consultation);
        CallMetrics.Ended(state.End!);
        customer?.Ended(state.End!);
    }

    /// <summary>A bug was caught: this call ends, with nothing left open, and the others go on.</summary>
    private void End()
    {
        try
        {
            Decide(new Broken());
        }
        catch (Exception e)
        {
            LogBroken(board.Log, Id, e);
            Leave();
        }
    }

    [LoggerMessage(LogLevel.Error, "Call {Call} met a bug and is ended")]
    private static partial void LogBroken(ILogger log, CallId call, Exception e);

    [LoggerMessage(LogLevel.Warning, "Call {Call}: nothing comes from the {Side} on leg {Leg}, though it should")]
    private static partial void LogOneWay(ILogger log, CallId call, CallSide side, LegId leg);

    private sealed class ClockRang
    {
        public static readonly ClockRang Instance = new();
    }
}
