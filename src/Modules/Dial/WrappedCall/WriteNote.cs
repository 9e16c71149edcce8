using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The agent's note about a call that was theirs; saved while it is written. An empty one is none.</summary>
internal static class WriteNote
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(
            "/calls/{call:long}/note",
            async (CallId call, [FromForm] string? text, CurrentAgent me, IMediator mediator, IStringLocalizer<Texts> texts) =>
            (await mediator.Send(new Command(call, me.Agent, me.Center, text ?? "")))
                .Match(() => Results.Text(texts["Saved"], "text/html; charset=utf-8")));

    public sealed record NotYourCall() : Error(ErrorKind.NotFound, "This call was not yours, so you can't write a note about it.");

    public sealed record Command(CallId Call, AgentId Agent, CenterId Center, string Text) : IRequest<Result>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Text).Must(text => (PlainText.Of(text)?.Length ?? 0) <= CallNote.Longest)
                .WithMessage("The note can have 2,000 characters at most.");
            RuleFor(c => c.Text).IsText(int.MaxValue, lines: true);
        }
    }

    internal sealed class Handler(Writer writer, TimeProvider time) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) =>
            writer.Write(db => Write(db, request, PlainText.Of(request.Text) ?? "", time.GetUtcNow()));

        private static async Task<Result> Write(TcccDb db, Command request, string text, DateTimeOffset now)
        {
            var (call, agent) = (request.Call, request.Agent);
            if (!await db.HadPart(request.Center, call, agent)) return new NotYourCall();
            var note = await db.Of<CallNote>(request.Center)
                .SingleOrDefaultAsync(n => n.Call == call && n.Agent == agent, CancellationToken.None);
            if (note is null && text.Length > 0)
                db.Add(new CallNote { Call = call, Center = request.Center, Agent = agent, At = now, Text = text });
            else if (note is not null && text.Length == 0) db.Remove(note);
            else if (note is not null) (note.Text, note.At) = (text, now);
            return Result.Done;
        }
    }
}
