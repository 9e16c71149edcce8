using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>A new number, or a changed one, with its opening hours; product.md §4.</summary>
public static class SaveNumber
{
    /// <summary>What the form holds, as it was typed. Hours: by the name of the day.</summary>
    public sealed record Draft
    {
        public string? Digits { get; init; }

        public string? Entry { get; init; }

        public string? Group { get; init; }

        public string? Agent { get; init; }

        public string? Open { get; init; }

        public Dictionary<string, string>? Hours { get; init; }

        public string? ClosedAnnouncement { get; init; }

        public const string Always = "always";
        public const string ByWeek = "week";

        public static Draft Of(Number number, IReadOnlyList<OpeningHours> hours) => new()
        {
            Digits = number.Digits,
            Entry = number.Entry.ToString(),
            Group = number.Group?.ToString(),
            Agent = number.Agent?.ToString(),
            Open = hours.Count == 0 ? Always : ByWeek,
            Hours = WeekHours.Days.ToDictionary(day => day.ToString(), day => WeekHours.Write(hours.Where(h => h.Day == day))),
            ClosedAnnouncement = number.ClosedAnnouncement?.ToString(),
        };
    }

    internal sealed record Command(CenterId Center, NumberId? Id, Draft Draft) : IRequest<Result<NumberId>>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft.Digits).Must(d => Normal(d) is not null).WithMessage("Enter 2 to 20 digits; a + in front, blanks and dashes may be there.");
            RuleFor(c => c.Draft.Entry).IsEnumName(typeof(NumberEntry)).WithMessage("Choose one of the list.");
            RuleFor(c => c.Draft.Group).Must(g => Reading.Id<GroupId>(g) is not null).When(c => c.Draft.Entry == nameof(NumberEntry.Group)).WithMessage("Choose the group that the number leads to.");
            RuleFor(c => c.Draft.Agent).Must(a => Reading.Id<AgentId>(a) is not null).When(c => c.Draft.Entry == nameof(NumberEntry.Agent)).WithMessage("Choose the person that the number leads to.");
            RuleFor(c => c.Draft.Open).Must(o => o is Draft.Always or Draft.ByWeek).WithMessage("Choose one of the list.");
        }
    }

    internal sealed class Handler(Desk desk, IdSource ids, IStringLocalizer<Texts> texts) : IRequestHandler<Command, Result<NumberId>>
    {
        public async Task<Result<NumberId>> Handle(Command request, CancellationToken cancellationToken)
        {
            var hours = Hours(request.Draft);
            if (!hours.Ok) return hours.Error;
            return await desk.Change<NumberId>(request.Center, async db =>
            {
                var numbers = await db.Of<Number>(request.Center).ToListAsync(CancellationToken.None);
                var number = request.Id is { } id ? numbers.Find(n => n.Id == id) : new Number { Id = ids.Next<NumberId>(), Center = request.Center, Digits = "" };
                if (number is null) return new NotInThisCenter();
                var digits = Normal(request.Draft.Digits)!;
                // one number written with and without its plus would be two entries for one caller
                if (numbers.Exists(n => n.Id != number.Id && n.Digits.TrimStart('+') == digits.TrimStart('+'))) return new ValidationFailed(nameof(Draft.Digits), "This number exists already.");
                number.Digits = digits;
                if (await Lead(db, number, request.Draft) is { } nowhere) return nowhere;
                if (request.Id is null) db.Add(number);
                else db.Replace(number);
                await db.Of<OpeningHours>(request.Center).Where(h => h.Number == number.Id).ExecuteDeleteAsync(CancellationToken.None);
                foreach (var period in hours.Value)
                {
                    (period.Id, period.Center, period.Number) = (ids.Next(), request.Center, number.Id);
                    db.Add(period);
                }
                desk.Note(db, AuditWhat.NumberSaved, number.Digits);
                return number.Id;
            });
        }

        private Result<List<OpeningHours>> Hours(Draft draft)
        {
            if (draft.Open != Draft.ByWeek) return new List<OpeningHours>();
            var all = new List<OpeningHours>();
            foreach (var day in WeekHours.Days)
            {
                if (WeekHours.Read(day, draft.Hours?.GetValueOrDefault(day.ToString())) is not { } periods) return Wrong(day, texts["Write periods such as 09:00-12:00, 13:00-18:00."]);
                all.AddRange(periods);
                if (WeekHours.Overlap(all) is { } two) return Wrong(day, texts["{0} and {1} overlap.", WeekHours.Write(two.Item1), WeekHours.Write(two.Item2)]);
            }
            if (all.Count == 0) return Wrong(DayOfWeek.Monday, texts["The number would never be open: enter hours, or choose “Always open”."]);
            return all;
        }

        private static ValidationFailed Wrong(DayOfWeek day, string message) => new($"Hours[{day}]", message);

        /// <summary>Sets where the number leads; what it names must be there, in this center.</summary>
        private static async Task<Error?> Lead(TcccDb db, Number number, Draft draft)
        {
            var was = number.Flow;
            number.Entry = Enum.Parse<NumberEntry>(draft.Entry!);
            number.Group = number.Entry == NumberEntry.Group ? Reading.Id<GroupId>(draft.Group) : null;
            number.Agent = number.Entry == NumberEntry.Agent ? Reading.Id<AgentId>(draft.Agent) : null;
            number.Flow = number.Entry == NumberEntry.Flow ? was : null;
            number.ClosedAnnouncement = draft.Open == Draft.ByWeek ? Reading.Id<SoundId>(draft.ClosedAnnouncement) : null;
            if (number is { Entry: NumberEntry.Flow, Flow: null }) return new ValidationFailed(nameof(Draft.Entry), "There are no flows yet. Choose a group or a person.");
            if (number.Group is { } group && !await db.Of<SkillGroup>(number.Center).AnyAsync(g => g.Id == group)) return new ValidationFailed(nameof(Draft.Group), "This group does not exist any more. Choose another.");
            if (number.Agent is { } agent && !await db.Of<Agent>(number.Center).AnyAsync(a => a.Id == agent && !a.Disabled)) return new ValidationFailed(nameof(Draft.Agent), "This person is not in the center any more, or is disabled. Choose another.");
            if (number.ClosedAnnouncement is { } sound && !await db.Of<Sound>(number.Center).AnyAsync(s => s.Id == sound)) return new ValidationFailed(nameof(Draft.ClosedAnnouncement), "This recording does not exist any more. Choose another.");
            return null;
        }
    }

    /// <summary>As it is dialled: digits with an optional + before them; null when it is no number.</summary>
    public static string? Normal(string? typed)
    {
        var text = new string([.. (typed ?? "").Where(c => c is not (' ' or '-' or '(' or ')' or '.' or '\u00A0'))]);
        var digits = text.StartsWith('+') ? text[1..] : text;
        return digits.Length is >= 2 and <= 19 && digits.All(char.IsAsciiDigit) ? text : null;
    }

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/numbers/new", (Centers centers, CurrentAgent me) =>
            Page(centers.Of(me.Center)!, null, Draft.Of(new Number { Digits = "", Entry = NumberEntry.Group }, []), null));

        app.MapGet("/admin/numbers/{id:long}", (Centers centers, CurrentAgent me, NumberId id) =>
        {
            var view = centers.Of(me.Center)!;
            return view.Numbers.Values.FirstOrDefault(n => n.Id == id) is { } number
                ? Page(view, id, Draft.Of(number, view.Hours.GetValueOrDefault(id, [])), null)
                : new NotInThisCenter().ToHttp();
        });

        app.MapPost("/admin/numbers", (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, [FromForm] Draft? draft) =>
            Save(http, mediator, centers, me, null, draft ?? new()));
        app.MapPost("/admin/numbers/{id:long}", (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, NumberId id, [FromForm] Draft? draft) =>
            Save(http, mediator, centers, me, id, draft ?? new()));
    }

    private static async Task<IResult> Save(HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, NumberId? id, Draft draft)
    {
        var saved = await mediator.Send(new Command(me.Center, id, draft), CancellationToken.None);
        if (saved.Ok) return http.Response.GoTo("/admin/numbers?done=saved");
        return saved.Error is NotInThisCenter ? saved.Error.ToHttp() : Page(centers.Of(me.Center)!, id, draft, saved.Error);
    }

    private static IResult Page(CenterView view, NumberId? id, Draft draft, Error? refusal) =>
        Reading.Page<NumberPage>(refusal, ("View", view), ("Id", id), ("Draft", draft), ("Refusal", refusal));
}
