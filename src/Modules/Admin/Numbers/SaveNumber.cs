using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>A new number, or a changed one: where it leads, when it is open; product.md §4.</summary>
public static class SaveNumber
{
    /// <summary>What the form holds, as it was typed.</summary>
    public sealed record Draft : FormDraft
    {
        public string? Digits { get; init; }

        public string? Entry { get; init; }

        public string? Group { get; init; }

        public string? Agent { get; init; }

        public string? Schedule { get; init; }

        public string? ClosedAnnouncement { get; init; }

        public static Draft Of(Number number) => new()
        {
            Version = Reading.Of(number.Version),
            Digits = number.Digits,
            Entry = number.Entry.ToString(),
            Group = number.Group?.ToString(),
            Agent = number.Agent?.ToString(),
            Schedule = number.Schedule?.ToString(),
            ClosedAnnouncement = number.ClosedAnnouncement?.ToString(),
        };
    }

    internal sealed record Command(CenterId Center, NumberId? Id, Draft Draft) : IRequest<Result<NumberId>>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft.Digits).Must(d => Normal(d) is not null)
                .WithMessage("Enter 2 to 19 digits. A + in front, spaces and dashes are fine.");
            RuleFor(c => c.Draft.Entry).Must(typed => Enum.GetNames<NumberEntry>().Contains(typed)).WithMessage("Choose one from the list.");
            RuleFor(c => c.Draft.Group).Must(g => Reading.Id<GroupId>(g) is not null).When(c => c.Draft.Entry == nameof(NumberEntry.Group))
                .WithMessage("Choose the group that the number leads to.");
            RuleFor(c => c.Draft.Agent).Must(a => Reading.Id<AgentId>(a) is not null).When(c => c.Draft.Entry == nameof(NumberEntry.Agent))
                .WithMessage("Choose the person that the number leads to.");
        }
    }

    internal sealed class Handler(Desk desk, IdSource ids) : IRequestHandler<Command, Result<NumberId>>
    {
        public Task<Result<NumberId>> Handle(Command request, CancellationToken cancellationToken) =>
            desk.Change<NumberId>(request.Center, async db =>
            {
                var numbers = await db.Of<Number>(request.Center).ToListAsync(CancellationToken.None);
                var number = request.Id is { } id
                    ? numbers.Find(n => n.Id == id)
                    : new Number { Id = ids.Next<NumberId>(), Center = request.Center, Digits = "", Entry = NumberEntry.Group };
                if (number is null) return new NotInThisCenter();
                if (request.Id is not null && desk.Changed(number, request.Draft, Draft.Of(number)) is { } changed) return changed;
                var digits = Normal(request.Draft.Digits)!;
                if (number.Digits != digits && await IsTaken(db, number, digits) is { } taken) return taken;
                number.Digits = digits;
                if (await Lead(db, number, request.Draft) is { } nowhere) return nowhere;
                if (request.Id is null) db.Add(number);
                else db.Replace(number);
                desk.Note(db, AuditWhat.NumberSaved, number.Digits);
                return number.Id;
            });

        /// <summary>
        /// A number belongs to one center of the deployment, and one number written in two ways is one number. That another center has it
        /// is said without its name.
        /// </summary>
        private static async Task<Error?> IsTaken(TcccDb db, Number number, string digits)
        {
            var country = await db.Set<Center>().ToDictionaryAsync(c => c.Id, c => c.Country);
            var key = PhoneKey.Of(digits, country[number.Center]);
            var same = (await db.Set<Number>().Where(n => n.Id != number.Id).ToListAsync())
                .Find(n =>
                    n.Digits.TrimStart('+') == digits.TrimStart('+')
                        || (key is not null && PhoneKey.Of(n.Digits, country[n.Center]) == key));
            if (same is null) return null;
            return new ValidationFailed(nameof(Draft.Digits), same.Center == number.Center
                ? "This number exists already."
                : "This number is in use on this server already, and a number belongs to one center. Ask whoever runs the server if it should be yours.");
        }

        /// <summary>Sets where the number leads and when; what it names must be there, in this center.</summary>
        private static async Task<Error?> Lead(TcccDb db, Number number, Draft draft)
        {
            var was = number.Entry;
            number.Entry = Enum.Parse<NumberEntry>(draft.Entry!);
            number.Group = number.Entry == NumberEntry.Group ? Reading.Id<GroupId>(draft.Group) : null;
            number.Agent = number.Entry == NumberEntry.Agent ? Reading.Id<AgentId>(draft.Agent) : null;
            if (number.Entry != NumberEntry.Flow) number.Flow = null;
            number.Schedule = Reading.Id<ScheduleId>(draft.Schedule);
            number.ClosedAnnouncement = Reading.Id<SoundId>(draft.ClosedAnnouncement);
            if (number.Entry == NumberEntry.Flow && was != NumberEntry.Flow)
                return new ValidationFailed(nameof(Draft.Entry), "There are no flows yet. Choose a group or a person.");
            if (number.Group is { } group && !await db.Of<SkillGroup>(number.Center).AnyAsync(g => g.Id == group))
                return new ValidationFailed(nameof(Draft.Group), "This group does not exist any more. Choose another.");
            if (number.Agent is { } agent && !await db.Of<Agent>(number.Center).AnyAsync(a => a.Id == agent && !a.Disabled))
                return new ValidationFailed(
                    nameof(Draft.Agent), "This person is not in the center any more, or is disabled. Choose another.");
            if (number.Schedule is { } schedule && !await db.Of<Schedule>(number.Center).AnyAsync(s => s.Id == schedule))
                return new ValidationFailed(nameof(Draft.Schedule), "These opening hours do not exist any more. Choose others.");
            if (number.ClosedAnnouncement is { } sound && !await db.Of<Sound>(number.Center).AnyAsync(s => s.Id == sound))
                return new ValidationFailed(nameof(Draft.ClosedAnnouncement), "This recording does not exist any more. Choose another.");
            return null;
        }
    }

    /// <summary>As it is dialled: digits with an optional + before them; null when it is no number.</summary>
    public static string? Normal(string? typed)
    {
        var text =
            new string(
                [.. (typed ?? "").Normalize(System.Text.NormalizationForm.FormKC).Where(c => c is not (' ' or '-' or '(' or ')' or '.'))]);
        var digits = text.StartsWith('+') ? text[1..] : text;
        return digits.Length is >= 2 and <= 19 && digits.All(char.IsAsciiDigit) ? text : null;
    }

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/numbers/new", (Centers centers, CurrentAgent me) =>
            Page(centers.Of(me.Center)!, null, Draft.Of(new Number { Digits = "", Entry = NumberEntry.Group }), null));

        app.MapGet("/admin/numbers/{id:long}", (Centers centers, CurrentAgent me, NumberId id) =>
        {
            var view = centers.Of(me.Center)!;
            return view.Number(id) is { } number ? Page(view, id, Draft.Of(number), null) : new NotInThisCenter().ToHttp();
        });

        app.MapPost("/admin/numbers", (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, [FromForm] Draft? draft) =>
            Save(http, mediator, centers, me, null, draft ?? new()));
        app.MapPost(
            "/admin/numbers/{id:long}",
            (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, NumberId id, [FromForm] Draft? draft) =>
            Save(http, mediator, centers, me, id, draft ?? new()));
    }

    private static async Task<IResult> Save(
        HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, NumberId? id, Draft draft)
    {
        var saved = await mediator.Send(new Command(me.Center, id, draft), CancellationToken.None);
        if (saved.Ok) return http.Response.GoTo("/admin/numbers?done=saved");
        return saved.Error is NotInThisCenter ? saved.Error.ToHttp() : Page(centers.Of(me.Center)!, id, draft, saved.Error);
    }

    private static IResult Page(CenterView view, NumberId? id, Draft draft, Error? refusal) =>
        Reading.Page<NumberPage>(refusal, ("View", view), ("Id", id), ("Draft", draft), ("Refusal", refusal));
}
