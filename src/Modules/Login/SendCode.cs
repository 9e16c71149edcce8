using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>«Get code», wherever it stands; product.md §1. Each purpose has an address of its own: a code is good for that alone.</summary>
internal static class SendCode
{
    /// <param name="Asker">Null for a stranger.</param>
    public sealed record Command(CodePurpose Purpose, string? Mobile, PersonId? Asker, Origin From) : IRequest<Result<TimeSpan>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Mobile).MustBeMobile();
    }

    public sealed class Handler(SmsCodes codes) : IRequestHandler<Command, Result<TimeSpan>>
    {
        public Task<Result<TimeSpan>> Handle(Command request, CancellationToken cancellationToken) =>
            codes.Send(
                request.Purpose, MobileNumber.Normalise(request.Mobile)!, request.Asker, CultureInfo.CurrentUICulture.Name, request.From);
    }

    public static void Map(IEndpointRouteBuilder strangers, IEndpointRouteBuilder accounts, IEndpointRouteBuilder people)
    {
        Map(strangers, "/login/codes", CodePurpose.SignIn).RequireRateLimiting(LoginServices.Anonymous);
        Map(strangers, "/login/forgot/codes", CodePurpose.Recover).RequireRateLimiting(LoginServices.Anonymous);
        Map(accounts, "/login/bind/codes", CodePurpose.Bind);
        Map(people, "/settings/mobile/codes", CodePurpose.ChangeMobile);
    }

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder app, string address, CodePurpose purpose) =>
        app.MapPost(
            address,
            async (HttpContext http, IMediator mediator, CurrentAgent me, SmsCodes codes, [FromForm] string? mobile) =>
        {
            var stranger = purpose is CodePurpose.SignIn or CodePurpose.Recover;
            var sent = await mediator.Send(new Command(purpose, mobile, stranger ? null : me.Person, http.Origin()), http.RequestAborted);
            if (!sent.Ok) http.Response.HtmxRetarget("#code-fields", "outerHTML");
            return new RazorComponentResult<CodeFields>(new Dictionary<string, object?>
            {
                [nameof(CodeFields.Address)] = address,
                [nameof(CodeFields.IsNew)] = purpose == CodePurpose.ChangeMobile,
                [nameof(CodeFields.Mobile)] = mobile,
                [nameof(CodeFields.Focus)] = true,
                [nameof(CodeFields.Sent)] = sent.Ok,
                [nameof(CodeFields.Shown)] = sent.Ok ? codes.Shown(purpose, MobileNumber.Normalise(mobile)!) : null,
                [nameof(CodeFields.ToStranger)] = stranger,
                [nameof(CodeFields.Next)] = sent.Ok ? (int)sent.Value.TotalSeconds : (sent.Error as CodeSentJustNow)?.Seconds,
                [nameof(CodeFields.Refusal)] = sent.Error,
            })
            { StatusCode = sent.Error?.Status() ?? StatusCodes.Status200OK };
        });
}
