using System.Diagnostics.CodeAnalysis;

namespace Tccc;

/// <summary>
/// An expected refusal. <see cref="Message"/> is the English sentence a person reads and the key of its translations;
/// <see cref="Args"/> fill its {0}, {1}. Each use case declares its own as one-line records beside it.
/// </summary>
public abstract record Error(ErrorKind Kind, string Message, params object[] Args);

/// <summary>What an error means to the one who asked; one table maps it to an HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The request could not even be read (400).</summary>
    Malformed,
    /// <summary>More was sent than is taken (413).</summary>
    TooLarge,
    /// <summary>The request itself is wrong (422).</summary>
    Invalid,
    /// <summary>Nobody is signed in (401).</summary>
    NotSignedIn,
    /// <summary>It belongs to somebody else, or the role is too low (403).</summary>
    Forbidden,
    /// <summary>There is no such thing, or not in this center (404).</summary>
    NotFound,
    /// <summary>The present state does not allow it: expired, taken, already ended (409).</summary>
    Conflict,
    /// <summary>Asked too often (429).</summary>
    TooMany,
    /// <summary>Something this needs is down (503).</summary>
    Unavailable,
}

/// <summary>What both results have in common, for code that must know only whether it went well.</summary>
public interface IOutcome
{
    /// <summary>Why not; null when it went well.</summary>
    Error? Error { get; }
}

/// <summary>Done, or the error that says why not.</summary>
public readonly struct Result : IOutcome
{
    private Result(Error? error) => Error = error;

    public static Result Done => default;

    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null;

    public static implicit operator Result(Error error) => new(error);
}

/// <summary>A value, or the error that says why there is none.</summary>
public readonly struct Result<T> : IOutcome
{
    private readonly T? value;

    private Result(T? value, Error? error) => (this.value, Error) = (value, error);

    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null;

    /// <summary>The value; asking for it when there is an error is a bug and throws.</summary>
    public T Value => Error is null ? value! : throw new InvalidOperationException($"No value: {Error}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}
