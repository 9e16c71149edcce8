using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>E-mail and password; product.md §1 «Sign-in ways».</summary>
internal static class SignIn
{
    public sealed record Command(string? Email, string? Password) : IRequest<Result<Person>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Email).Cascade(CascadeMode.Stop)
                .NotEmpty().WithMessage("Enter your e-mail address.")
                .Must(static e => e!.Trim() is { Length: <= 254 } typed && typed.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < typed.Length - 1)
                .WithMessage("This is not an e-mail address.");
            RuleFor(c => c.Password).NotEmpty().WithMessage("Enter your password.");
        }
    }

    public sealed class Handler(People people) : IRequestHandler<Command, Result<Person>>
    {
        public Task<Result<Person>> Handle(Command request, CancellationToken cancellationToken) => people.Authenticate(request.Email!.Trim(), request.Password!);
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/login", (CurrentAgent me, [FromQuery(Name = "return")] string? back) => me.SignedIn
            ? Results.Redirect(LocalAddress.OrNull(back) ?? "/centers")
            : Page(LocalAddress.OrNull(back), null, null, StatusCodes.Status200OK)).AllowAnonymous();

        app.MapPost("/login", async (HttpContext http, IMediator mediator, [FromForm] string? email, [FromForm] string? password, [FromForm(Name = "return")] string? back) =>
        {
            var to = LocalAddress.OrNull(back);
            var result = await mediator.Send(new Command(email, password), http.RequestAborted);
            if (result.Error is { } error) return Page(to, email, error, error.Status());
            await http.SignInAsync(result.Value);
            return http.Response.GoTo(to is null ? "/centers" : $"/centers?return={Uri.EscapeDataString(to)}");
        }).AllowAnonymous().RequireRateLimiting(LoginModule.Anonymous);
    }

    private static RazorComponentResult<SignInPage> Page(string? back, string? email, Error? error, int status) => new(new Dictionary<string, object?>
    {
        [nameof(SignInPage.Email)] = email,
        [nameof(SignInPage.Refusal)] = error,
        [nameof(SignInPage.Back)] = back,
    })
    { StatusCode = status };
}
