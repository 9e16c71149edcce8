using System.ComponentModel.DataAnnotations;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// How a customer rated one contact: what a caller keyed in a flow and what a visitor clicked stand in one table, so that a score is
/// counted one way. One answer a contact; the agents it concerns are <see cref="SurveyAnswerAgent"/>. product.md §11
/// </summary>
public sealed class SurveyAnswer : ICenterRow
{
    public const int LowestScore = 1;
    public const int HighestScore = 5;
    public const int LongestComment = 1000;
    public const int LongestTag = 30;
    public const int MostTags = 20;

    public long Id { get; set; }

    public CenterId Center { get; set; }

    /// <summary>The call or the conversation; unique.</summary>
    public ContactId Contact { get; set; }

    public SurveyChannel Channel { get; set; }

    /// <summary>Null while the customer is nobody the center knows.</summary>
    public CustomerId? Customer { get; set; }

    /// <summary>The group that served last; null when none did.</summary>
    public GroupId? Group { get; set; }

    /// <summary>The published version of the survey that was asked; null when a flow asked without one.</summary>
    public long? SurveyVersion { get; set; }

    /// <summary>1–5.</summary>
    public int Score { get; set; }

    /// <summary>Those of the score that were chosen, one a line.</summary>
    [MaxLength(MostTags * (LongestTag + 1))]
    public string Tags { get; set; } = "";

    [MaxLength(LongestComment)]
    public string Comment { get; set; } = "";

    public DateTimeOffset At { get; set; }
}

/// <summary>An agent whom an answer concerns: each who served the customer in that contact.</summary>
public sealed class SurveyAnswerAgent : ICenterRow
{
    public long Answer { get; set; }

    public AgentId Agent { get; set; }

    public CenterId Center { get; set; }
}

/// <summary>How the answer was given.</summary>
public enum SurveyChannel
{
    /// <summary>Keys of a telephone.</summary>
    Phone,
    /// <summary>The widget or the page of a chat.</summary>
    Chat,
    /// <summary>After a voice or video call from a web page.</summary>
    Web,
}
