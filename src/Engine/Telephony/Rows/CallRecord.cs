using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Telephony;

/// <summary>
/// One call as the records know it; product.md §12. Inserted when it arrives, updated when it is answered, held or resumed, when an agent
/// is lost, every 15 s besides, and when it ends. Its times are the wall's at the arrival and even from there: their differences are true.
/// A row with no <see cref="EndedAt"/> belongs to a call that is up.
/// </summary>
public sealed class CallRecord : ICenterRow
{
    /// <summary>What is stored of a number; a longer one is cut.</summary>
    public const int LongestNumber = 64;

    public const int LongestCause = 100;

    /// <summary>Characters; what <see cref="Ledger.MostParts"/> take at most.</summary>
    public const int LongestParts = 20_000;

    /// <summary>By so many last digits of a number its calls are found.</summary>
    public const int TailLength = 8;

    private string customer = "";

    public CallId Id { get; set; }
    public CenterId Center { get; set; }
    public CallDirection Direction { get; set; }

    /// <summary>The caller's number as it came, or empty when withheld; the number we called.</summary>
    public required string Customer
    {
        get => customer;
        set => (customer, CustomerTail) = (value, TailOf(value));
    }

    /// <summary>The <see cref="TailOf">tail</see> of <see cref="Customer"/>, by which an index finds its calls.</summary>
    public string CustomerTail { get; private set; } = "";

    /// <summary>The center's number: the one that was called, or that we showed to whom we called.</summary>
    public required string Called { get; set; }

    public GroupId? Group { get; set; }

    /// <summary>Whose call it was last.</summary>
    public AgentId? Agent { get; set; }

    public DateTimeOffset ArrivedAt { get; set; }

    /// <summary>When an agent and the customer first heard each other.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Milliseconds during which an agent was being asked, or it rang at whom we called.</summary>
    public long RingMs { get; set; }

    /// <summary>Milliseconds of talk; hold and an agent's broken line are none.</summary>
    public long TalkMs { get; set; }

    /// <summary>Milliseconds on hold.</summary>
    public long HoldMs { get; set; }

    /// <summary>
    /// What became of the customer, part by part, as <see cref="CallPart.Of"/> reads it; the three sums above are over it. Null when the
    /// call was refused at once.
    /// </summary>
    [MaxLength(LongestParts)]
    public string? Parts { get; set; }

    /// <summary>We called, and the other side said that it rings there, or is on the way (SIP 18x).</summary>
    public bool Rang { get; set; }

    /// <summary>The SIP status by which the customer's network refused our call; null when it did not.</summary>
    public int? SipStatus { get; set; }

    /// <summary>What its Reason header said of the end (RFC 3326), such as <c>Q.850;cause=17</c>.</summary>
    [MaxLength(LongestCause)]
    public string? SipCause { get; set; }

    public CallResult? Result { get; set; }
    public CallEndReason? Reason { get; set; }
    public EndedBy? EndedBy { get; set; }

    /// <summary>
    /// The last <see cref="TailLength"/> digits of a number, the last one first: all numbers that end alike stand together in an index,
    /// however their country and area are written.
    /// </summary>
    public static string TailOf(string number)
    {
        Span<char> tail = stackalloc char[TailLength];
        var found = 0;
        for (var at = number.Length - 1; at >= 0 && found < TailLength; at--)
            if (char.IsAsciiDigit(number[at])) tail[found++] = number[at];
        return new(tail[..found]);
    }
}

/// <summary>One agent who was asked to take a call, and what came of it. Written when it is known.</summary>
public sealed class CallAttempt : ICenterRow
{
    public CallId Call { get; set; }
    public CenterId Center { get; set; }
    public OfferId Offer { get; set; }
    public AgentId Agent { get; set; }
    public AgentDevice Device { get; set; }

    /// <summary>When the call arrived, as in its own row: an agent's calls are listed in this order.</summary>
    public DateTimeOffset ArrivedAt { get; set; }

    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset EndedAt { get; set; }
    public AttemptOutcome Outcome { get; set; }

    /// <summary>
    /// Nobody asked: the agent called the customer, and the call went on to another. Its offer has the call's own number.
    /// </summary>
    public bool Dialled => Offer.Value == Call.Value;
}

/// <summary>What came of asking an agent.</summary>
public enum AttemptOutcome
{
    Accepted,
    TimedOut,
    Declined,
    CallerGaveUp,
    Unreachable,
    /// <summary>Another agent was faster.</summary>
    LostRace,
    /// <summary>The call ended for another reason while the agent was asked.</summary>
    CallEnded,
    /// <summary>The colleague who consulted took the question back.</summary>
    Withdrawn,
}
