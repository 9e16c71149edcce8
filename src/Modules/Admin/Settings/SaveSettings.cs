using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>How the center behaves, and the reasons its agents have for a break; product.md §2 and §4.</summary>
public static class SaveSettings
{
    public const int MostReasons = 20;
    public const int LongestReason = 50;

    /// <summary>What the form holds, as it was typed. BreakReasons: one a line.</summary>
    public sealed record Draft : FormDraft
    {
        public string? Name { get; init; }

        public string? TimeZone { get; init; }

        public string? Country { get; init; }

        public string? HoldMusic { get; init; }

        public bool AutoAnswer { get; init; }

        public string? WrapUpSeconds { get; init; }

        public string? ConnectionLostSeconds { get; init; }

        public string? MissedCallsLimit { get; init; }

        public string? PlaceEverySeconds { get; init; }

        public bool SayNobodySignedIn { get; init; }

        public string? BreakReasons { get; init; }

        public static Draft Of(Center center, IEnumerable<BreakReason> reasons) => new()
        {
            Version = Reading.Of(center.Version),
            Name = center.Name,
            TimeZone = center.TimeZone,
            Country = center.Country,
            HoldMusic = center.HoldMusic?.ToString(),
            AutoAnswer = center.AutoAnswer,
            WrapUpSeconds = Reading.Of(center.WrapUpSeconds),
            ConnectionLostSeconds = Reading.Of(center.ConnectionLostSeconds),
            MissedCallsLimit = Reading.Of(center.MissedCallsLimit),
            PlaceEverySeconds = Reading.Of(center.PlaceEverySeconds),
            SayNobodySignedIn = center.SayNobodySignedIn,
            BreakReasons = string.Join('\n', reasons.OrderBy(r => r.Position).Select(r => r.Name)),
        };

        internal IReadOnlyList<string> Reasons =>
            (BreakReasons ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    internal sealed record Command(CenterId Center, Draft Draft) : IRequest<Result>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft.Name).IsName(Center.LongestName);
            RuleFor(c => c.Draft.TimeZone).Must(Zones.IsZone).WithMessage("Choose one from the list.");
            RuleFor(c => c.Draft.Country).Must(c => PhoneKey.Country(c) is not null)
                .WithMessage("Enter a country code of 1 to 3 digits, such as 86.");
            RuleFor(c => c.Draft.WrapUpSeconds).Must(s => Reading.IsWithin(s, 0, Center.LongestWrapUp))
                .WithMessage("Enter 0 to 600 seconds.");
            RuleFor(c => c.Draft.ConnectionLostSeconds).Must(s => Reading.IsWithin(s, Timeouts.LeastConnectionLost, 600))
                .WithMessage("Enter 10 to 600 seconds.");
            RuleFor(c => c.Draft.MissedCallsLimit).Must(s => Reading.IsWithin(s, 0, 50)).WithMessage("Enter 0 to 50.");
            RuleFor(c => c.Draft.PlaceEverySeconds).Must(s => Reading.IsWithin(s, 15, 600)).WithMessage("Enter 15 to 600 seconds.");
            RuleFor(c => c.Draft.BreakReasons).Cascade(CascadeMode.Stop)
                .Must((c, _) => c.Draft.Reasons.Count is > 0 and <= MostReasons).WithMessage("Enter 1 to 20 reasons, one per line.")
                .Must((c, _) => c.Draft.Reasons.All(r => r.Length <= LongestReason)).WithMessage("A reason has at most 50 characters.")
                .Must((c, _) => c.Draft.Reasons.All(r => PlainText.Fault(r, LongestReason) is null))
                    .WithMessage("A reason contains invisible characters.")
                .Must((c, _) => c.Draft.Reasons.Distinct(StringComparer.OrdinalIgnoreCase).Count() == c.Draft.Reasons.Count)
                    .WithMessage("A reason is listed twice.");
        }
    }

    internal sealed class Handler(Desk desk, IdSource ids) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => desk.Change(request.Center, async db =>
        {
            var draft = request.Draft;
            var center = await db.Set<Center>().SingleAsync(c => c.Id == request.Center, CancellationToken.None);
            var reasons = await db.Of<BreakReason>(request.Center).ToListAsync(CancellationToken.None);
            if (desk.Changed(center, draft, Draft.Of(center, reasons)) is { } changed) return changed;
            center.Name = PlainText.Of(draft.Name)!;
            if (await db.Set<Center>().AnyAsync(c => c.Id != center.Id && c.Name == center.Name, CancellationToken.None))
                return new ValidationFailed(nameof(Draft.Name), "Another center has this name already.");
            (center.TimeZone, center.AutoAnswer, center.SayNobodySignedIn) = (draft.TimeZone!, draft.AutoAnswer, draft.SayNobodySignedIn);
            (center.WrapUpSeconds, center.ConnectionLostSeconds) =
                (Reading.Whole(draft.WrapUpSeconds)!.Value, Reading.Whole(draft.ConnectionLostSeconds)!.Value);
            (center.MissedCallsLimit, center.PlaceEverySeconds) =
                (Reading.Whole(draft.MissedCallsLimit)!.Value, Reading.Whole(draft.PlaceEverySeconds)!.Value);
            (center.Country, center.HoldMusic) = (PhoneKey.Country(draft.Country)!, Reading.Id<SoundId>(draft.HoldMusic));
            if (center.HoldMusic is { } music && !await db.Of<Sound>(center.Id).AnyAsync(s => s.Id == music, CancellationToken.None))
                return new ValidationFailed(nameof(Draft.HoldMusic), "This recording does not exist any more. Choose another.");
            db.Replace(center);
            await db.Of<BreakReason>(center.Id).ExecuteDeleteAsync(CancellationToken.None);
            foreach (var (position, name) in draft.Reasons.Index())
                db.Add(new BreakReason { Id = ids.Next(), Center = center.Id, Name = name, Position = position });
            desk.Note(db, AuditWhat.SettingsSaved, center.Name);
            return Result.Done;
        });
    }

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/settings", (Centers centers, CurrentAgent me) =>
        {
            var view = centers.Of(me.Center)!;
            return Page(view, Draft.Of(view.Center, view.BreakReasons), null);
        });

        app.MapPost(
            "/admin/settings", async (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, [FromForm] Draft? draft) =>
        {
            draft ??= new();
            return (await mediator.Send(new Command(me.Center, draft), CancellationToken.None)).Error is { } error
                ? Page(centers.Of(me.Center)!, draft, error)
                : http.Response.GoTo("/admin/settings?done=saved");
        });
    }

    private static IResult Page(CenterView view, Draft draft, Error? refusal) =>
        Reading.Page<SettingsPage>(refusal, ("View", view), ("Draft", draft), ("Refusal", refusal));
}
