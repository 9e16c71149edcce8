using MediatR;

namespace Tccc.Platform;

/// <summary>
/// The database can't be written at the moment, and what was asked for was not done. A use case's caller gets <see cref="NotSaved"/> in its
/// place; docs/operations.md «When the database can't be written».
/// </summary>
public sealed class NotSavedException(string why, Exception? inner = null) : Exception($"The database can't be written: {why}", inner);

/// <summary>As <see cref="NotSavedException"/>, for people: 503.</summary>
public sealed record NotSaved()
    : Error(ErrorKind.Unavailable, "This can't be saved just now: the server's storage is full or out of reach. Try again in a moment.");

/// <summary>A use case that could not save answers that it could not.</summary>
internal sealed class AnswerNotSaved<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse> where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        try
        {
            return await next();
        }
        catch (NotSavedException) when (typeof(IOutcome).IsAssignableFrom(typeof(TResponse)))
        {
            return Refusal<TResponse>.Of(new NotSaved());
        }
    }
}
