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

/// <summary>New opening hours, or changed ones: a week and the days that differ from it; product.md §4.</summary>
public static class SaveSchedule
{
    public const int MostExceptions = 60;

    /// <summary>Days.</summary>
    public const int LongestException = 366;

    private const int EmptyLines = 3;

    /// <summary>What the form holds, as it was typed. Hours: by the name of the day.</summary>
    public sealed record Draft : FormDraft
    {
        public string? Name { get; init; }

        public string? TimeZone { get; init; }

        public Dictionary<string, string>? Hours { get; init; }

        public List<ExceptionLine>? Exceptions { get; init; }

        /// <summary>The lines with room for more, and a place for each one that somebody else saved meanwhile.</summary>
        internal IReadOnlyList<ExceptionLine> Shown(ChangedByAnother? changed)
        {
            var typed = Exceptions ?? [];
            var more = 0;
            while (changed?.Stored.ContainsKey($"{nameof(Exceptions)}[{typed.Count + more}].{nameof(ExceptionLine.First)}") is true) more++;
            return [.. typed, .. Enumerable.Repeat(new ExceptionLine(), more + EmptyLines)];
        }

        public static Draft Of(ScheduleView schedule) => new()
        {
            Version = Reading.Of(schedule.Schedule.Version),
            Name = schedule.Name,
            TimeZone = schedule.Schedule.TimeZone,
            Hours = WeekHours.Days.ToDictionary(day => day.ToString(), day => WeekHours.Write(schedule.Week.Where(h => h.Day == day))),
            Exceptions = [.. schedule.Exceptions.Select(ExceptionLine.Of)],
        };
    }

    internal sealed record Command(CenterId Center, ScheduleId? Id, Draft Draft) : IRequest<Result<ScheduleId>>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft.Name).IsName(Schedule.LongestName);
            RuleFor(c => c.Draft.TimeZone).Must(Zones.IsZone).WithMessage("Choose one from the list.");
        }
    }

    internal sealed class Handler(Desk desk, IdSource ids, IStringLocalizer<Texts> texts) : IRequestHandler<Command, Result<ScheduleId>>
    {
        public async Task<Result<ScheduleId>> Handle(Command request, CancellationToken cancellationToken)
        {
            var refused = new List<FieldError>();
            var week = WeekHours.Read(
                request.Draft.Hours, (day, message) =>
                    new($"Hours[{day}]", message), (one, other) => texts["{0} and {1} overlap.", one, other], refused);
            var exceptions = request.Draft.Exceptions!.Select((line, at) => line.Read(at, texts, refused)).ToList();
            if (exceptions.Count > MostExceptions) refused.Add(new("Exceptions", "Enter at most 60 special days."));
            if (week.Count == 0 && refused.Count == 0)
                refused.Add(new($"Hours[{DayOfWeek.Monday}]", "These hours would never be open: enter a period on one of the days."));
            if (refused.Count > 0) return new ValidationFailed(refused);
            return await desk.Change<ScheduleId>(request.Center, db => Store(db, request, week, exceptions!));
        }

        private async Task<Result<ScheduleId>> Store(
            TcccDb db, Command request, IReadOnlyList<OpeningHours> week, IReadOnlyList<ScheduleException> exceptions)
        {
            var schedules = await db.Of<Schedule>(request.Center).ToListAsync(CancellationToken.None);
            var schedule = request.Id is { } id
                ? schedules.Find(s => s.Id == id)
                : new Schedule { Id = ids.Next<ScheduleId>(), Center = request.Center, Name = "", TimeZone = "" };
            if (schedule is null) return new NotInThisCenter();
            if (request.Id is not null && desk.Changed(schedule, request.Draft, Draft.Of(await Stored(db, schedule))) is { } changed)
                return changed;
            (schedule.Name, schedule.TimeZone) = (PlainText.Of(request.Draft.Name)!, request.Draft.TimeZone!);
            if (schedules.Exists(s => s.Id != schedule.Id && string.Equals(s.Name, schedule.Name, StringComparison.OrdinalIgnoreCase)))
                return new ValidationFailed(nameof(Draft.Name), "Other opening hours have this name already.");
            if (request.Id is null) db.Add(schedule);
            else db.Replace(schedule);
            await db.Of<OpeningHours>(request.Center).Where(h => h.Schedule == schedule.Id).ExecuteDeleteAsync(CancellationToken.None);
            await db.Of<ScheduleException>(request.Center).Where(e => e.Schedule == schedule.Id).ExecuteDeleteAsync(CancellationToken.None);
            foreach (var hours in week) db.Add(Own(hours, schedule));
            foreach (var exception in exceptions) db.Add(Own(exception, schedule));
            desk.Note(db, AuditWhat.ScheduleSaved, schedule.Name);
            return schedule.Id;
        }

        private static async Task<ScheduleView> Stored(TcccDb db, Schedule schedule) => new(
            schedule,
            await db.Of<OpeningHours>(schedule.Center).Where(h => h.Schedule == schedule.Id).ToListAsync(),
            await db.Of<ScheduleException>(schedule.Center).Where(e => e.Schedule == schedule.Id).OrderBy(e => e.First).ThenBy(e => e.Id)
                .ToListAsync());

        private OpeningHours Own(OpeningHours hours, Schedule schedule)
        {
            (hours.Id, hours.Center, hours.Schedule) = (ids.Next(), schedule.Center, schedule.Id);
            return hours;
        }

        private ScheduleException Own(ScheduleException exception, Schedule schedule)
        {
            (exception.Id, exception.Center, exception.Schedule) = (ids.Next(), schedule.Center, schedule.Id);
            return exception;
        }
    }

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/schedules/new", (Centers centers, CurrentAgent me) => Page(null, Empty(centers.Of(me.Center)!), null));

        app.MapGet("/admin/schedules/{id:long}", (Centers centers, CurrentAgent me, ScheduleId id) =>
            centers.Of(me.Center)!.Schedules.TryGetValue(id, out var schedule)
                ? Page(schedule, Draft.Of(schedule), null)
                : new NotInThisCenter().ToHttp());

        app.MapPost("/admin/schedules", (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, [FromForm] Draft? draft) =>
            Save(http, mediator, centers, me, null, draft ?? new()));
        app.MapPost(
            "/admin/schedules/{id:long}",
            (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, ScheduleId id, [FromForm] Draft? draft) =>
            Save(http, mediator, centers, me, id, draft ?? new()));
    }

    // what most offices begin with
    private static Draft Empty(CenterView view) => new()
    {
        TimeZone = view.Center.TimeZone,
        Hours = WeekHours.Days.ToDictionary(
            day => day.ToString(), day => day is DayOfWeek.Saturday or DayOfWeek.Sunday ? "" : "09:00-18:00"),
    };

    private static async Task<IResult> Save(
        HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, ScheduleId? id, Draft draft)
    {
        draft = draft with { Exceptions = [.. (draft.Exceptions ?? []).Where(line => !line.IsEmpty)] };
        var saved = await mediator.Send(new Command(me.Center, id, draft), CancellationToken.None);
        if (saved.Ok) return http.Response.GoTo("/admin/schedules?done=saved");
        if (saved.Error is NotInThisCenter) return saved.Error.ToHttp();
        return Page(id is { } known ? centers.Of(me.Center)!.Schedules.GetValueOrDefault(known) : null, draft, saved.Error);
    }

    private static IResult Page(ScheduleView? schedule, Draft draft, Error? refusal) =>
        Reading.Page<SchedulePage>(refusal, ("Schedule", schedule), ("Draft", draft), ("Refusal", refusal));
}
