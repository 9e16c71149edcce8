using System.Globalization;
using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>A forgotten password, first half: mobile number and code are exchanged for a proof; product.md §1 «Forgot password».</summary>
internal static class Recover
{
    /// <summary>In the sign-in page's address, when the new password is set.</summary>
    public const string Done = "password";

    public sealed record Command(string? Mobile, string? Code, Origin From) : IRequest<Result<string>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Mobile).MustBeMobile();
            RuleFor(c => c.Code).MustBeCode();
        }
    }

    public sealed class Handler(SmsCodes codes, Writer writer, RecoveryProofs proofs) : IRequestHandler<Command, Result<string>>
    {
        public async Task<Result<string>> Handle(Command request, CancellationToken cancellationToken)
        {
            var mobile = MobileNumber.Normalise(request.Mobile)!;
            var (person, refused) = await writer.Write<(Person?, Error?)>(async db =>
            {
                if (await codes.Redeem(db, CodePurpose.Recover, mobile, null, SmsCodes.Typed(request.Code)!, request.From) is { } wrong)
                    return (null, wrong);
                var row = await db.Set<Person>().SingleOrDefaultAsync(p => p.Mobile == mobile, CancellationToken.None);
                return (row, row is null ? new ValidationFailed("code", "This code is wrong.") : null);
            });
            return refused is null ? proofs.Of(person!) : refused;
        }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/login/forgot", (HttpContext http) => Page(http, null, null));

        app.MapPost("/login/forgot", async (HttpContext http, IMediator mediator, [FromForm] string? mobile, [FromForm] string? code) =>
        {
            var proven = await mediator.Send(new Command(mobile, code, http.Origin()), CancellationToken.None);
            return proven.Error is { } error ? Page(http, mobile, error) : SetForgottenPassword.Page(http, proven.Value, null);
        }).RequireRateLimiting(LoginServices.Anonymous);
    }

    private static IResult Page(HttpContext http, string? mobile, Error? refusal) =>
        Pages.Of<ForgotPage>(http, refusal, (nameof(ForgotPage.Mobile), mobile), (nameof(ForgotPage.Refusal), refusal));
}

/// <summary>
/// That somebody holds a person's mobile number, for a few minutes and one new password: the person's security stamp is in it, which every
/// new password changes.
/// </summary>
internal sealed class RecoveryProofs(IDataProtectionProvider protection, EvenClock clock)
{
    private static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(10);

    private readonly IDataProtector protector = protection.CreateProtector("Tccc.Login.Recovery");

    public string Of(Person person) =>
        protector.Protect(
            string.Create(
                CultureInfo.InvariantCulture, $"{person.Id} {(clock.Now + ValidFor).ToUnixTimeSeconds()} {person.SecurityStamp}"));

    /// <summary>Whose it is and the stamp they had; null when it is no proof, or not any more.</summary>
    public (PersonId Person, string Stamp)? Read(string? proof)
    {
        try
        {
            return protector.Unprotect(proof ?? "").Split(' ') is [var person, var until, var stamp]
                && IsGood(DateTimeOffset.FromUnixTimeSeconds(long.Parse(until, CultureInfo.InvariantCulture)))
                ? (PersonId.Parse(person, null), stamp)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // one that ends later than it may is from before a restart, and from a clock that was set back since
    private bool IsGood(DateTimeOffset until) => until > clock.Now && until <= clock.Now + ValidFor;
}
