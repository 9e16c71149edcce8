namespace Tccc.Telephony;

/// <summary>Something wrong with a draft.</summary>
/// <param name="Step">The number of the step; null when it is the flow's as a whole.</param>
/// <param name="What">The sentence, with its translations.</param>
/// <param name="IsWarning">It may be published all the same.</param>
public sealed record FlowFault(int? Step, Error What, bool IsWarning = false);

public sealed record FlowHasNoStep() : Error(ErrorKind.Invalid, "This flow has no step yet. Add one.");

public sealed record FlowHasTooManySteps(int Most) : Error(ErrorKind.Invalid, "A flow has at most {0} steps. Remove some.", Most);

public sealed record FlowSpeaksNoLanguage() : Error(ErrorKind.Invalid, "Choose the language in which texts are spoken.");

public sealed record StepNumberTwice(int Step)
    : Error(ErrorKind.Invalid, "Another step has the number {0} too. Remove one of them.", Step);

public sealed record StepNameTwice(string Name)
    : Error(ErrorKind.Invalid, "Another step is called {0} too. Give each a name of its own.", Name);

public sealed record BadStepName(int Most)
    : Error(ErrorKind.Invalid, "Enter a name of at most {0} characters, without invisible ones.", Most);

public sealed record NoPrompt() : Error(ErrorKind.Invalid, "Choose the recording that is played, or enter the text that is spoken.");

public sealed record PromptGone() : Error(ErrorKind.Invalid, "The recording of this step is not there any more. Choose another.");

public sealed record BadPromptText(int Most)
    : Error(ErrorKind.Invalid, "Enter the text that is spoken: at most {0} characters, without invisible ones.", Most);

public sealed record NextNotChosen() : Error(ErrorKind.Invalid, "Choose the step that follows.");

public sealed record KeysLeadNowhere(string Keys) : Error(ErrorKind.Invalid, "Choose the step to which the key {0} leads.", Keys);

public sealed record OtherwiseNotChosen() : Error(ErrorKind.Invalid, "Choose the step that follows when nothing usable was keyed.");

public sealed record OpenNotChosen() : Error(ErrorKind.Invalid, "Choose the step that follows during the opening hours.");

public sealed record ClosedNotChosen() : Error(ErrorKind.Invalid, "Choose the step that follows outside the opening hours.");

public sealed record NextStepGone(int Step)
    : Error(ErrorKind.Invalid, "The step {0}, to which this one leads, is not there. Choose another.", Step);

public sealed record FlowGroupGone() : Error(ErrorKind.Invalid, "Choose a group of this center.");

public sealed record FlowAgentGone() : Error(ErrorKind.Invalid, "Choose an agent of this center who is not locked out.");

public sealed record FlowScheduleGone() : Error(ErrorKind.Invalid, "Choose opening hours of this center.");

public sealed record NextFlowGone() : Error(ErrorKind.Invalid, "Choose a published flow of this center.");

public sealed record BadFlowNumber(int Least, int Most)
    : Error(ErrorKind.Invalid, "Enter a telephone number: {0} to {1} digits, with or without a plus sign before them.", Least, Most);

public sealed record MenuIsEmpty() : Error(ErrorKind.Invalid, "A menu needs at least one key. Add one.");

public sealed record MenuTooLong(int Most) : Error(ErrorKind.Invalid, "A menu has at most {0} keys. Remove some.", Most);

public sealed record BadOptionKeys(int Most) : Error(ErrorKind.Invalid, "Each choice is 1 to {0} of the keys 0-9, * and #.", Most);

public sealed record KeysLeadTwoWays(string Keys)
    : Error(ErrorKind.Invalid, "The key {0} leads to more than one step. Leave one of them.", Keys);

public sealed record BadDigitCount(int Most)
    : Error(ErrorKind.Invalid, "Enter from how many digits to how many: at least 1, at most {0}, the smaller number first.", Most);

public sealed record BadTerminator() : Error(ErrorKind.Invalid, "The key that ends the entry is one of 0-9, * and #, or none.");

public sealed record TerminatorIsAllowed(string Key)
    : Error(ErrorKind.Invalid, "The key {0} ends the entry, so it can't be a part of it. Remove it from the allowed keys.", Key);

public sealed record BadAllowedKeys()
    : Error(ErrorKind.Invalid, "Enter the allowed keys: at least one of 0-9, * and #, and each once.");

public sealed record BadFirstDigitTime(int Least, int Most)
    : Error(ErrorKind.Invalid, "The time for the first digit is {0} to {1} seconds.", Least, Most);

public sealed record BadBetweenDigitsTime(int Least, int Most)
    : Error(ErrorKind.Invalid, "The time between two digits is {0} to {1} seconds.", Least, Most);

public sealed record BadRetries(int Most) : Error(ErrorKind.Invalid, "It is asked again 0 to {0} times.", Most);

public sealed record BadResultName(int Most)
    : Error(ErrorKind.Invalid, "Enter the name of the result: at most {0} characters, without invisible ones.", Most);

public sealed record BadResultValue(int Most)
    : Error(ErrorKind.Invalid, "Enter the value of the result: at most {0} characters, without invisible ones.", Most);

public sealed record StepCannotEnd()
    : Error(ErrorKind.Invalid,
        "No way leads from this step to an end. Lead it to one: a group, an agent, a number, a flow, Return or Hang up.");

public sealed record StepGoesRound()
    : Error(ErrorKind.Invalid, "Callers who key nothing come back to this step for ever. Lead one of the steps on this way to an end.");

public sealed record StepNotReached() : Error(ErrorKind.Invalid, "No way leads to this step.");
