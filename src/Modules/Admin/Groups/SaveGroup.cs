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

/// <summary>A new group, or a changed one; product.md §4 «Skill group».</summary>
public static class SaveGroup
{
    public const int HighestNumber = 999_999;
    public const int LongestRelax = 600;

    /// <summary>What the form holds, as it was typed. Levels: by agent, "" = not a member.</summary>
    public sealed record Draft : FormDraft
    {
        public string? Number { get; init; }

        public string? Name { get; init; }

        public string? Schedule { get; init; }

        public string? Strategy { get; init; }

        public string? RingSeconds { get; init; }

        public string? RelaxSeconds { get; init; }

        public string? LongestWaitSeconds { get; init; }

        public string? WhenWaitedTooLong { get; init; }

        public string? OverflowGroup { get; init; }

        public string? Farewell { get; init; }

        public string? HoldMusic { get; init; }

        public Dictionary<string, string>? Levels { get; init; }

        public static Draft Of(SkillGroup group, IEnumerable<GroupMember> members) => new()
        {
            Version = Reading.Of(group.Version),
            Number = Reading.Of(group.Number),
            Name = group.Name,
            Schedule = group.Schedule?.ToString(),
            Strategy = group.Strategy.ToString(),
            RingSeconds = Reading.Of(group.RingSeconds),
            RelaxSeconds = Reading.Of(group.RelaxSeconds),
            LongestWaitSeconds = Reading.Of(group.LongestWaitSeconds),
            WhenWaitedTooLong = group.WhenWaitedTooLong.ToString(),
            OverflowGroup = group.OverflowGroup?.ToString(),
            Farewell = group.Farewell?.ToString(),
            HoldMusic = group.HoldMusic?.ToString(),
            Levels = members.ToDictionary(m => m.Agent.ToString(), m => Reading.Of(m.Level)),
        };
    }

    internal sealed record Command(CenterId Center, GroupId? Id, Draft Draft) : IRequest<Result<GroupId>>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft.Number).Must(n => Reading.IsWithin(n, 1, HighestNumber))
                .WithMessage("Enter a whole number from 1 to 999999.");
            RuleFor(c => c.Draft.Name).IsName(SkillGroup.LongestName);
            RuleFor(c => c.Draft.Strategy).Must(typed => Enum.GetNames<RingStrategy>().Contains(typed))
                .WithMessage("Choose one from the list.");
            RuleFor(c => c.Draft.RingSeconds).Must(n => Reading.IsWithin(n, SkillGroup.ShortestRing, SkillGroup.LongestRing))
                .WithMessage("Enter 5 to 60 seconds.");
            RuleFor(c => c.Draft.RelaxSeconds).Must(n => Reading.Trimmed(n) is null || Reading.IsWithin(n, 0, LongestRelax))
                .WithMessage("Enter 0 to 600 seconds.");
            RuleFor(c => c.Draft.LongestWaitSeconds).Must(n => Reading.IsWithin(n, SkillGroup.ShortestWait, SkillGroup.LongestWait))
                .WithMessage("Enter 10 to 7200 seconds.");
            RuleFor(c => c.Draft.WhenWaitedTooLong)
                .Must(w => w is nameof(WaitedTooLong.AnnounceAndHangUp) or nameof(WaitedTooLong.OtherGroup))
                .WithMessage("Choose one from the list.");
            RuleFor(c => c.Draft.OverflowGroup).Must(g => Reading.Id<GroupId>(g) is not null)
                .When(c => c.Draft.WhenWaitedTooLong == nameof(WaitedTooLong.OtherGroup))
                    .WithMessage("Choose the group that callers go to.");
            RuleForEach(c => c.Draft.Levels).Must(l => Reading.Id<AgentId>(l.Key) is not null && Levels.IsLevel(l.Value))
                .WithMessage("A level is 1 to 5.").OverridePropertyName("Levels");
        }
    }

    internal sealed class Handler(Desk desk, IdSource ids, IStringLocalizer<Texts> texts) : IRequestHandler<Command, Result<GroupId>>
    {
        public Task<Result<GroupId>> Handle(Command request, CancellationToken cancellationToken) =>
            desk.Change<GroupId>(request.Center, async db =>
            {
                var draft = request.Draft;
                var groups = await db.Of<SkillGroup>(request.Center).ToListAsync(CancellationToken.None);
                var group = request.Id is { } id
                    ? groups.Find(g => g.Id == id)
                    : new SkillGroup { Id = ids.Next<GroupId>(), Center = request.Center, Name = "" };
                if (group is null) return new NotInThisCenter();
                var members = await db.Of<GroupMember>(request.Center).Where(m => m.Group == group.Id).ToListAsync(CancellationToken.None);
                if (request.Id is not null && desk.Changed(group, draft, Draft.Of(group, members)) is { } changed) return changed;
                Fill(group, draft);
                var others = groups.Where(g => g.Id != group.Id).ToList();
                if (others.Find(g => g.Number == group.Number) is { } same)
                    return Wrong(nameof(Draft.Number), texts["The group {0} has this number already.", same.Name]);
                if (others.Exists(g => string.Equals(g.Name, group.Name, StringComparison.OrdinalIgnoreCase)))
                    return new ValidationFailed(nameof(Draft.Name), "Another group has this name already.");
                if (Overflow(group, others) is { } loop) return loop;
                if (await Named(db, group) is { } unknown) return unknown;
                if (request.Id is null) db.Add(group);
                else db.Replace(group);
                desk.Note(db, AuditWhat.GroupSaved, group.Name);
                return await Levels.Set(db, group, members, draft.Levels) is { } stranger ? stranger : group.Id;
            });

        private static void Fill(SkillGroup group, Draft draft)
        {
            group.Number = Reading.Whole(draft.Number)!.Value;
            group.Name = PlainText.Of(draft.Name)!;
            group.Schedule = Reading.Id<ScheduleId>(draft.Schedule);
            group.Strategy = Enum.Parse<RingStrategy>(draft.Strategy!);
            group.RingSeconds = Reading.Whole(draft.RingSeconds)!.Value;
            group.RelaxSeconds = Reading.Whole(draft.RelaxSeconds) ?? 0;
            group.LongestWaitSeconds = Reading.Whole(draft.LongestWaitSeconds)!.Value;
            group.WhenWaitedTooLong = Enum.Parse<WaitedTooLong>(draft.WhenWaitedTooLong!);
            var goesOn = group.WhenWaitedTooLong == WaitedTooLong.OtherGroup;
            group.OverflowGroup = goesOn ? Reading.Id<GroupId>(draft.OverflowGroup) : null;
            group.Farewell = goesOn ? null : Reading.Id<SoundId>(draft.Farewell);
            group.HoldMusic = Reading.Id<SoundId>(draft.HoldMusic);
        }

        /// <summary>A caller who goes from group to group must come to an end.</summary>
        private ValidationFailed? Overflow(SkillGroup group, List<SkillGroup> others)
        {
            var chain = new List<string> { group.Name };
            for (var at = group; at.OverflowGroup is { } next; chain.Add(at.Name))
            {
                if (next == group.Id)
                    return Wrong(
                        nameof(Draft.OverflowGroup),
                        texts["That is a loop in which callers would never end: {0}.", string.Join(" → ", chain.Append(group.Name))]);
                if (others.Find(g => g.Id == next) is not { } found)
                    return at == group
                        ? new ValidationFailed(nameof(Draft.OverflowGroup), "This group does not exist any more. Choose another.")
                        : null;
                if (chain.Count > others.Count) return null;
                at = found;
            }
            return null;
        }

        /// <summary>What the group names must be there, in this center.</summary>
        private static async Task<Error?> Named(TcccDb db, SkillGroup group)
        {
            const string NoSound = "This recording does not exist any more. Choose another.";
            if (group.Farewell is { } farewell && !await db.Of<Sound>(group.Center).AnyAsync(s => s.Id == farewell))
                return new ValidationFailed(nameof(Draft.Farewell), NoSound);
            if (group.HoldMusic is { } music && !await db.Of<Sound>(group.Center).AnyAsync(s => s.Id == music))
                return new ValidationFailed(nameof(Draft.HoldMusic), NoSound);
            if (group.Schedule is { } schedule && !await db.Of<Schedule>(group.Center).AnyAsync(s => s.Id == schedule))
                return new ValidationFailed(nameof(Draft.Schedule), "These opening hours do not exist any more. Choose others.");
            return null;
        }

        private static ValidationFailed Wrong(string field, string message) => new(field, message);
    }

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/groups/new", (Centers centers, Timeouts timeouts, CurrentAgent me) =>
        {
            var view = centers.Of(me.Center)!;
            var number = view.Groups.Values.Select(g => g.Group.Number).DefaultIfEmpty(0).Max() + 1;
            return Page(view, null, Draft.Of(timeouts.Begin(new SkillGroup { Name = "", Number = number }), []), null);
        });

        app.MapGet(
            "/admin/groups/{id:long}",
            (Centers centers, CurrentAgent me, GroupId id) => centers.Of(me.Center)!.Groups.TryGetValue(id, out var group)
            ? Page(centers.Of(me.Center)!, id, Draft.Of(group.Group, group.Members), null)
            : new NotInThisCenter().ToHttp());

        app.MapPost("/admin/groups", (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, [FromForm] Draft? draft) =>
            Save(http, mediator, centers, me, null, draft ?? new()));
        app.MapPost(
            "/admin/groups/{id:long}",
            (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, GroupId id, [FromForm] Draft? draft) =>
            Save(http, mediator, centers, me, id, draft ?? new()));
    }

    private static async Task<IResult> Save(
        HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, GroupId? id, Draft draft)
    {
        var saved = await mediator.Send(new Command(me.Center, id, draft), CancellationToken.None);
        if (saved.Ok) return http.Response.GoTo("/admin/groups?done=saved");
        return saved.Error is NotInThisCenter ? saved.Error.ToHttp() : Page(centers.Of(me.Center)!, id, draft, saved.Error);
    }

    private static IResult Page(CenterView view, GroupId? id, Draft draft, Error? refusal) =>
        Reading.Page<GroupPage>(refusal, ("View", view), ("Id", id), ("Draft", draft), ("Refusal", refusal));
}
