using Tccc.Directory;
using Tccc.Platform;
using Tccc.Platform.Look;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <param name="Silent">From whom nothing comes though it should.</param>
public sealed record CurrentCallModel(
    CallView? Call, string? Group, CallQuality? Quality, IReadOnlyList<LogLine> Log, Instant Now, IReadOnlyList<CallSide>? Silent = null)
{
    /// <summary>Who is consulted, or consults.</summary>
    public string ThirdName { get; init; } = "";

    public string Lasted(Instant since) => Clock.Face(Now - since);

    public string Elapsed(Instant since) => Clock.Milliseconds(Now - since);
}

/// <summary>One thing that happened in the call; <paramref name="What"/> is a key of the texts.</summary>
public sealed record LogLine(DateTimeOffset At, string What);

/// <summary>The call panel as it must be now, with a short log.</summary>
internal sealed class CurrentCallFragment(Calls calls, Centers centers, TimeProvider time) : IFragment
{
    public const string Id = "current-call";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope)
    {
        var call = calls.CallOf(scope.Agent);
        var model = new CurrentCallModel(
            call, centers.NameOf(call?.Group), call is null
                ? null
                : calls.QualityOf(scope.Agent), call is null
                ? []
                : Log(call), time.Instant(), calls.SilentSides(scope.Agent))
        {
            ThirdName = NameOf(call),
        };
        return new(FragmentView.Of<CurrentCall>((nameof(CurrentCall.Model), model)));
    }

    private string NameOf(CallView? call) => call switch
    {
        { ConsultedBy: { } by } => centers.Agent(by)?.Name ?? "",
        // of a call inside there is somebody, or the call is over
        { Third: null, Direction: CallDirection.Internal } => call.Customer,
        { Third.Agent: { } agent } => centers.Agent(agent)?.Name ?? "",
        { Third.Group: { } group } => centers.NameOf(group) ?? "",
        { Third.Number: { } number } => number,
        _ => "",
    };

    private static List<LogLine> Log(CallView call)
    {
        var lines = new List<LogLine> { new(call.ArrivedAt, call.Direction is CallDirection.Inbound ? "Call came in" : "Dialled") };
        if (call.AlertedAt is { } alerted) lines.Add(new(alerted, "Ringing at the other side"));
        if (call.AnsweredAt is { } answered) lines.Add(new(answered, "Answered"));
        foreach (var hold in call.Holds)
        {
            lines.Add(new(hold.From, "Put on hold"));
            if (hold.Until is { } ended) lines.Add(new(ended, "Resumed"));
        }
        return lines;
    }
}
