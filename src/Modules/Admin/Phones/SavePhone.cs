using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Admin;

/// <summary>
/// A new desk phone, whose password is made here and shown this once, or one that is bound to another person; product.md §4.
/// </summary>
public static class SavePhone
{
    /// <summary>
    /// What the form holds, as it was typed. The extension of a phone that exists is fixed: its password was made for it.
    /// </summary>
    public sealed record Draft : FormDraft
    {
        public string? Extension { get; init; }

        public string? Agent { get; init; }

        public static Draft Of(DeskPhone phone) =>
            new() { Version = Reading.Of(phone.Version), Extension = phone.Extension, Agent = phone.BoundAgent?.ToString() };
    }

    /// <param name="Password">Of a new phone.</param>
    internal sealed record Saved(DeskPhone Phone, string? Password);

    internal sealed record Command(CenterId Center, PhoneId? Id, Draft Draft) : IRequest<Result<Saved>>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Draft.Extension)
            .Must(e => Reading.Trimmed(e) is { Length: >= 2 and <= 10 } extension && extension.All(char.IsAsciiDigit))
                .When(c => c.Id is null)
            .WithMessage("Enter 2 to 10 digits.");
    }

    internal sealed class Handler(Desk desk, IdSource ids, IRandomness randomness) : IRequestHandler<Command, Result<Saved>>
    {
        public Task<Result<Saved>> Handle(Command request, CancellationToken cancellationToken) =>
            desk.Change<Saved>(request.Center, async db =>
            {
                var phones = await db.Of<DeskPhone>(request.Center).ToListAsync(CancellationToken.None);
                var (phone, password) = request.Id is { } id
                    ? (phones.Find(p => p.Id == id), null)
                    : await New(db, request, PasswordRule.Random(randomness));
                if (phone is null) return new NotInThisCenter();
                if (request.Id is not null
                    && desk.Changed(
                        phone, request.Draft with { Extension = phone.Extension }, Draft.Of(phone)) is { } changed) return changed;
                if (phones.Exists(p => p.Id != phone.Id && p.Extension == phone.Extension))
                    return new ValidationFailed(nameof(Draft.Extension), "Another desk phone has this extension.");
                phone.BoundAgent = Reading.Id<AgentId>(request.Draft.Agent);
                if (phone.BoundAgent is { } agent)
                {
                    if (!await db.Of<Agent>(request.Center).AnyAsync(a => a.Id == agent && !a.Disabled, CancellationToken.None))
                        return new ValidationFailed(
                            nameof(Draft.Agent), "This person is not in the center any more, or is disabled. Choose another.");
                    if (phones.Exists(p => p.Id != phone.Id && p.BoundAgent == agent))
                        return new ValidationFailed(nameof(Draft.Agent), "This person already has a desk phone, and can have only one.");
                }
                if (request.Id is null) db.Add(phone);
                else db.Replace(phone);
                desk.Note(db, AuditWhat.PhoneSaved, phone.Extension);
                return new Saved(phone, password);
            });

        private async Task<(DeskPhone?, string?)> New(TcccDb db, Command request, string password)
        {
            var extension = request.Draft.Extension!.Trim();
            // the name a phone signs in by is unique on the server: when another phone or a carrier has it, the center adds its own mark
            var taken = await db.Set<DeskPhone>().AnyAsync(p => p.SipUser == extension)
                || await db.Set<Trunk>().AnyAsync(t => t.UserName == extension);
            var user = taken ? $"{extension}-{request.Center.Value % 100_000}" : extension;
            var phone = new DeskPhone { Id = ids.Next<PhoneId>(), Center = request.Center, Extension = extension, SipUser = user };
            phone.SetPassword(password);
            return (phone, password);
        }
    }

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/phones/new", (Centers centers, CurrentAgent me) => Page(centers.Of(me.Center)!, null, null, new(), null));

        app.MapGet("/admin/phones/{id:long}", (Centers centers, SipStatus sip, CurrentAgent me, PhoneId id) =>
            centers.Of(me.Center)!.Phones.TryGetValue(id, out var phone)
                ? Page(centers.Of(me.Center)!, phone, sip.Of(phone), Draft.Of(phone), null)
                : new NotInThisCenter().ToHttp());

        app.MapPost(
            "/admin/phones",
            async (HttpContext http, IMediator mediator, Centers centers, ShownOnce shown, CurrentAgent me, [FromForm] Draft? draft) =>
        {
            draft ??= new();
            var saved = await mediator.Send(new Command(me.Center, null, draft), CancellationToken.None);
            return saved.Error is { } error
                ? Page(centers.Of(me.Center)!, null, null, draft, error)
                : shown.Go(http, me, PhonePassword.Secret(saved.Value.Phone, saved.Value.Password!));
        });

        app.MapPost("/admin/phones/{id:long}", async (
            HttpContext http, IMediator mediator, Centers centers, SipStatus sip, CurrentAgent me, PhoneId id, [FromForm] Draft? draft) =>
        {
            draft ??= new();
            var saved = await mediator.Send(new Command(me.Center, id, draft), CancellationToken.None);
            if (saved.Ok) return http.Response.GoTo("/admin/phones?done=saved");
            return centers.Of(me.Center)!.Phones.TryGetValue(id, out var phone)
                ? Page(centers.Of(me.Center)!, phone, sip.Of(phone), draft, saved.Error)
                : new NotInThisCenter().ToHttp();
        });
    }

    private static IResult Page(CenterView view, DeskPhone? phone, PhoneRegistration? registration, Draft draft, Error? refusal) =>
        Reading.Page<PhonePage>(
            refusal, ("View", view), ("Phone", phone), ("Registration", registration), ("Draft", draft), ("Refusal", refusal));
}
