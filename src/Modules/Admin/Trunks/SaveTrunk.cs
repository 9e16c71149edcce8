using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Admin;

/// <summary>A new carrier, or a changed one; the password can be written and is never shown. product.md §4</summary>
public static class SaveTrunk
{
    /// <summary>What the form holds, as it was typed. An empty password leaves the one there is.</summary>
    public sealed record Draft : FormDraft
    {
        public string? Name { get; init; }

        public string? Host { get; init; }

        public string? Port { get; init; }

        public string? Transport { get; init; }

        public string? AllowedNetworks { get; init; }

        public bool Register { get; init; }

        public string? UserName { get; init; }

        public string? Password { get; init; }

        public bool ForgetPassword { get; init; }


        public string? MediaEncryption { get; init; }

        public bool Nat { get; init; }

        protected override IReadOnlyCollection<string> Unshown => [nameof(Password), nameof(ForgetPassword)];

        public static Draft Of(Trunk trunk) => new()
        {
            Version = Reading.Of(trunk.Version),
            Name = trunk.Name,
            Host = trunk.Host,
            Port = Reading.Of(trunk.Port),
            Transport = trunk.Transport.ToString(),
            AllowedNetworks = trunk.AllowedNetworks,
            Register = trunk.Register,
            UserName = trunk.UserName,
            MediaEncryption = trunk.MediaEncryption.ToString(),
            Nat = trunk.Nat,
        };
    }

    internal sealed record Command(CenterId Center, TrunkId? Id, Draft Draft) : IRequest<Result<TrunkId>>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft.Name).IsName(Trunk.LongestName);
            RuleFor(c => c.Draft.Host).Must(IsHost).WithMessage("Enter a host name or an IP address, without port or spaces.");
            RuleFor(c => c.Draft.Port).Must(p => Reading.IsWithin(p, 1, ushort.MaxValue)).WithMessage("Enter a port from 1 to 65535.");
            RuleFor(c => c.Draft.Transport).Must(t => Enum.GetNames<TrunkTransport>().Contains(t)).WithMessage("Choose one from the list.");
            RuleFor(c => c.Draft.AllowedNetworks).Must(n => TrunkNetworks.Read(n) is not null)
                .WithMessage("Enter networks such as 203.0.113.0/24 or single addresses, separated by commas.");
            RuleFor(c => c.Draft.AllowedNetworks).Must(n => TrunkNetworks.Read(n) is not { Length: > 500 })
                .WithMessage("Enter at most 500 characters.");
            RuleFor(c => c.Draft.AllowedNetworks).Must(n => TrunkNetworks.Read(n) is not "").When(c => !c.Draft.Register)
                .WithMessage("Without registration, calls are recognized by their network only: enter at least one.");
            RuleFor(c => c.Draft.UserName).Must(IsUser).WithMessage("Enter the user name only, without spaces, @ or quotes.");
            RuleFor(c => c.Draft.UserName).Must(u => Reading.Trimmed(u) is not null).When(c => c.Draft.Register)
                .WithMessage("Registering needs a user name.");
            RuleFor(c => c.Draft.Password).Must(p => p is null || p.Length <= 100).WithMessage("Enter at most 100 characters.");
            RuleFor(c => c.Draft.MediaEncryption).Must(e => e is null || Enum.GetNames<MediaEncryption>().Contains(e))
                .WithMessage("Choose one from the list.");
        }

        private static bool IsUser(string? typed) => PlainText.Fault(typed, 100) is null
            && PlainText.Of(typed)?.Any(static c => char.IsWhiteSpace(c) || c is '@' or ':' or '<' or '>' or '"') is not true;

        private static bool IsHost(string? text) =>
            Reading.Trimmed(text) is { Length: <= 200 } host
                && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
    }

    internal sealed class Handler(Desk desk, IdSource ids, TrunkPasswords passwords, IStringLocalizer<Texts> texts)
        : IRequestHandler<Command, Result<TrunkId>>
    {
        public Task<Result<TrunkId>> Handle(Command request, CancellationToken cancellationToken) =>
            desk.Change<TrunkId>(request.Center, async db =>
            {
                var draft = request.Draft;
                var trunks = await db.Of<Trunk>(request.Center).ToListAsync(CancellationToken.None);
                var trunk = request.Id is { } id
                    ? trunks.Find(t => t.Id == id)
                    : new Trunk { Id = ids.Next<TrunkId>(), Center = request.Center, Name = "", Host = "" };
                if (trunk is null) return new NotInThisCenter();
                if (request.Id is not null && desk.Changed(trunk, draft, Draft.Of(trunk)) is { } changed) return changed;
                (trunk.Name, trunk.Host, trunk.Port) = (PlainText.Of(draft.Name)!, draft.Host!.Trim(), Reading.Whole(draft.Port)!.Value);
                if (trunks.Exists(t => t.Id != trunk.Id && string.Equals(t.Name, trunk.Name, StringComparison.OrdinalIgnoreCase)))
                    return new ValidationFailed(nameof(Draft.Name), "Another trunk has this name already.");
                trunk.Transport = Enum.Parse<TrunkTransport>(draft.Transport!);
                trunk.AllowedNetworks = TrunkNetworks.Read(draft.AllowedNetworks)!;
                (trunk.Register, trunk.UserName) = (draft.Register, Reading.Trimmed(draft.UserName));
                (trunk.MediaEncryption, trunk.Nat) =
                    (Enum.Parse<MediaEncryption>(draft.MediaEncryption ?? nameof(MediaEncryption.Off)), draft.Nat);
                if (draft.ForgetPassword) trunk.ProtectedPassword = null;
                else if (!string.IsNullOrEmpty(draft.Password)) trunk.ProtectedPassword = passwords.Protect(draft.Password);
                if (trunk is { Register: true, ProtectedPassword: null })
                    return new ValidationFailed(nameof(Draft.Password), "Registering needs a password.");
                if (await TrunkNetworks.Fault(db, trunk, texts) is { } fault)
                    return new ValidationFailed(nameof(Draft.AllowedNetworks), fault);
                if (trunk.IsOpen && await IsTaken(db, trunk))
                    return new ValidationFailed(nameof(Draft.UserName),
                        "Another carrier or desk phone on this server signs in by this name, and one that may call from anywhere is known by it alone.");
                if (request.Id is null) db.Add(trunk);
                else db.Replace(trunk);
                desk.Note(db, AuditWhat.TrunkSaved, trunk.Name);
                return trunk.Id;
            });

        /// <summary>The user's name is that of another such trunk, or of a phone, of whichever center.</summary>
        private static async Task<bool> IsTaken(TcccDb db, Trunk trunk) =>
            (await db.Set<Trunk>().Where(t => t.Id != trunk.Id && t.UserName == trunk.UserName).ToListAsync()).Exists(t => t.IsOpen)
            || await db.Set<DeskPhone>().AnyAsync(p => p.SipUser == trunk.UserName);
    }

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/trunks/new", () => Page(null, null, Draft.Of(new Trunk { Name = "", Host = "" }), null));

        app.MapGet(
            "/admin/trunks/{id:long}", (Centers centers, SipStatus sip, CurrentAgent me, TrunkId id) => Find(centers, me, id) is { } trunk
            ? Page(trunk, sip.Of(trunk), Draft.Of(trunk), null)
            : new NotInThisCenter().ToHttp());

        app.MapPost(
            "/admin/trunks",
            (HttpContext http, IMediator mediator, Centers centers, SipStatus sip, CurrentAgent me, [FromForm] Draft? draft) =>
            Save(http, mediator, centers, sip, me, null, draft ?? new()));
        app.MapPost(
            "/admin/trunks/{id:long}",
            (HttpContext http, IMediator mediator, Centers centers, SipStatus sip, CurrentAgent me, TrunkId id, [FromForm] Draft? draft) =>
                Save(http, mediator, centers, sip, me, id, draft ?? new()));
    }

    private static async Task<IResult> Save(
        HttpContext http, IMediator mediator, Centers centers, SipStatus sip, CurrentAgent me, TrunkId? id, Draft draft)
    {
        var saved = await mediator.Send(new Command(me.Center, id, draft), CancellationToken.None);
        if (saved.Ok) return http.Response.GoTo("/admin/trunks?done=saved");
        if (saved.Error is NotInThisCenter) return saved.Error.ToHttp();
        var trunk = id is { } known ? Find(centers, me, known) : null;
        return Page(trunk, trunk is null ? null : sip.Of(trunk), draft, saved.Error);
    }

    private static Trunk? Find(Centers centers, CurrentAgent me, TrunkId id) =>
        centers.Of(me.Center)!.Trunks.FirstOrDefault(t => t.Id == id);

    private static IResult Page(Trunk? trunk, TrunkStatus? status, Draft draft, Error? refusal) =>
        Reading.Page<TrunkPage>(refusal, ("Trunk", trunk), ("Status", status), ("Draft", draft), ("Refusal", refusal));
}
