using System.ComponentModel.DataAnnotations;

namespace Tccc.Directory;

/// <summary>What happened, of a closed set; product.md §1.</summary>
public enum AuditWhat
{
    SignedIn,
    /// <summary>A wrong password or code, or an account nobody has.</summary>
    SignInFailed,
    LockedOut,
    SignedOut,
    SignedOutEverywhere,
    /// <summary>By the person, who knew the old one.</summary>
    PasswordChanged,
    /// <summary>By the person, who had forgotten the old one.</summary>
    PasswordRecovered,
    /// <summary>By an administrator.</summary>
    PasswordReplaced,
    /// <summary>At the first sign-in.</summary>
    MobileBound,
    MobileChanged,
    ProfileChanged,
    PersonCreated,
    PersonChanged,
    PersonDisabled,
    PersonEnabled,
    PersonRemoved,
    GroupSaved,
    GroupDeleted,
    NumberSaved,
    NumberDeleted,
    TrunkSaved,
    TrunkDeleted,
    PhoneSaved,
    PhonePasswordReplaced,
    PhoneDeleted,
    SoundSaved,
    SoundDeleted,
    ScheduleSaved,
    ScheduleDeleted,
    SettingsSaved,
    NoticeRetried,
    CustomerSaved,
    CustomerNoted,
    CustomersMerged,
    CustomersParted,
    /// <summary>The list of customers was looked at.</summary>
    CustomersSeen,
    /// <summary>The outbox, with what was said to people, was looked at.</summary>
    OutboxSeen,
    /// <summary>The record of a call that another agent served was looked at.</summary>
    RecordSeen,
    /// <summary>A page of the list of calls that others served was looked at.</summary>
    RecordsSeen,
}

/// <summary>One event of the audit trail. Never changed; deleted when it is older than <see cref="Audit.Keep"/>.</summary>
public sealed class AuditRow
{
    internal const int LongestText = 254;

    /// <summary>Rises with time.</summary>
    public long Id { get; set; }

    /// <summary>Null: it concerns a person, whatever center they are in.</summary>
    public CenterId? Center { get; set; }

    /// <summary>Whom it concerns.</summary>
    public PersonId? Person { get; set; }

    /// <summary>Who did it; null when nobody was signed in.</summary>
    public PersonId? Actor { get; set; }

    public AuditWhat What { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The network address that the request came from.</summary>
    [MaxLength(45)]
    public string? Address { get; set; }

    /// <summary>What it was done to, by the name people know: a group, a number, an e-mail.</summary>
    [MaxLength(LongestText)]
    public string? Target { get; set; }

    /// <summary>More in a few words; never a password or a code.</summary>
    [MaxLength(LongestText)]
    public string? Detail { get; set; }
}
