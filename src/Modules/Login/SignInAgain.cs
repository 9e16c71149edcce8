using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>
/// The session ended while a page is open: the same person signs in over it, is in the same center again, and what was asked goes on.
/// js/again.js
/// </summary>
internal static class SignInAgain
{
    private const string Address = "/login/again";

    /// <param name="Person">Whose page it is.</param>
    /// <param name="Agent">Null on a page of no center.</param>
    public sealed record Command(string? Email, string? Password, PersonId Person, AgentId? Agent, Origin From)
        : IRequest<Result<(Person Person, AgentInfo? Agent)>>;

    public sealed record NotYourPage()
        : Error(ErrorKind.Forbidden, "This page was opened by another account. Sign in with that one, or start over.");

    public sealed record NotThereAnyMore()
        : Error(ErrorKind.Forbidden, "Your account is no longer in this center, or was disabled there. Start over.");

    public sealed class Handler(IMediator mediator, Centers centers) : IRequestHandler<Command, Result<(Person Person, AgentInfo? Agent)>>
    {
        public async Task<Result<(Person Person, AgentInfo? Agent)>> Handle(Command request, CancellationToken cancellationToken)
        {
            var known = await mediator.Send(new SignIn.Command(request.Email, request.Password, request.From), cancellationToken);
            if (!known.Ok) return known.Error;
            if (known.Value.Id != request.Person) return new NotYourPage();
            if (request.Agent is not { } agent) return (known.Value, null);
            return centers.Agent(agent) is { Disabled: false } there
                && there.Person == request.Person ? (known.Value, there) : new NotThereAnyMore();
        }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Address, (HttpContext http) => Draw(http, null, null));

        app.MapPost(Address, async (HttpContext http, IMediator mediator, IAntiforgery antiforgery,
            [FromForm] string? email, [FromForm] string? password, [FromForm] PersonId person, [FromForm] AgentId? agent) =>
        {
            var back = await mediator.Send(new Command(email, password, person, agent, http.Origin()), http.RequestAborted);
            if (back.Error is { } error) return Draw(http, email, error);
            await http.SignInAsync(back.Value.Person);
            if (back.Value.Agent is { } there) await http.EnterAsync(back.Value.Person, there);
            // the page's own token may be of a browser session that is over
            return Results.Text(antiforgery.GetAndStoreTokens(http).RequestToken);
        }).RequireRateLimiting(LoginServices.Anonymous);
    }

    private static IResult Draw(HttpContext http, string? email, Error? refusal) =>
        Pages.Of<SignInAgainForm>(http, refusal, (nameof(SignInAgainForm.Email), email), (nameof(SignInAgainForm.Refusal), refusal));
}
