using System.ComponentModel.DataAnnotations;

namespace Tccc.Platform;

public enum NoticeKind
{
    Mail,
    Sms,
}

public enum NoticeState
{
    /// <summary>Not yet sent; tried again at <see cref="NoticeRow.Due"/>.</summary>
    Waiting,
    Sent,
    /// <summary>Given up; somebody may have it tried again by hand.</summary>
    Failed,
    /// <summary>Nothing is configured that could send it: it would have been sent.</summary>
    NotConfigured,
}

/// <summary>Why a try did not succeed.</summary>
public enum NoticeFault
{
    /// <summary>Nobody listens there, or the connection broke.</summary>
    Unreachable,
    /// <summary>No answer in time.</summary>
    TimedOut,
    /// <summary>The encryption that the settings ask for could not be agreed on, or the certificate is not trusted.</summary>
    Insecure,
    /// <summary>Our name and password, or our signature, were not accepted.</summary>
    SignInRefused,
    /// <summary>Not now: the server asks to try again later.</summary>
    Busy,
    /// <summary>The server will never take this message.</summary>
    Rejected,
    /// <summary>The code in it was no longer good when its turn came.</summary>
    Expired,
    /// <summary>The keys of the data folder that protected its secret part are gone.</summary>
    SecretLost,
}

/// <summary>
/// One mail or SMS. What it says is kept as the name of its text and the values that fill it; the secret part (a password, a code) stands
/// apart, protected, and only as long as it may still be sent.
/// </summary>
public sealed class NoticeRow
{
    /// <summary>Longer answers of servers are cut.</summary>
    internal const int LongestDetail = 300;

    /// <summary>Rises with time.</summary>
    public long Id { get; set; }

    /// <summary>Null: it concerns a person, whatever center they are in.</summary>
    public CenterId? Center { get; set; }

    /// <summary>Whom it concerns, when that is known.</summary>
    public PersonId? Person { get; set; }

    public NoticeKind Kind { get; set; }

    /// <summary>An e-mail address, or a mobile number as it is dialled.</summary>
    [MaxLength(254)]
    public required string To { get; set; }

    [MaxLength(10)]
    public required string Language { get; set; }

    /// <summary>Which of <see cref="MailText"/> or <see cref="SmsText"/>.</summary>
    [MaxLength(40)]
    public required string Text { get; set; }

    /// <summary>What fills the text's {0}, {1}, as a JSON array.</summary>
    public string Values { get; set; } = "[]";

    public string? ProtectedSecret { get; set; }

    public NoticeState State { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>When it is tried next, by the <see cref="EvenClock"/>; meaningless unless it waits.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>After this, by the <see cref="EvenClock"/>, it is not sent any more.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public int Tries { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Of the last try.</summary>
    public NoticeFault? Fault { get; set; }

    /// <summary>What the server answered at the last try.</summary>
    [MaxLength(LongestDetail)]
    public string? Detail { get; set; }
}
