using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>One key of the keypad, or an extension typed there, goes to the customer's telephone. product.md §5 «Keypad».</summary>
internal static class PressKeys
{
    private const string Keys = "0123456789*#,";

    // the signs that a Chinese keyboard may give for them
    private const char FirstWide = '\uFF01';
    private const char LastWide = '\uFF5E';
    private const int WideToPlain = FirstWide - '!';

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/calls/{call:long}/digits", async (CallId call, [FromForm] string? digits, CurrentAgent me, IMediator mediator) =>
            (await mediator.Send(new Command(call, me.Agent, Plain(digits ?? "")))).Match(() => Results.NoContent()));

    /// <summary>As it is sent: blanks and dashes only make a number readable.</summary>
    internal static string Plain(string typed) => string.Concat(
        from sign in typed
        let plain = sign is >= FirstWide and <= LastWide ? (char)(sign - WideToPlain) : sign
        where plain is not (' ' or '-')
        select plain);

    private static bool IsKey(char sign) => Keys.Contains(sign, StringComparison.Ordinal);

    public sealed record Command(CallId Call, AgentId Agent, string Digits) : IRequest<Result>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Digits)
            .Must(digits => digits.Length is > 0 and <= Calls.MostDigits && digits.All(IsKey))
            .WithMessage("Enter digits, * or #, and commas for pauses: 32 at most.");
    }

    internal sealed class Handler(Calls calls) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) =>
            await calls.SendDigits(request.Call, request.Agent, request.Digits);
    }
}
