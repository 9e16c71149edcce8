using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Admin;

/// <summary>A recording: an uploaded file, or a text that is spoken; product.md §4.</summary>
public static class SaveSound
{
    public const string Upload = "file";
    public const string Speech = "text";

    public static readonly IReadOnlyList<string> Voices = ["cmn", "en"];

    /// <summary>Room for the form's other fields beside the file.</summary>
    public const long LargestForm = SoundFiles.LargestUpload + 64 * 1024;

    /// <summary>What the form holds, as it was typed.</summary>
    public sealed record Draft : FormDraft
    {
        public string? Name { get; init; }

        public string? Source { get; init; }

        public string? Text { get; init; }

        public string? Voice { get; init; }

        public static Draft Of(Sound sound) => new()
        {
            Version = Reading.Of(sound.Version),
            Name = sound.Name,
            Source = sound.Text is null ? Upload : Speech,
            Text = sound.Text,
            Voice = sound.Voice ?? Voices[0],
        };
    }

    internal sealed record Command(CenterId Center, SoundId? Id, Draft Draft, byte[]? File) : IRequest<Result<SoundId>>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft.Name).IsName(Sound.LongestName);
            RuleFor(c => c.Draft.Source).Must(s => s is Upload or Speech).WithMessage("Choose one from the list.");
            RuleFor(c => c.Draft.Text).Must(t => Reading.Trimmed(t) is { Length: <= 1000 }).When(c => c.Draft.Source == Speech)
                .WithMessage("Enter the text, at most 1000 characters.");
            RuleFor(c => c.Draft.Text).IsText(1000, lines: true);
            RuleFor(c => c.Draft.Voice).Must(v => Voices.Contains(v)).When(c => c.Draft.Source == Speech)
                .WithMessage("Choose one from the list.");
            RuleFor(c => c.File).Cascade(CascadeMode.Stop)
                .Must((c, file) => file is { Length: > 0 } || c.Id is not null).WithMessage("Choose a WAV or MP3 file.")
                .Must(file => file is null || file.Length <= SoundFiles.LargestUpload).WithMessage("The file is larger than 20 MB.")
                .When(c => c.Draft.Source == Upload);
        }
    }

    internal sealed class Handler(Desk desk, IdSource ids, SoundFiles files, Centers centers) : IRequestHandler<Command, Result<SoundId>>
    {
        public async Task<Result<SoundId>> Handle(Command request, CancellationToken cancellationToken)
        {
            var view = centers.Of(request.Center)!;
            var name = PlainText.Of(request.Draft.Name)!;
            if (request.Id is { } known)
            {
                if (!view.Sounds.TryGetValue(known, out var stored)) return new NotInThisCenter();
                // before the file is made: another's is not written over
                if (desk.Changed(stored, request.Draft, Draft.Of(stored)) is { } changed) return changed;
            }
            if (view.Sounds.Values.Any(s => s.Id != request.Id && string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)))
                return new ValidationFailed(nameof(Draft.Name), "Another recording has this name already.");
            var id = request.Id ?? ids.Next<SoundId>();
            var made = await Make(id, request, request.Id is { } old ? view.Sounds[old] : null);
            if (made.Error is { } error)
                return new ValidationFailed(request.Draft.Source == Speech ? nameof(Draft.Text) : nameof(Command.File), error.Message);
            // callers hear the old one until the row is stored, and go on to when it is not
            using var sound = made.Value;
            var saved = await Store(request, id, name, sound?.Duration);
            if (saved.Ok) sound?.Use();
            return saved;
        }

        private Task<Result<SoundId>> Store(Command request, SoundId id, string name, TimeSpan? plays) =>
            desk.Change<SoundId>(request.Center, async db =>
            {
                var sound = await db.Of<Sound>(request.Center).SingleOrDefaultAsync(s => s.Id == id, CancellationToken.None);
                var fresh = sound is null;
                if (sound is not null && desk.Changed(sound, request.Draft, Draft.Of(sound)) is { } changed) return changed;
                sound ??= new Sound { Id = id, Center = request.Center, Name = name };
                (sound.Name, sound.Milliseconds) = (name, (int?)plays?.TotalMilliseconds ?? sound.Milliseconds);
                if (request.Draft.Source == Speech) (sound.Text, sound.Voice) = (request.Draft.Text!.Trim(), request.Draft.Voice);
                else if (request.File is { Length: > 0 }) (sound.Text, sound.Voice) = (null, null);
                if (fresh) db.Add(sound);
                else db.Replace(sound);
                desk.Note(db, AuditWhat.SoundSaved, sound.Name);
                return id;
            });

        /// <summary>Makes the sound anew when it changes; null when it stays as it is.</summary>
        private async Task<Result<NewSound?>> Make(SoundId id, Command request, Sound? old)
        {
            var draft = request.Draft;
            if (draft.Source == Speech && old?.Text == draft.Text!.Trim() && old.Voice == draft.Voice) return (NewSound?)null;
            if (draft.Source != Speech && request.File is not { Length: > 0 }) return (NewSound?)null;
            var made = draft.Source == Speech
                ? await files.Speak(id, draft.Text!.Trim(), draft.Voice!)
                : await files.Read(id, request.File!);
            return made.Ok ? made.Value : made.Error;
        }
    }

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/sounds/new", () => Page(null, new() { Source = Upload, Voice = Voices[0] }, null));

        app.MapGet(
            "/admin/sounds/{id:long}",
            (Centers centers, CurrentAgent me, SoundId id) => centers.Of(me.Center)!.Sounds.TryGetValue(id, out var sound)
            ? Page(sound, Draft.Of(sound), null)
            : new NotInThisCenter().ToHttp());

        app.MapPost(
            "/admin/sounds",
            (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, [FromForm] Draft? draft, IFormFile? file) =>
            Save(http, mediator, centers, me, null, draft ?? new(), file));
        app.MapPost(
            "/admin/sounds/{id:long}",
            (HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, SoundId id, [FromForm] Draft? draft,
                IFormFile? file) =>
                Save(http, mediator, centers, me, id, draft ?? new(), file));
    }

    private static async Task<IResult> Save(
        HttpContext http, IMediator mediator, Centers centers, CurrentAgent me, SoundId? id, Draft draft, IFormFile? file)
    {
        var saved = await mediator.Send(new Command(me.Center, id, draft, await Read(file)), CancellationToken.None);
        if (saved.Ok) return http.Response.GoTo("/admin/sounds?done=saved");
        if (saved.Error is NotInThisCenter) return saved.Error.ToHttp();
        return Page(id is { } known ? centers.Of(me.Center)!.Sounds.GetValueOrDefault(known) : null, draft, saved.Error, file is not null);
    }

    private static async Task<byte[]?> Read(IFormFile? file)
    {
        if (file is null) return null;
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        return memory.ToArray();
    }

    private static IResult Page(Sound? sound, Draft draft, Error? refusal, bool hadFile = false) => Reading.Page<SoundPage>(
        refusal, ("Sound", sound), ("Draft", draft), ("Refusal", refusal), ("HadFile", hadFile));
}
