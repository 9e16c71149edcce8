namespace Tccc.Telephony;

/// <summary>To whom an agent sends a customer, or whom they consult.</summary>
public abstract record TransferTarget
{
    private TransferTarget() { }

    /// <summary>Whoever of the group is free first.</summary>
    public sealed record Group(GroupId Id) : TransferTarget;

    /// <summary>This colleague.</summary>
    public sealed record Agent(AgentId Id) : TransferTarget;

    /// <summary>This desk phone; one that somebody is bound to is theirs.</summary>
    public sealed record Phone(PhoneId Id) : TransferTarget;

    /// <summary>A number outside, as it was typed; one of the center's own leads where it leads.</summary>
    public sealed record Outside(string Typed) : TransferTarget;
}

/// <summary>
/// Agents send customers on, and consult others first. Whatever is refused leaves the call as it was; a call of another center is not there
/// (<see cref="NoSuchCall"/>), one of another agent is <see cref="NotYourCall"/>. product.md §6.
/// </summary>
public sealed class Transfers
{
    private readonly Switchboard board;

    internal Transfers(Switchboard board) => this.board = board;

    /// <summary>
    /// The agent's part ends, the customer hears music until the target answers, and goes to the head of their group's queue, or back to
    /// the agent, when it does not. Fails with <see cref="NotConnectedYet"/>, <see cref="Consulting"/>, or what keeps the target from it:
    /// <see cref="TargetGone"/>, <see cref="ToYourself"/>, <see cref="ColleagueNotFree"/>, <see cref="NobodyInGroup"/>,
    /// <see cref="PhoneNotThere"/>, what <see cref="Dialling.Dial"/> says of a number.
    /// </summary>
    public ValueTask<Result> Transfer(CallId call, AgentId agent, TransferTarget to) =>
        Ask(call, agent, to, target => new TransferClicked(agent, target));

    /// <summary>The customer hears music, the agent speaks with the target. Fails as <see cref="Transfer"/> does.</summary>
    public ValueTask<Result> Consult(CallId call, AgentId agent, TransferTarget to) =>
        Ask(call, agent, to, target => new ConsultClicked(agent, target, board.Ids.Next<ContactId>()));

    /// <summary>
    /// From the third to the customer, and back; out of three-way to the third alone. Fails with <see cref="NotConsulting"/> or
    /// <see cref="ThirdNotThereYet"/>.
    /// </summary>
    public ValueTask<Result> Swap(CallId call, AgentId agent) => Ask(call, agent, new SwapClicked(agent));

    /// <summary>
    /// The agent leaves; customer and third have each other, at once or as soon as the third answers, else as after
    /// <see cref="Transfer"/>. Fails with <see cref="NotConsulting"/>.
    /// </summary>
    public ValueTask<Result> Connect(CallId call, AgentId agent) => Ask(call, agent, new ConnectClicked(agent));

    /// <summary>All three hear each other. Fails as <see cref="Swap"/> does.</summary>
    public ValueTask<Result> ThreeWay(CallId call, AgentId agent) => Ask(call, agent, new ThreeWayClicked(agent));

    /// <summary>The third is let go and the customer is with the agent again. Fails with <see cref="NotConsulting"/>.</summary>
    public ValueTask<Result> TakeBack(CallId call, AgentId agent) => Ask(call, agent, new TakeBackClicked(agent));

    private ValueTask<Result> Ask(CallId id, AgentId agent, Input click) =>
        Find(id, agent) is { } call ? call.Ask(click) : new(new NoSuchCall());

    private ValueTask<Result> Ask(CallId id, AgentId agent, TransferTarget to, Func<Target, Input> click)
    {
        if (Find(id, agent) is not { } call) return new(new NoSuchCall());
        // whose call it is not need not know who is free
        if (call.State.RefusalOf(agent) is { } refusal) return new(refusal);
        var target = board.TargetOf(agent, to);
        return target.Ok ? call.Ask(click(target.Value)) : new(target.Error);
    }

    private LiveCall? Find(CallId id, AgentId agent) =>
        board.Calls.Find(id) is { } call && call.State.Center == board.Centers.Of(agent)?.Id ? call : null;
}

/// <summary>Why a colleague can't be had.</summary>
public enum ColleagueState
{
    Offline,
    OnBreak,
    Busy,
    WrapUp,
    Ringing,
    Unreachable,
}

/// <summary>There is no such group, colleague or desk phone (any more).</summary>
public sealed record TargetGone() : Error(ErrorKind.NotFound, "Whom you chose is not there any more. Choose again.");

/// <summary>The agent chose themselves.</summary>
public sealed record ToYourself() : Error(ErrorKind.Conflict, "You can't call yourself.");

/// <summary>The colleague takes no calls at this moment.</summary>
public sealed record ColleagueNotFree(string Name, ColleagueState State) : Error(
    ErrorKind.Conflict,
    State switch
    {
        ColleagueState.OnBreak => "{0} is on a break.",
        ColleagueState.Busy => "{0} is in a call.",
        ColleagueState.WrapUp => "{0} is wrapping up.",
        ColleagueState.Ringing => "{0} is being rung for another call.",
        ColleagueState.Unreachable => "The line or desk phone of {0} is not connected.",
        _ => "{0} is offline.",
    },
    Name);

/// <summary>Nobody of the group is signed in.</summary>
public sealed record NobodyInGroup(string Name) : Error(ErrorKind.Conflict, "Nobody of {0} is signed in.", Name);

/// <summary>The desk phone is not registered.</summary>
public sealed record PhoneNotThere(string Extension)
    : Error(ErrorKind.Conflict, "Desk phone {0} is not connected.", Extension);
