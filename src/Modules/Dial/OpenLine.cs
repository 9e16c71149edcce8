using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

/// <summary>The page's line: an SDP offer in, the SDP answer out. architecture.md «The agent's line».</summary>
internal static class OpenLine
{
    /// <summary>Bytes. A browser's audio offer has about 2,500.</summary>
    public const int OfferAtMost = 32 * 1024;

    /// <summary>Bytes. What is a little too long is told so in words; nothing much longer is read at all.</summary>
    public const int RequestAtMost = 2 * OfferAtMost;

    private const string Sdp = "application/sdp";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/line", async (HttpRequest request, CurrentAgent me, IMediator mediator) =>
        {
            var offer = await Read(request);
            if (!offer.Ok) return offer.Error.ToHttp();
            var answer = await mediator.Send(new Command(me.Agent, offer.Value));
            return answer.Match(sdp => Results.Text(sdp, Sdp));
        });

    public sealed record Command(AgentId Agent, string Offer) : IRequest<Result<string>>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(c => c.Offer).Must(offer => offer.StartsWith("v=0", StringComparison.Ordinal))
                .WithMessage("This is no session description: it must begin with v=0 (RFC 8866).");
    }

    internal sealed class Handler(AgentDevices devices) : IRequestHandler<Command, Result<string>>
    {
        public Task<Result<string>> Handle(Command request, CancellationToken cancellationToken) =>
            Task.FromResult(devices.OpenLine(request.Agent, request.Offer));
    }

    private static async Task<Result<string>> Read(HttpRequest request)
    {
        // Content-Length may lie or be absent, so what counts is what comes.
        var buffer = new byte[OfferAtMost + 1];
        try
        {
            var length =
                await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
            return length > OfferAtMost ? new OfferTooLong(OfferAtMost) : Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new OfferTooLong(OfferAtMost);
        }
    }
}

internal sealed record OfferTooLong(int Limit) : Error(ErrorKind.Invalid, "The session description is longer than {0} bytes.", Limit);
