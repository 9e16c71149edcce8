using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tccc.Directory;
using Tccc.Platform;
using static Tccc.Directory.Customers;

namespace Tccc.Customers;

/// <summary>
/// Writes down who a customer is: one who is known, or who has a number that nobody wrote about; product.md §3 «customer card».
/// </summary>
public static class SaveCustomer
{
    /// <summary>Bytes of the longest form, and of the longest note: every character may take nine in a form.</summary>
    internal const long RequestAtMost = 64 * 1024;

    /// <summary>What the form holds, as it was typed; what may be several stands one a line.</summary>
    public sealed record Draft : FormDraft
    {
        /// <summary>Whom the card was of, where nothing was written down yet.</summary>
        public string? Number { get; init; }

        public string? Name { get; init; }

        public string? Company { get; init; }

        public string? Numbers { get; init; }

        public string? Emails { get; init; }

        public string? Tags { get; init; }

        public string? AppUsers { get; init; }

        protected override IReadOnlyCollection<string> Unshown => [nameof(Number)];

        internal static Draft Of(Card card) => card.File is { } file
            ? Of(file, card.Country)
            : new() { Number = card.Key, Numbers = card.Key is { } key ? PhoneKey.Shown(key, card.Country) : null };

        internal static Draft Of(CustomerFile file, string country) => new()
        {
            Version = file.Customer.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Name = file.Name,
            Company = file.Company,
            Numbers = string.Join('\n', file.Of(CustomerKeyKind.Number).Select(key => PhoneKey.Shown(key, country))),
            Emails = string.Join('\n', file.Of(CustomerKeyKind.Email)),
            Tags = string.Join('\n', file.Tags),
            AppUsers = string.Join('\n', file.Of(CustomerKeyKind.AppUser)),
        };

        /// <summary>The lines of a field in which there is something.</summary>
        internal static List<string> Lines(string? typed) =>
            [.. (typed ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    internal sealed record Command(CenterId Center, CustomerId? Id, Draft Draft) : IRequest<Result<CustomerId>>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Draft.Name).IsText(Customer.LongestName);
            RuleFor(c => c.Draft.Company).IsText(Customer.LongestCompany);
            RuleFor(c => c.Draft.Tags).Cascade(CascadeMode.Stop)
                .Must(t => Draft.Lines(t).Count <= Customer.MostTags).WithMessage($"Enter at most {Customer.MostTags} tags, one per line.")
                .Must(t => Draft.Lines(t).TrueForAll(tag => PlainText.Fault(tag, Customer.LongestTag) is null))
                .WithMessage($"A tag has at most {Customer.LongestTag} characters, all of which can be seen.");
            RuleFor(c => c.Draft)
                .Must(d => Draft.Lines(d.Numbers).Count + Draft.Lines(d.Emails).Count + Draft.Lines(d.AppUsers).Count <= Customer.MostKeys)
                .WithMessage($"Enter at most {Customer.MostKeys} numbers, e-mails and ids.").OverridePropertyName(nameof(Draft.Numbers));
        }
    }

    internal sealed class Handler(
        Desk desk, IdSource ids, Centers centers, TimeProvider time, CurrentAgent me, IStringLocalizer<Texts> texts)
        : IRequestHandler<Command, Result<CustomerId>>
    {
        public Task<Result<CustomerId>> Handle(Command request, CancellationToken cancellationToken)
        {
            var country = centers.Of(request.Center)!.Center.Country;
            var read = Read(request.Draft, country);
            return read.Error is { } wrong
                ? Task.FromResult<Result<CustomerId>>(wrong)
                : desk.Store(db => Store(db, request, read.Value, country));
        }

        private async Task<Result<CustomerId>> Store(
            TcccDb db, Command request, List<(CustomerKeyKind Kind, string Value)> keys, string country)
        {
            var file = request.Id is { } id ? await db.CustomerFile(request.Center, id) : null;
            if (request.Id is not null && file is null) return new NoSuchCustomer();
            if (file is not null && desk.Changed(file.Customer, request.Draft, Draft.Of(file, country)) is { } changed) return changed;
            if (await Taken(db, request.Center, file, keys, country) is { } taken) return taken;
            var customer = file?.Customer ?? db.AddCustomer(ids, request.Center, time.GetUtcNow());
            customer.Name = PlainText.Of(request.Draft.Name) ?? "";
            customer.Company = PlainText.Of(request.Draft.Company) ?? "";
            var tags = Draft.Lines(request.Draft.Tags).Select(tag => PlainText.Of(tag)!);
            customer.Tags = string.Join('\n', tags.Distinct(StringComparer.OrdinalIgnoreCase));
            if (file is not null) db.Changes(customer);
            Store(db, customer, file, keys);
            desk.Note(db, AuditWhat.CustomerSaved, customer.Name.Length > 0 ? customer.Name : keys[0].Value);
            return customer.Id;
        }

        private void Store(TcccDb db, Customer customer, CustomerFile? file, List<(CustomerKeyKind Kind, string Value)> keys)
        {
            // a visitor's id is the widget's, and stands in no form
            var stored = (file?.Keys ?? []).Where(k => k.Kind is not CustomerKeyKind.Visitor).ToList();
            foreach (var old in stored.Where(k => !keys.Contains((k.Kind, k.Value)))) db.Remove(old);
            foreach (var (position, (kind, value)) in keys.Index())
            {
                if (stored.Find(k => k.Kind == kind && k.Value == value) is not { } kept)
                    db.Add(New(customer, kind, value, position));
                else kept.Position = position;
            }
        }

        private CustomerKey New(Customer customer, CustomerKeyKind kind, string value, int position) => new()
        {
            Id = ids.Next(), Center = customer.Center, Customer = customer.Id, Kind = kind, Value = value, Position = position,
        };

        private static Result<List<(CustomerKeyKind, string)>> Read(Draft draft, string country)
        {
            var (keys, wrong) = (new List<(CustomerKeyKind, string)>(), new List<FieldError>());
            void Take(CustomerKeyKind kind, string? typed, string field, string fault)
            {
                var read = Draft.Lines(typed).ConvertAll(line => Normal(kind, line, country));
                keys.AddRange(read.OfType<string>().Distinct().Select(key => (kind, key)));
                if (read.Contains(null)) wrong.Add(new(field, fault));
            }
            Take(
                CustomerKeyKind.Number, draft.Numbers, nameof(Draft.Numbers),
                "One of the lines is not a phone number: enter digits, with the area code.");
            Take(CustomerKeyKind.Email, draft.Emails, nameof(Draft.Emails), "One of the lines is not an e-mail address.");
            Take(
                CustomerKeyKind.AppUser, draft.AppUsers, nameof(Draft.AppUsers),
                $"An id has at most {CustomerKey.LongestId} characters, all of which can be seen.");
            if (wrong.Count > 0) return new ValidationFailed(wrong);
            if (keys.Count == 0)
                return new ValidationFailed(nameof(Draft.Numbers), "A customer is found by something: enter a number, an e-mail or an id.");
            return keys;
        }

        /// <summary>A number or e-mail belongs to one customer: two who share it are one, and are merged by hand.</summary>
        private async Task<Error?> Taken(
            TcccDb db, CenterId center, CustomerFile? file, List<(CustomerKeyKind Kind, string Value)> keys, string country)
        {
            foreach (var (kind, value) in keys)
            {
                if (await db.FindCustomer(center, kind, value) is not { } owner || owner == file?.Customer.Id) continue;
                var name = (await db.CustomerFile(center, owner))!.Name;
                var field = kind switch
                {
                    CustomerKeyKind.Number => nameof(Draft.Numbers),
                    CustomerKeyKind.Email => nameof(Draft.Emails),
                    _ => nameof(Draft.AppUsers),
                };
                return new ValidationFailed(field, texts[
                    "{0} belongs to {1} already. A supervisor can merge the two.",
                    kind == CustomerKeyKind.Number ? PhoneKey.Shown(value, country) : value,
                    // whose it is may not be the reader's to see
                    name.Length > 0 && me.May(Right.ManageCustomers) ? name : texts["another customer"].Value]);
            }
            return null;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/customers", async (HttpContext http, IMediator mediator, Cards cards, CurrentAgent me, [FromForm] Draft? draft) =>
        {
            // what is new to a page that was opened before may be known by now: then it was changed meanwhile
            var card = await cards.OfNumber(draft?.Number);
            return card is null && !me.May(Right.ManageCustomers)
                ? new NoSuchCustomer().ToHttp()
                : await Save(http, mediator, cards, me, card, draft ?? new());
        });
        routes.MapPost("/customers/{id:long}", async (
            HttpContext http, IMediator mediator, Cards cards, CurrentAgent me, CustomerId id, [FromForm] Draft? draft) =>
            await cards.Of(id) is { } card ? await Save(http, mediator, cards, me, card, draft ?? new()) : new NoSuchCustomer().ToHttp());
    }

    private static async Task<IResult> Save(HttpContext http, IMediator mediator, Cards cards, CurrentAgent me, Card? card, Draft draft)
    {
        var saved = await mediator.Send(new Command(me.Center, card?.File?.Customer.Id, draft), CancellationToken.None);
        if (card is not null && http.Request.IsFromCard())
        {
            return saved.Error is { } refusal
                ? CardAnswers.Form(http.Response, card, draft, refusal)
                : CardAnswers.Card(await cards.InHand(), saved: true);
        }
        return saved.Error is { } wrong
            ? ShowCustomer.Page(card, draft, wrong)
            : http.Response.GoTo($"/customers/{saved.Value}?done=saved");
    }
}
