using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>
/// Before anything else: a password of one's own in place of the one that was given, a mobile number, proven by a code, and the nickname
/// that customers see; product.md §1 «First sign-in».
/// </summary>
internal static class FinishFirstSignIn
{
    /// <param name="Lacks">What is asked for: the rest is there.</param>
    public sealed record Command(
        PersonId Person, Account Lacks, string? Mobile, string? Code, string? Nickname, string? Password, string? Repeat, Origin From)
        : IRequest<Result<Person>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            When(c => c.Lacks.LacksMobile, () =>
            {
                RuleFor(c => c.Mobile).MustBeMobile();
                RuleFor(c => c.Code).MustBeCode();
            });
            When(c => c.Lacks.LacksNickname, () => RuleFor(c => c.Nickname).MustBeNickname());
            When(c => c.Lacks.LacksPassword, () =>
            {
                RuleFor(c => c.Password).MustKeepPasswordRule();
                RuleFor(c => c.Repeat).Equal(c => c.Password).WithMessage("The two passwords are not the same.");
            });
        }
    }

    public sealed class Handler(People people, SmsCodes codes, Writer writer, Centers centers, Audit audit)
        : IRequestHandler<Command, Result<Person>>
    {
        public async Task<Result<Person>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await people.Find(request.Person) is not { } person) return new SignInFirst();
            // hashing takes long, and everybody's writing would wait for it inside the change
            var hash = request.Lacks.LacksPassword ? await people.HashOwn(person, request.Password!) : "";
            if (hash.Error is { } weak) return weak;
            var finished = await writer.Write<Result<Person>>(async db =>
            {
                if (await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == request.Person, CancellationToken.None) is not { } row)
                    return new SignInFirst();
                if (request.Lacks.LacksMobile && await Bind(db, row, request) is { } wrong) return wrong;
                if (request.Lacks.LacksPassword)
                {
                    people.Choose(row, hash.Value);
                    audit.Record(db, new(AuditWhat.PasswordChanged, row.Id, Actor: row.Id, From: request.From.Address));
                }
                if (request.Lacks.LacksNickname) await Name(db, request);
                return row;
            });
            await centers.Reload(request.Person);
            return finished;
        }

        private static async Task Name(TcccDb db, Command request)
        {
            foreach (var agent in await db.Set<Agent>().Where(a => a.Person == request.Person && a.Nickname == null)
                .ToListAsync(CancellationToken.None))
                agent.Nickname = PlainText.Of(request.Nickname);
        }

        private async Task<Error?> Bind(TcccDb db, Person row, Command request)
        {
            var mobile = MobileNumber.Normalise(request.Mobile)!;
            if (await codes.Redeem(db, CodePurpose.Bind, mobile, request.Person, SmsCodes.Typed(request.Code)!, request.From) is { } wrong)
                return wrong;
            // said only to who holds the number in their hands
            if (await db.Set<Person>().AnyAsync(p => p.Mobile == mobile && p.Id != request.Person, CancellationToken.None))
                return new ValidationFailed("mobile", Taken);
            row.Mobile = mobile;
            audit.Record(
                db, new(AuditWhat.MobileBound, request.Person, Actor: request.Person, From: request.From.Address,
                    Target: MobileNumber.Mask(mobile)));
            return null;
        }
    }

    /// <summary>Of a number that was proven by a code.</summary>
    public const string Taken = "This number is bound to another account. Use another number, or ask your administrator.";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
            DirectoryModule.FirstSignIn, (HttpContext http, CurrentAgent me, Centers centers, [FromQuery(Name = "return")] string? back) =>
            centers.Account(me.Person) is { IsFinished: false } lacks
                ? Page(http, lacks, null, null, null, LocalAddress.OrNull(back), null)
                : Results.Redirect("/centers"));

        app.MapPost(
            DirectoryModule.FirstSignIn,
            async (HttpContext http, IMediator mediator, CurrentAgent me, Centers centers, [FromForm] string? mobile,
            [FromForm] string? code, [FromForm] string? nickname, [FromForm] string? password, [FromForm] string? repeat,
                [FromForm(Name = "return")] string? back) =>
        {
            var to = LocalAddress.OrNull(back);
            if (centers.Account(me.Person) is not { IsFinished: false } lacks) return http.Response.GoTo(SignIn.Next(to));
            var done =
                await mediator.Send(
                    new Command(me.Person, lacks, mobile, code, nickname, password, repeat, http.Origin()), CancellationToken.None);
            if (done.Error is { } error) return Page(http, lacks, mobile, code, nickname, to, error);
            await http.StayAsync(done.Value);
            return http.Response.GoTo(SignIn.Next(to));
        });
    }

    private static IResult Page(
        HttpContext http, Account lacks, string? mobile, string? code, string? nickname, string? back, Error? refusal) =>
        Pages.Of<FirstSignInPage>(http, refusal,
            (nameof(FirstSignInPage.Lacks), lacks), (nameof(FirstSignInPage.Mobile), mobile),
            (nameof(FirstSignInPage.Code), Rules.StillGood(refusal) ? code : null), (nameof(FirstSignInPage.Nickname), nickname),
            (nameof(FirstSignInPage.Back), back), (nameof(FirstSignInPage.Refusal), refusal));
}
