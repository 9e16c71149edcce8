namespace Tccc.Telephony;

/// <summary>One decision in the making: the state as changed so far, and what is to be done.</summary>
internal ref struct Turn(Call call, DateTimeOffset now)
{
    private List<Effect>? effects;

    public Call Call = call;
    public readonly DateTimeOffset Now = now;
    public Error? Refusal;

    public void Do(Effect effect) => (effects ??= new(8)).Add(effect);

    public void Arm(CallDeadline kind, TimeSpan after) => Do(new Arm(kind, Now + after));

    public void Say(IEvent e) => Do(new Say(e));

    public readonly Decision Decision => new(Call, effects ?? (IReadOnlyList<Effect>)[], Refusal);
}
