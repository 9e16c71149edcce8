using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>Mobile number and SMS code; product.md §1 «Sign-in ways».</summary>
internal static class SignInByCode
{
    /// <summary>In the sign-in page's address.</summary>
    public const string Way = "code";

    public sealed record Command(string? Mobile, string? Code, Origin From) : IRequest<Result<Person>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Mobile).MustBeMobile();
            RuleFor(c => c.Code).MustBeCode();
        }
    }

    public sealed class Handler(People people, SmsCodes codes, Writer writer) : IRequestHandler<Command, Result<Person>>
    {
        public async Task<Result<Person>> Handle(Command request, CancellationToken cancellationToken)
        {
            var mobile = MobileNumber.Normalise(request.Mobile)!;
            var (person, refused) = await writer.Write<(Person?, Error?)>(async db =>
            {
                if (await codes.Redeem(db, CodePurpose.SignIn, mobile, null, SmsCodes.Typed(request.Code)!, request.From) is { } wrong)
                    return (null, wrong);
                // the right code of a number that is nobody's was guessed
                if (await db.Set<Person>().SingleOrDefaultAsync(p => p.Mobile == mobile, CancellationToken.None) is not { } row)
                    return (null, new ValidationFailed("code", "This code is wrong."));
                return await people.LetIn(db, row, request.From) ? (row, null) : (null, new ShutOut());
            });
            return refused is null ? person! : refused;
        }
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/login/code", async (
        HttpContext http, IMediator mediator, [FromForm] string? mobile, [FromForm] string? code,
        [FromForm(Name = "return")] string? back) =>
    {
        var to = LocalAddress.OrNull(back);
        var result = await mediator.Send(new Command(mobile, code, http.Origin()), CancellationToken.None);
        if (result.Error is { } error) return SignIn.Page(http, to, error, byCode: true, mobile: mobile);
        await http.SignInAsync(result.Value);
        return http.Response.GoTo(SignIn.Next(to));
    }).RequireRateLimiting(LoginServices.Anonymous);

    /// <summary>Said only to who has proven that the number is theirs.</summary>
    public sealed record ShutOut() : Error(ErrorKind.Forbidden, "Your account is disabled. Ask an administrator of your center.");
}
