using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// Codes by SMS, with which somebody proves a mobile number; product.md §1. Every step is one change of the single writer, so two posts of
/// the same code have one winner, and a code survives a restart.
/// </summary>
public sealed class SmsCodes
{
    public const int Digits = 6;

    /// <summary>Wrong tries that a code allows; after them it is dead.</summary>
    public const int TriesPerCode = 5;

    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(5);

    private const int SaltBytes = 16;

    /// <summary>The demo shows the latest codes where they are asked for; older ones stand on the outbox page only.</summary>
    private const int ShownAtMost = 100;

    /// <summary>In the audit trail, of any language.</summary>
    private const string Means = "SMS";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(CodePurpose Purpose, string Mobile), string>? shown;
    private readonly Writer writer;
    private readonly Notices notices;
    private readonly Audit audit;
    private readonly IdSource ids;
    private readonly IRandomness randomness;
    private readonly EvenClock clock;
    private readonly CodeLimits limits;

    internal SmsCodes(
        Writer writer, Notices notices, Audit audit, IdSource ids, IRandomness randomness, EvenClock clock, CodeLimits limits, bool demo)
    {
        (this.writer, this.notices, this.audit, this.ids, this.randomness, this.clock) = (writer, notices, audit, ids, randomness, clock);
        this.limits = limits;
        Reach = notices.SmsIsOn || demo;
        if (demo && !notices.SmsIsOn) shown = new();
    }

    /// <summary>
    /// Codes can reach somebody: SMS are sent, or the demo shows them on its outbox page. Where they can't, nobody is asked for one.
    /// </summary>
    public bool Reach { get; }

    /// <summary>SMS are sent; otherwise the outbox page shows them.</summary>
    public bool AreSent => notices.SmsIsOn;

    /// <summary>
    /// The code that went to this number last: in a demo that sends no SMS, and nowhere else; null when there is none to show.
    /// </summary>
    public string? Shown(CodePurpose purpose, string mobile) => shown?.GetValueOrDefault((purpose, mobile));

    /// <summary>
    /// Sends a code and gives in how long the next may be asked for. For a stranger's purpose the answer, and the work, are the same
    /// whether or not somebody has the number. Refused: <see cref="CodeSentJustNow"/>, <see cref="CodeSentTooOften"/>,
    /// <see cref="CodesAskedTooOften"/>, <see cref="CountryNotReached"/>.
    /// </summary>
    /// <param name="asker">Who asks; null for a stranger, whose code goes out only to somebody's own number.</param>
    /// <param name="language">Of the SMS.</param>
    public async Task<Result<TimeSpan>> Send(CodePurpose purpose, string mobile, PersonId? asker, string language, Origin from)
    {
        if (!limits.Reaches(mobile)) return new CountryNotReached(limits.Countries);
        var code = NewCode();
        var salt = new byte[SaltBytes];
        randomness.Fill(salt);
        var sent = await writer.Write<Result<TimeSpan>>(async db =>
        {
            var now = clock.Now;
            await db.Set<SmsCode>().Where(c => c.SentAt <= now - Day).ExecuteDeleteAsync(CancellationToken.None);
            var owner = await Whose(db, mobile);
            var row = new SmsCode
            {
                Id = ids.Next(), Purpose =
                    purpose, Mobile = mobile, Person = asker, Asker = KindOf(asker, owner, from), Network = from.Network,
                Center = await CenterOf(db, asker ?? owner), Salt = salt, Hash = SmsCode.HashOf(salt, code), SentAt = now,
            };
            if (await CodeLimits.Refusal(db, row) is { } refused) return refused;
            db.Add(row);
            // one row either way: the time says no more than the answer
            if ((asker ?? owner) is { } whose && !await CodeLimits.IsUsedUp(db, row.Center))
            {
                notices.Sms(db, null, mobile, language, TextOf(purpose, code), whose);
                Show(purpose, mobile, code);
            }
            else
            {
                audit.Record(db, new(AuditWhat.SignInFailed, From: from.Address, Target: MobileNumber.Mask(mobile), Detail: Means));
            }
            return CodeLimits.Between;
        });
        if (sent.Error is CodeSentTooOften or CodesAskedTooOften)
            audit.Enqueue(
                new(AuditWhat.SignInFailed, asker, From: from.Address, Target: MobileNumber.Mask(mobile),
                    Detail: $"{Means} > {CodeLimits.ADay}"));
        return sent;
    }

    /// <summary>
    /// Uses a code up, inside a change of the writer: null when it is the newest one sent to that number for that purpose, by that asker,
    /// else the refusal to show at the field «code». The change must commit either way (answer with no error), so that a wrong try counts.
    /// </summary>
    public async Task<ValidationFailed?> Redeem(TcccDb db, CodePurpose purpose, string mobile, PersonId? asker, string code, Origin from)
    {
        var now = clock.Now;
        var kind = KindOf(asker, await Whose(db, mobile), from);
        var sent = await db.Set<SmsCode>().Where(c => c.Mobile == mobile && c.Purpose == purpose && c.Person == asker && c.Asker == kind)
            .OrderByDescending(c => c.Id).FirstOrDefaultAsync(CancellationToken.None);
        if (sent is null || sent.Used || sent.SentAt + ValidFor <= now) return Refused("This code is not valid any more. Get a new one.");
        if (sent.Tries >= TriesPerCode) return Refused("Too many wrong codes. Get a new one.");
        if (!sent.Is(code))
        {
            sent.Tries++;
            var detail = sent.Tries < TriesPerCode ? Means : $"{Means} × {TriesPerCode}";
            audit.Record(
                db, new(AuditWhat.SignInFailed, asker
                    ?? await Whose(db, mobile), From: from.Address, Target: MobileNumber.Mask(mobile), Detail: detail));
            return Refused("This code is wrong.");
        }
        sent.Used = true;
        return null;
    }

    private void Show(CodePurpose purpose, string mobile, string code)
    {
        if (shown is null) return;
        if (shown.Count >= ShownAtMost) shown.Clear();
        shown[(purpose, mobile)] = code;
    }

    private static Task<PersonId?> Whose(TcccDb db, string mobile) =>
        db.Set<Person>().Where(p => p.Mobile == mobile).Select(p => (PersonId?)p.Id).SingleOrDefaultAsync(CancellationToken.None);

    /// <summary>The digits of a typed code, without blanks; null when it can't be one.</summary>
    public static string? Typed(string? text)
    {
        var digits = string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
        return digits.Length == Digits && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    private static ValidationFailed Refused(string why) => new("code", why);

    private static CodeAsker KindOf(PersonId? asker, PersonId? owner, Origin from) =>
        asker is not null ? CodeAsker.SignedIn : from.IsDeviceOf(owner) ? CodeAsker.KnownDevice : CodeAsker.Stranger;

    /// <summary>Whose day's codes it is taken from: where the person has worked longest.</summary>
    private static async Task<CenterId?> CenterOf(TcccDb db, PersonId? person) =>
        await db.Set<Agent>().Where(a => a.Person == person).OrderBy(a => a.Id).Select(a => (CenterId?)a.Center)
            .FirstOrDefaultAsync(CancellationToken.None);

    private string NewCode()
    {
        Span<byte> random = stackalloc byte[sizeof(ulong)];
        randomness.Fill(random);
        return (BitConverter.ToUInt64(random) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static SmsText TextOf(CodePurpose purpose, string code) => purpose switch
    {
        CodePurpose.SignIn => new SmsText.SignInCode(code, ValidFor),
        CodePurpose.Recover => new SmsText.RecoveryCode(code, ValidFor),
        _ => new SmsText.BindCode(code, ValidFor),
    };
}
