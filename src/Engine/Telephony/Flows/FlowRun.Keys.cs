namespace Tccc.Telephony;

public static partial class FlowRun
{
    private static void PressKey(ref Turn turn, char key)
    {
        var isLate = turn.State.Late is { } late && key == late.Key && turn.Now <= late.Until;
        turn.State = turn.State with { Late = null };
        switch (turn.State.Stage)
        {
            case FlowStage.Playing or FlowStage.Listening when isLate:
                turn.Do(new FlowOrder.KeySeen(key, KeyUse.Late));
                break;
            case FlowStage.Playing { Step: { Interruptible: true, Next: var next } }:
                turn.Do(new FlowOrder.KeySeen(key, KeyUse.Skipped));
                turn.Hush();
                Enter(ref turn, next);
                break;
            case FlowStage.Playing:
                turn.Do(new FlowOrder.KeySeen(key, KeyUse.NotInterruptible));
                break;
            case FlowStage.Listening { Step.Interruptible: false } when turn.State.Hearing is not null:
                turn.Do(new FlowOrder.KeySeen(key, KeyUse.NotInterruptible));
                break;
            case FlowStage.Listening listening:
                if (turn.State.Hearing is not null)
                {
                    turn.Hush();
                    AwaitFirstDigit(ref turn, listening.Step);
                }
                if (listening.Step is FlowStep.Collect collect) Collect(ref turn, listening, collect, key);
                else if (listening.Step is FlowStep.Menu menu) Choose(ref turn, listening, menu, key);
                break;
            default:
                turn.Do(new FlowOrder.KeySeen(key, KeyUse.NotAsked));
                break;
        }
    }

    /// <summary>Asks, for the first time or once more; what was keyed before is gone.</summary>
    private static void Listen(ref Turn turn, FlowStep.Ask step, int attempt)
    {
        turn.Go(new FlowStage.Listening(step, attempt, ""), LongestPrompt);
        if ((attempt > 0 ? step.Again ?? step.Prompt : step.Prompt) is { } prompt) turn.Say(prompt);
        else AwaitFirstDigit(ref turn, step);
    }

    private static void AwaitFirstDigit(ref Turn turn, FlowStep.Ask step) =>
        turn.Go(turn.State.Stage, TimeSpan.FromSeconds(step.Times.FirstDigit));

    private static void Collect(ref Turn turn, FlowStage.Listening at, FlowStep.Collect step, char key)
    {
        if (key == step.Terminator)
        {
            turn.Do(new FlowOrder.KeySeen(key, KeyUse.Terminated));
            EndDigits(ref turn, at, step, DigitsEnding.Terminator);
        }
        else if (!step.Allowed.Contains(key)) turn.Do(new FlowOrder.KeySeen(key, KeyUse.NotAllowed));
        else
        {
            at = Take(ref turn, at, key);
            if (at.Digits.Length < step.Most) return;
            if (step.Terminator is { } terminator) turn.State = turn.State with { Late = new(terminator, turn.State.Due) };
            EndDigits(ref turn, at, step, DigitsEnding.Count);
        }
    }

    private static void Choose(ref Turn turn, FlowStage.Listening at, FlowStep.Menu step, char key)
    {
        var typed = at.Digits + key;
        if (!step.Options.Any(option => option.Keys.StartsWith(typed, StringComparison.Ordinal)))
        {
            turn.Do(new FlowOrder.KeySeen(key, KeyUse.NoChoice));
            AskAgain(ref turn, at with { Digits = typed }, DigitsEnding.NoChoice);
            return;
        }
        at = Take(ref turn, at, key);
        // a longer one may still be meant
        if (!step.Options.Any(option => option.Keys.Length > typed.Length && option.Keys.StartsWith(typed, StringComparison.Ordinal)))
            EndChoice(ref turn, at, step, DigitsEnding.Count);
    }

    private static FlowStage.Listening Take(ref Turn turn, FlowStage.Listening at, char key)
    {
        turn.Do(new FlowOrder.KeySeen(key, KeyUse.Taken));
        at = at with { Digits = at.Digits + key };
        turn.State = turn.State with { Hops = 0 };
        turn.Go(at, TimeSpan.FromSeconds(at.Step.Times.BetweenDigits));
        return at;
    }

    /// <summary>The time for the first digit, or between two, has run out.</summary>
    private static void EndPause(ref Turn turn, FlowStage.Listening at)
    {
        if (at.Digits.Length == 0) AskAgain(ref turn, at, DigitsEnding.Silence);
        else if (at.Step is FlowStep.Collect collect) EndDigits(ref turn, at, collect, DigitsEnding.Pause);
        else if (at.Step is FlowStep.Menu menu) EndChoice(ref turn, at, menu, DigitsEnding.Pause);
    }

    private static void EndDigits(ref Turn turn, FlowStage.Listening at, FlowStep.Collect step, DigitsEnding ending)
    {
        if (at.Digits.Length < step.Least) AskAgain(ref turn, at, ending);
        else Answer(ref turn, at, ending, step.Next);
    }

    private static void EndChoice(ref Turn turn, FlowStage.Listening at, FlowStep.Menu step, DigitsEnding ending)
    {
        if (step.Options.FirstOrDefault(option => option.Keys == at.Digits) is { } chosen) Answer(ref turn, at, ending, chosen.Next);
        else AskAgain(ref turn, at, ending);
    }

    private static void Answer(ref Turn turn, FlowStage.Listening at, DigitsEnding ending, int? next)
    {
        if (at.Step.Result is { } name) turn.Keep(at.Step.Id, name, at.Digits, ending, accepted: true);
        Enter(ref turn, next);
    }

    private static void AskAgain(ref Turn turn, FlowStage.Listening at, DigitsEnding why)
    {
        if (at.Attempt < at.Step.Times.Retries)
        {
            turn.Do(new FlowOrder.AskedAgain(at.Step.Id, at.Attempt + 1, why));
            Listen(ref turn, at.Step, at.Attempt + 1);
            return;
        }
        if (at.Step.Result is { } name) turn.Keep(at.Step.Id, name, at.Digits, why, accepted: false);
        Enter(ref turn, at.Step.Otherwise);
    }
}
