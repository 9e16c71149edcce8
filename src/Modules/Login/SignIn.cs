using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>E-mail and password; product.md §1 «Sign-in ways».</summary>
internal static class SignIn
{
    private const int LongestTyped = 200;

    public sealed record Command(string? Email, string? Password, Origin From) : IRequest<Result<Person>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Email).Cascade(CascadeMode.Stop)
                .NotEmpty().WithMessage("Enter your e-mail address.")
                .Must(static e => EmailAddress.Normalise(e) is not null)
                .WithMessage("This is not an e-mail address.");
            RuleFor(c => c.Password).NotEmpty().WithMessage("Enter your password.").MaximumLength(LongestTyped)
                .WithMessage("The password must have 8 to 20 characters.");
        }
    }

    public sealed class Handler(People people) : IRequestHandler<Command, Result<Person>>
    {
        public Task<Result<Person>> Handle(Command request, CancellationToken cancellationToken) =>
            people.Authenticate(EmailAddress.Normalise(request.Email)!, request.Password!, request.From);
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
            "/login",
            (HttpContext http, CurrentAgent me, [FromQuery(Name = "return")] string? back, string? way, string? done) => me.SignedIn
            ? Results.Redirect(LocalAddress.OrNull(back) ?? "/centers")
            : Page(http, LocalAddress.OrNull(back), null, byCode: way == SignInByCode.Way, done: done == Recover.Done));

        app.MapPost(
            "/login",
            async (HttpContext http, IMediator mediator, [FromForm] string? email, [FromForm] string? password,
                [FromForm(Name = "return")] string? back) =>
        {
            var to = LocalAddress.OrNull(back);
            var result = await mediator.Send(new Command(email, password, http.Origin()), http.RequestAborted);
            if (result.Error is { } error) return Page(http, to, error, email: email);
            await http.SignInAsync(result.Value);
            return http.Response.GoTo(Next(to));
        }).RequireRateLimiting(LoginServices.Anonymous);
    }

    /// <summary>Where who has signed in goes: through the choice of a center to where they wanted.</summary>
    public static string Next(string? back) => back is null ? "/centers" : $"/centers?return={Uri.EscapeDataString(back)}";

    public static IResult Page(
        HttpContext http, string? back, Error? error, bool byCode = false, string? email = null, string? mobile = null,
        bool done = false) => Pages.Of<SignInPage>(http, error,
        (nameof(SignInPage.ByCode), byCode), (nameof(SignInPage.Email), email), (nameof(SignInPage.Mobile), mobile),
            (nameof(SignInPage.Done), done),
        (nameof(SignInPage.Refusal), error), (nameof(SignInPage.Back), back));
}
