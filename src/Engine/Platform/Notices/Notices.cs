using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Tccc.Platform;

/// <summary>
/// Mails and SMS; product.md §1. Called inside a change given to <see cref="Writer"/>, so that a message is stored with what caused it, and
/// sent after the commit: tried again when a server is down, and never lost in a restart. With nothing configured it stands on the outbox
/// page as what would have been sent.
/// </summary>
public sealed class Notices
{
    private readonly NoticeSettings settings;
    private readonly IdSource ids;
    private readonly TimeProvider time;
    private readonly EvenClock clock;
    private readonly IDataProtector protector;
    private readonly Wording wording;

    internal Notices(
        NoticeSettings settings, IdSource ids, TimeProvider time, EvenClock clock, IDataProtectionProvider protection, Wording wording)
    {
        (this.settings, this.ids, this.time, this.clock, this.wording) = (settings, ids, time, clock, wording);
        protector = protection.CreateProtector("Tccc.Platform.Notices");
    }

    /// <summary>Mail is sent; otherwise it is only shown on the outbox page.</summary>
    public bool MailIsOn => settings.Mail is not null;

    /// <summary>SMS are sent; otherwise they are only shown on the outbox page.</summary>
    public bool SmsIsOn => settings.SmsIsOn;

    /// <summary>Queues a mail.</summary>
    /// <param name="center">Whose administrators see it on their outbox page; null when it concerns a person in whatever center.</param>
    /// <param name="language">zh-CN or en; anything else becomes zh-CN.</param>
    /// <param name="person">Whom it concerns: without a center, the administrators of the person's centers see it.</param>
    public void Mail(TcccDb db, CenterId? center, string to, string language, MailText text, PersonId? person = null) =>
        Add(db, NoticeKind.Mail, center, to, language, text, person);

    /// <summary>Queues an SMS to a mobile number. It is not sent any more once the code in it has expired.</summary>
    /// <inheritdoc cref="Mail"/>
    public void Sms(TcccDb db, CenterId? center, string to, string language, SmsText text, PersonId? person = null) =>
        Add(db, NoticeKind.Sms, center, to, language, text, person);

    private void Add(TcccDb db, NoticeKind kind, CenterId? center, string to, string language, NoticeText text, PersonId? person)
    {
        var (now, even) = (time.GetUtcNow(), clock.Now);
        var isOn = kind == NoticeKind.Mail ? MailIsOn : SmsIsOn;
        db.Add(new NoticeRow
        {
            Id = ids.Next(),
            Center = center,
            Person = person,
            Kind = kind,
            To = to,
            Language = (Languages.Match(language) ?? Languages.Chinese).Name,
            Text = text.Name,
            Values = JsonSerializer.Serialize(text.Values),
            // what will never be sent need not be kept, unless a newcomer wants to see it
            ProtectedSecret = text.Secret is { } secret && (isOn || settings.ShowSecrets) ? protector.Protect(secret) : null,
            State = isOn ? NoticeState.Waiting : NoticeState.NotConfigured,
            At = now,
            Due = even,
            ExpiresAt = even + text.Lasts,
        });
        if (isOn) db.Raise(new NoticeQueued(center ?? default, now));
    }

    /// <summary>A message as an administrator may see it on the outbox page.</summary>
    public NoticeView See(NoticeRow row)
    {
        var letter = Letter(row, settings.ShowSecrets ? SecretOf(row) : null);
        return new(row, letter.Subject, letter.Lines, MayNotRetry(row) is null);
    }

    /// <summary>Has a message that was given up tried again, from the first gap on. Inside a change; the row must be tracked.</summary>
    public Result Retry(TcccDb db, NoticeRow row)
    {
        if (MayNotRetry(row) is { } error) return error;
        (row.State, row.Due, row.Tries) = (NoticeState.Waiting, clock.Now, 0);
        db.Raise(new NoticeQueued(row.Center ?? default, time.GetUtcNow()));
        return Result.Done;
    }

    private Error? MayNotRetry(NoticeRow row) => row switch
    {
        { State: not NoticeState.Failed } => new NotGivenUp(),
        { Fault: NoticeFault.Expired or NoticeFault.SecretLost } => new NoLongerGood(),
        { ExpiresAt: { } end } when end <= clock.Now => new NoLongerGood(),
        _ => (row.Kind == NoticeKind.Mail ? MailIsOn : SmsIsOn) ? null : new NothingSends(),
    };

    /// <summary>Null when the row has none, or the keys it was protected with are gone.</summary>
    internal string? SecretOf(NoticeRow row)
    {
        try
        {
            return row.ProtectedSecret is { } kept ? protector.Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The words of a message; without a secret, dots stand in its place.</summary>
    internal Letter Letter(NoticeRow row, string? secret) =>
        wording.Write(row.Text, row.Language, JsonSerializer.Deserialize<string[]>(row.Values)!, secret);
}

/// <summary>A message for the outbox page.</summary>
/// <param name="Subject">Null for an SMS.</param>
/// <param name="Lines">Passwords and codes are hidden, unless the demo is on.</param>
/// <param name="MayRetry">It was given up, and trying again could help.</param>
public sealed record NoticeView(NoticeRow Row, string? Subject, IReadOnlyList<string> Lines, bool MayRetry);

public sealed record NotGivenUp() : Error(ErrorKind.Conflict, "This message can't be retried: it was sent, or is still being tried.");

public sealed record NoLongerGood()
    : Error(ErrorKind.Conflict, "This message is no longer valid, so it won't be sent. Request a new one.");

public sealed record NothingSends() : Error(ErrorKind.Conflict, "Nothing is configured that could send this message.");

/// <summary>A message was stored and may be sent. Its center is 0 when it has none.</summary>
public sealed record NoticeQueued(CenterId Center, DateTimeOffset At) : IEvent;
