using Tccc.Media;

namespace Tccc.Telephony;

/// <summary>
/// Goes through a flow with one customer. What keys do is in the other half; README.md has the table. product.md §7
/// </summary>
public static partial class FlowRun
{
    /// <summary>How many flows one may lead on to while the customer keys nothing.</summary>
    public const int MostHops = 5;

    /// <summary>How long an answer to a question of ours may take.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(4);

    /// <summary>No recording lasts so long; a prompt whose end is not said is over then.</summary>
    public static readonly TimeSpan LongestPrompt = TimeSpan.FromSeconds(SoundTooLong.MostSeconds + 30);

    /// <summary>Before its first input, which is <see cref="FlowInput.Started"/>.</summary>
    public static FlowState Begin(FlowVersion version) => new(version, new FlowStage.Ready());

    /// <summary>What an input does to a flow. Pure: the same three arguments always give the same decision.</summary>
    public static FlowDecision Decide(FlowState state, FlowInput input, Instant now)
    {
        var turn = new Turn(state, now);
        switch (input)
        {
            case FlowInput.KeyPressed press: PressKey(ref turn, press.Key); break;
            case var _ when state.Stage is FlowStage.Ended: break;

            case FlowInput.Started: if (state.Stage is FlowStage.Ready) EnterFirst(ref turn); break;
            case FlowInput.PromptEnded i: if (i.Number == state.Prompts) EndPrompt(ref turn); break;
            case FlowInput.DeadlineReached: if (now >= state.Due) ReachDeadline(ref turn); break;
            case FlowInput.HoursKnown i:
                if (state.Stage is FlowStage.AskingHours asking && asking.Step.Schedule == i.Schedule)
                    GoByHours(ref turn, asking.Step, i.Open);
                break;
            case FlowInput.FlowFound i:
                if (state.Stage is FlowStage.FindingFlow finding && finding.Step.Flow == i.Flow) GoToFlow(ref turn, i.Version);
                break;

            case FlowInput.CustomerGone: BreakOff(ref turn, DigitsEnding.HangUp, new FlowEnd.CustomerGone()); break;
            case FlowInput.Returned: BreakOff(ref turn, DigitsEnding.Returned, new FlowEnd.Return(ByAgent: true)); break;
            default: throw new InvalidOperationException($"No rule for {input.GetType().Name}.");
        }
        return turn.Decide(state);
    }

    private static void EnterFirst(ref Turn turn)
    {
        if (turn.State.Version.Plan.Steps is [var first, ..]) Enter(ref turn, first.Id);
        else Finish(ref turn, new FlowEnd.Failed(FlowFailure.Unfinished));
    }

    /// <summary>Goes on until a step takes time, or the flow ends.</summary>
    private static void Enter(ref Turn turn, int? to)
    {
        for (var entered = 0; entered < FlowPlan.MostSteps; entered++)
        {
            if (turn.State.Version.Plan.Find(to) is not { } step)
            {
                Finish(ref turn, new FlowEnd.Failed(FlowFailure.Unfinished));
                return;
            }
            turn.Do(new FlowOrder.StepEntered(turn.State.Version.Flow, turn.State.Version.Number, step.Id));
            switch (step)
            {
                case FlowStep.SetResult set:
                    turn.Keep(set.Id, set.Result, set.Value, null, accepted: true);
                    to = set.Next;
                    continue;
                case FlowStep.Play { Prompt: null } play:
                    to = play.Next;
                    continue;
                case FlowStep.Play play:
                    turn.Go(new FlowStage.Playing(play), LongestPrompt);
                    turn.Say(play.Prompt);
                    return;
                case FlowStep.Ask ask:
                    Listen(ref turn, ask, 0);
                    return;
                case FlowStep.Branch { Schedule: { } hours } branch:
                    turn.Go(new FlowStage.AskingHours(branch), LongestAnswer);
                    turn.Do(new FlowOrder.AskHours(hours));
                    return;
                case FlowStep.ToFlow { Flow: { } flow } next when turn.State.Hops < MostHops:
                    turn.State = turn.State with { Hops = turn.State.Hops + 1 };
                    turn.Go(new FlowStage.FindingFlow(next), LongestAnswer);
                    turn.Do(new FlowOrder.FindFlow(flow));
                    return;
                default:
                    Finish(ref turn, EndOf(step));
                    return;
            }
        }
        Finish(ref turn, new FlowEnd.Failed(FlowFailure.GoesRound));
    }

    private static FlowEnd EndOf(FlowStep step) => step switch
    {
        FlowStep.Queue { Group: { } group } => new FlowEnd.ToGroup(group),
        FlowStep.ToAgent { Agent: { } agent } => new FlowEnd.ToAgent(agent),
        FlowStep.ToNumber { Number.Length: > 0 } to => new FlowEnd.ToNumber(to.Number),
        FlowStep.ToFlow { Flow: not null } => new FlowEnd.Failed(FlowFailure.TooManyHops),
        FlowStep.Return => new FlowEnd.Return(ByAgent: false),
        FlowStep.HangUp => new FlowEnd.HangUp(),
        _ => new FlowEnd.Failed(FlowFailure.Unfinished),
    };

    private static void EndPrompt(ref Turn turn)
    {
        if (turn.State.Hearing is null) return;
        turn.State = turn.State with { Hearing = null };
        if (turn.State.Stage is FlowStage.Playing playing) Enter(ref turn, playing.Step.Next);
        else if (turn.State.Stage is FlowStage.Listening listening) AwaitFirstDigit(ref turn, listening.Step);
    }

    private static void ReachDeadline(ref Turn turn)
    {
        switch (turn.State.Stage)
        {
            case FlowStage.Playing or FlowStage.Listening when turn.State.Hearing is not null:
                turn.Hush();
                if (turn.State.Stage is FlowStage.Playing playing) Enter(ref turn, playing.Step.Next);
                else if (turn.State.Stage is FlowStage.Listening asking) AwaitFirstDigit(ref turn, asking.Step);
                break;
            case FlowStage.Listening listening: EndPause(ref turn, listening); break;
            // who can't be asked is taken for closed: nobody is sent to agents who may have gone home
            case FlowStage.AskingHours hours: GoByHours(ref turn, hours.Step, open: false); break;
            case FlowStage.FindingFlow: GoToFlow(ref turn, null); break;
        }
    }

    private static void GoByHours(ref Turn turn, FlowStep.Branch step, bool open) => Enter(ref turn, open ? step.Open : step.Closed);

    private static void GoToFlow(ref Turn turn, FlowVersion? version)
    {
        if (version is null)
        {
            Finish(ref turn, new FlowEnd.Failed(FlowFailure.FlowGone));
            return;
        }
        turn.State = turn.State with { Version = version };
        EnterFirst(ref turn);
    }

    /// <summary>Ended from outside: what was keyed up to here is kept.</summary>
    private static void BreakOff(ref Turn turn, DigitsEnding ending, FlowEnd end)
    {
        if (turn.State.Stage is FlowStage.Listening { Step: { Result: { } name } step, Digits: var digits })
            turn.Keep(step.Id, name, digits, ending, accepted: false);
        Finish(ref turn, end);
    }

    private static void Finish(ref Turn turn, FlowEnd end)
    {
        turn.Hush();
        turn.State = turn.State with { Stage = new FlowStage.Ended(end), Due = Instant.Never, Late = null };
        turn.Do(new FlowOrder.End(end));
    }

    /// <summary>One decision in the making.</summary>
    private ref struct Turn(FlowState state, Instant now)
    {
        private List<FlowOrder>? orders;

        public FlowState State = state;
        public readonly Instant Now = now;

        public void Do(FlowOrder order) => (orders ??= new(4)).Add(order);

        public void Go(FlowStage stage, TimeSpan atMost) => State = State with { Stage = stage, Due = Now + atMost };

        public void Say(FlowPrompt prompt)
        {
            State = State with { Hearing = prompt, Prompts = State.Prompts + 1 };
            Do(new FlowOrder.Say(prompt, State.Version.Plan.Language, State.Prompts));
        }

        public void Hush()
        {
            if (State.Hearing is null) return;
            Do(new FlowOrder.Hush(State.Prompts));
            State = State with { Hearing = null };
        }

        public void Keep(int step, string name, string value, DigitsEnding? ending, bool accepted)
        {
            var result = new FlowResult(State.Version.Flow, step, name, value, ending, accepted);
            var others = State.Results.RemoveAll(r => r.Flow == result.Flow && r.Step == step && r.Name == name);
            State = State with { Results = others.Add(result) };
            Do(new FlowOrder.ResultSet(result));
        }

        /// <summary>The deadline follows from the state; its order goes before the end's, which is the last.</summary>
        public readonly FlowDecision Decide(FlowState before)
        {
            if (State.Due == before.Due) return new(State, orders ?? (IReadOnlyList<FlowOrder>)[]);
            FlowOrder deadline = State.Due == Instant.Never ? new FlowOrder.Disarm() : new FlowOrder.Arm(State.Due);
            if (orders is null) return new(State, [deadline]);
            orders.Insert(orders[^1] is FlowOrder.End ? orders.Count - 1 : orders.Count, deadline);
            return new(State, orders);
        }
    }
}
