using System.Globalization;
using System.Text;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Records;

/// <summary>What the list is narrowed to, as it stands in the address; product.md §12. What is empty narrows nothing.</summary>
/// <param name="From">The first day by the center's clock, as <see cref="DayFormat"/>.</param>
/// <param name="To">The last one.</param>
/// <param name="Direction">A <see cref="CallDirection"/>.</param>
/// <param name="Agent">Who had a part in it.</param>
/// <param name="Number">Whole in any of its forms, or its last 4 to 8 digits.</param>
/// <param name="Ending">A <see cref="CallResult"/>, a <see cref="CallEndReason"/>, or <see cref="InProgress"/>.</param>
public sealed record CallFilter(string? From, string? To, string? Direction, string? Agent, string? Group, string? Number, string? Ending)
{
    public const string InProgress = nameof(InProgress);
    internal const string DayFormat = "yyyy-MM-dd";

    /// <summary>Fewer stand in too many numbers.</summary>
    internal const int LeastDigits = 4;

    /// <summary>Characters of a typed number.</summary>
    internal const int LongestNumber = CallRecord.LongestNumber;

    private (string Name, string? Value)[] Parts =>
        [("from", From), ("to", To), ("direction", Direction), ("agent", Agent), ("group", Group), ("number", Number), ("ending", Ending)];

    /// <summary>Nothing is narrowed.</summary>
    internal bool IsEmpty => Parts.All(part => string.IsNullOrWhiteSpace(part.Value));

    /// <summary>An address with this filter and what else stands in it.</summary>
    internal string On(string address, string? more = null)
    {
        var query = Parts.Where(part => !string.IsNullOrWhiteSpace(part.Value))
            .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").Concat(more is null ? [] : [more]);
        return string.Join('&', query) is { Length: > 0 } all ? $"{address}?{all}" : address;
    }

    /// <summary>What is looked for, or what is wrong with which field. For an agent: their own calls, whatever is asked.</summary>
    internal Result<WantedCalls> Read(CenterView center, CurrentAgent me)
    {
        var wrong = new List<FieldError>();
        T? Known<T>(string field, string? text, string message, Func<string, T?> read) where T : struct
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            if (read(text.Trim()) is { } value) return value;
            wrong.Add(new(field, message));
            return null;
        }
        const string noDay = "Enter a day from 1970 on as year-month-day, such as 2026-03-02.";
        var (first, last) = (Known("from", From, noDay, Day), Known("to", To, noDay, Day));
        if (first > last) wrong.Add(new("to", "The last day is before the first one. Swap them, or leave one empty."));
        var direction = Known("direction", Direction, "Choose a direction from the list.", Named<CallDirection>);
        var agent = Known("agent", Agent, "Choose an agent from the list.", text => OneOf(text, center.Agents.Keys));
        if (agent is { } other && other != me.Agent && !me.SeesAll()) wrong.Add(new("agent", "You can see your own calls only."));
        var group = Known("group", Group, "Choose a group from the list.", text => OneOf(text, center.Groups.Keys));
        var open = Ending?.Trim() == InProgress;
        var result = open ? null : Named<CallResult>(Ending?.Trim());
        const string noEnding = "Choose an ending from the list.";
        var reason = open || result is not null ? null : Known("ending", Ending, noEnding, Named<CallEndReason>);
        var number = WantedNumber.Read(Number, center.Center.Country, out var fault);
        if (fault is not null) wrong.Add(new("number", fault));
        if (wrong.Count > 0) return new ValidationFailed(wrong);
        return new WantedCalls(
            center.Id, Begin(first, center.Zone()), Begin(last?.AddDays(1), center.Zone()), direction,
            me.SeesAll() ? agent : me.Agent, group, number, open, result, reason);
    }

    // no center has worked before or after, and the ends of the calendar can't be reckoned with
    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 1970 and < 9999 ? day : null;

    /// <summary>A day's first moment. Where clocks are put back at one o'clock, midnight comes twice: it is the first of both.</summary>
    internal static DateTimeOffset? Begin(DateOnly? day, TimeZoneInfo zone) => day?.ToDateTime(TimeOnly.MinValue) is { } local
        ? new(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local))
        : null;

    // by its name only: a bare number is read as a member too
    private static T? Named<T>(string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, out var value) && value.ToString() == text ? value : null;

    private static TId? OneOf<TId>(string text, IEnumerable<TId> known) where TId : struct, IId<TId> =>
        TId.TryParse(text, CultureInfo.InvariantCulture, out var id) && known.Contains(id) ? id : null;
}

/// <summary>A number that is looked for: whole where <paramref name="Spellings"/> are given, else by its last digits.</summary>
/// <param name="Tails">As in <see cref="CallRecord.CustomerTail"/>: of each spelling, or the beginning of one.</param>
/// <param name="Spellings">Every way in which a call may have brought it.</param>
internal sealed record WantedNumber(IReadOnlyList<string> Tails, IReadOnlyList<string> Spellings)
{
    /// <summary>The tails are whole ones.</summary>
    public bool IsWhole => Spellings.Count > 0 || Tails[0].Length == CallRecord.TailLength;

    /// <summary>Null when none was typed, or with the fault.</summary>
    public static WantedNumber? Read(string? typed, string country, out string? fault)
    {
        fault = null;
        if (string.IsNullOrWhiteSpace(typed)) return null;
        var text = typed.Any(char.IsSurrogate) ? "" : typed.Normalize(NormalizationForm.FormKC);
        var digits = text.Count(char.IsAsciiDigit);
        // few digits are the last of a number, also where they begin as a whole one would
        if (digits is >= CallFilter.LeastDigits and <= CallRecord.TailLength && text.All(IsDigitOrBetween))
            return new([CallRecord.TailOf(text)], []);
        // an extension does not come with a call
        if (text.Length <= CallFilter.LongestNumber && PhoneKey.Of(text, country)?.Split('x')[0] is { } key)
        {
            IReadOnlyList<string> spellings = key.StartsWith('+') ? PhoneKey.Spellings(key, country) : [];
            string[] tails = [.. (spellings.Count > 0 ? spellings : [key]).Select(CallRecord.TailOf).Distinct()];
            if (tails[0].Length >= CallFilter.LeastDigits) return new(tails, spellings);
        }
        fault = digits is > 0 and < CallFilter.LeastDigits
            ? "Enter at least 4 digits: fewer stand in too many numbers."
            : "Enter a telephone number, or its last 4 to 8 digits.";
        return null;
    }

    private static bool IsDigitOrBetween(char c) => char.IsAsciiDigit(c) || c is ' ' or '-' or '(' or ')' or '.' or '/';
}

/// <summary>What is looked for, read.</summary>
/// <param name="Since">The first moment.</param>
/// <param name="Until">The first moment that is too late.</param>
/// <param name="Agent">Had a part in it.</param>
/// <param name="Open">Only calls that are up.</param>
internal sealed record WantedCalls(
    CenterId Center, DateTimeOffset? Since, DateTimeOffset? Until, CallDirection? Direction, AgentId? Agent, GroupId? Group,
    WantedNumber? Number, bool Open, CallResult? Result, CallEndReason? Reason);

internal static class CenterTime
{
    /// <summary>The zone that the center's days are counted in.</summary>
    public static TimeZoneInfo Zone(this CenterView center) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(center.Center.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
