namespace Tccc.Telephony;

/// <summary>One decision in the making: the state as changed so far, and what is to be done.</summary>
internal ref struct Turn(Call call, Instant now)
{
    private List<Effect>? effects;

    public Call Call = call;
    public readonly Instant Now = now;
    public Error? Refusal;

    /// <summary>The call's row is written once the decision is made.</summary>
    public bool Stores { get; private set; }

    /// <summary>Now, as the call's rows and events tell it.</summary>
    public readonly DateTimeOffset At => Call.WallAt(Now);

    public void Do(Effect effect) => (effects ??= new(8)).Add(effect);

    public void Store() => Stores = true;

    public void Arm(CallDeadline kind, TimeSpan after, long of = 0) => Do(new Arm(kind, Now + after, of));

    public void Raise(IEvent e) => Do(new Raise(e));

    public readonly Decision Decision => new(Call, effects ?? (IReadOnlyList<Effect>)[], Refusal);
}
