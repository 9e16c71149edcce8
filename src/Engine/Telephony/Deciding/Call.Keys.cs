using Tccc.Media;

namespace Tccc.Telephony;

// What is pressed on the keypad, or typed there as a whole extension.
internal sealed partial record Call
{
    /// <summary>What was pressed before may take so long still when more comes: an extension of digits.</summary>
    public static readonly TimeSpan KeysBehind = DigitTiming.Of('0') * Calls.MostDigits;

    /// <summary>Who gets the agent's keys: the telephone that is consulted, a colleague not, else the customer.</summary>
    private Leg? Keyed => Consultation is not { Speaks: Speaks.WithThird } consultation ? Leg
        : consultation.Third is Third.Outside { Peer: var peer } ? peer.Leg
        : null;

    /// <summary>
    /// The agent's keys go to the customer's leg in the order they were pressed, where somebody hears them; a browser has no use for them.
    /// </summary>
    private static void PressKeys(ref Turn turn, string digits)
    {
        var (call, agent, other) = (turn.Call, turn.Call.Agent!, turn.Call.Keyed);
        var free = call.KeysUntil is { } until && until > turn.Now ? until : turn.Now;
        turn.Refusal =
            agent.JoinedAt is null ? new NotConnectedYet()
            : other is not { } keyed || keyed.Carrier is LegCarrier.Web ? new NoUseForKeys()
            : agent.Stage is AgentStage.Lost ? new LineDown()
            : agent.HeldSince is not null ? new KeysOnHold()
            : free - turn.Now > KeysBehind ? new KeysUnderWay()
            : null;
        if (turn.Refusal is not null) return;

        foreach (var digit in digits)
        {
            turn.Do(new SendDigit(other!.Value.Id, digit));
            free += DigitTiming.Of(digit);
        }

        turn.Call = call with { KeysUntil = free };
    }
}
