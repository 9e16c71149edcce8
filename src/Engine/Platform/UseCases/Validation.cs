using FluentValidation;
using FluentValidation.Results;
using MediatR;

namespace Tccc.Platform;

/// <summary>Fields that were filled in wrongly, each with its sentence.</summary>
public sealed record ValidationFailed(IReadOnlyList<FieldError> Fields)
    : Error(ErrorKind.Invalid, string.Join(' ', Fields.Select(field => field.Message)))
{
    public ValidationFailed(string field, string message) : this([new(field, message)])
    {
    }
}

/// <summary>
/// What is wrong with one field: an English sentence that is also the key of its translations, or text that is already in the reader's
/// language.
/// </summary>
public sealed record FieldError(string Field, string Message);

/// <summary>The first step of every command: its validators, if there are any. A command that is wrong never reaches its handler.</summary>
internal sealed class Validation<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var failures = new List<ValidationFailure>();
        foreach (var validator in validators) failures.AddRange((await validator.ValidateAsync(request, cancellationToken)).Errors);
        return failures.Count == 0
            ? await next()
            : Refusal<TResponse>.Of(new ValidationFailed([.. failures.Select(f => new FieldError(f.PropertyName, f.ErrorMessage))]));
    }
}

/// <summary>Makes the answer of a command out of an error, whatever the command's answer is.</summary>
internal static class Refusal<TResponse>
{
    public static readonly Func<Error, TResponse> Of = Make();

    private static Func<Error, TResponse> Make()
    {
        if (!typeof(IOutcome).IsAssignableFrom(typeof(TResponse)))
            return error =>
                throw new InvalidOperationException(
                    $"A command that has validators must answer Result or Result<T>, not {typeof(TResponse)}. {error}");
        return typeof(TResponse).GetMethod("op_Implicit", [typeof(Error)])!.CreateDelegate<Func<Error, TResponse>>();
    }
}
