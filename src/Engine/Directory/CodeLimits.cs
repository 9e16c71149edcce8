using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>
/// How many codes go out in 24 hours, by who asks for them: an SMS costs money and reaches a person, so nobody can have many sent;
/// product.md §1. What strangers ask for is counted apart from what the number's owner does, so that they can't use up the owner's.
/// </summary>
public sealed partial class CodeLimits
{
    /// <summary>To one number, from each of the three kinds of askers; <see cref="CodeAsker"/>.</summary>
    public const int ADay = 10;

    /// <summary>By one person who is signed in, to whatever numbers.</summary>
    public const int ADayByPerson = 10;

    /// <summary>From one network: an office of a hundred, twice.</summary>
    public const int ADayByNetwork = 200;

    /// <summary>For the people of one center.</summary>
    public const int ADayByCenter = 1000;

    public static readonly TimeSpan Between = TimeSpan.FromSeconds(60);

    private const string Setting = "Sms:Countries";
    private const string Everywhere = "*";
    private const string China = "86";

    private readonly string[] countries;

    /// <exception cref="StartupException">The setting is no list of country codes.</exception>
    public CodeLimits(IConfiguration configuration)
    {
        var text = configuration[Setting] is { Length: > 0 } set ? set : China;
        countries = text.Split(',', StringSplitOptions.TrimEntries);
        if (text != Everywhere && !countries.All(code => CountryCode().IsMatch(code)))
            throw new StartupException($"{Setting} is \"{text}\"; it must be country codes such as 86,852, or * for every country.");
    }

    /// <summary>To be shown to who is refused.</summary>
    public string Countries => string.Join(", ", countries.Select(code => "+" + code));

    /// <summary>
    /// SMS may go to this number's country; one as <see cref="MobileNumber.Normalise"/> gives it without a plus sign is of mainland China.
    /// </summary>
    public bool Reaches(string mobile)
    {
        if (countries is [Everywhere]) return true;
        var digits = mobile.StartsWith('+') ? mobile[1..] : China + mobile;
        return countries.Any(code => digits.StartsWith(code, StringComparison.Ordinal));
    }

    /// <summary>Why this code may not go out now; null when it may. What the answer depends on is open to whoever asks.</summary>
    internal static async Task<Error?> Refusal(TcccDb db, SmsCode code)
    {
        var codes = db.Set<SmsCode>();
        var same = await codes.Where(c => c.Mobile == code.Mobile && c.Asker == code.Asker).OrderBy(c => c.SentAt).Select(c => c.SentAt)
            .ToListAsync(CancellationToken.None);
        if (same is [.., var last] && last + Between > code.SentAt)
            return new CodeSentJustNow((int)Math.Ceiling((last + Between - code.SentAt).TotalSeconds));
        if (same.Count >= ADay) return new CodeSentTooOften(ADay);
        if (await codes.CountAsync(c => c.Network == code.Network, CancellationToken.None) >= ADayByNetwork)
            return new CodesAskedTooOften();
        if (code.Person is not { } person) return null;
        return await codes.CountAsync(c => c.Person == person, CancellationToken.None) >= ADayByPerson
            || await IsUsedUp(db, code.Center) ? new CodesAskedTooOften() : null;
    }

    /// <summary>
    /// The center's people have had as many as they may. A stranger must not learn it: their code is then not sent, and nothing is said.
    /// </summary>
    internal static async Task<bool> IsUsedUp(TcccDb db, CenterId? center) =>
        center is not null && await db.Set<SmsCode>().CountAsync(c => c.Center == center, CancellationToken.None) >= ADayByCenter;

    [GeneratedRegex("^[1-9][0-9]{0,5}$")]
    private static partial Regex CountryCode();
}

/// <summary>Another code may be asked for in so many seconds.</summary>
public sealed record CodeSentJustNow(int Seconds)
    : Error(ErrorKind.TooMany, "A code was sent to this number a moment ago. You can get another in {0} s.", Seconds);

public sealed record CodeSentTooOften(int Most)
    : Error(ErrorKind.TooMany,
        "{0} codes were sent to this number in the last 24 hours. Try again tomorrow, or sign in with your password.", Most);

public sealed record CodesAskedTooOften()
    : Error(ErrorKind.TooMany, "Too many codes were asked for in the last 24 hours. Try again tomorrow, or ask your administrator.");

public sealed record CountryNotReached(string Countries)
    : Error(ErrorKind.Invalid, "Codes are sent to numbers of these countries only: {0}. Whoever runs the server can allow others.",
        Countries);
