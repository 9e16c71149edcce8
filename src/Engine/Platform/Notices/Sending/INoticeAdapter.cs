namespace Tccc.Platform;

/// <summary>A message that is on its way.</summary>
/// <param name="Values">What fills the text, the secret last.</param>
internal sealed record Outgoing(long Id, string To, string Language, string Text, IReadOnlyList<string> Values, Letter Letter);

/// <summary>A try that did not succeed.</summary>
/// <param name="Detail">What the other side said.</param>
/// <param name="ForGood">Trying again would change nothing.</param>
internal sealed record Failure(NoticeFault Fault, string? Detail, bool ForGood = false);

/// <summary>The outside world of mails or SMS: a seam of docs/architecture.md.</summary>
internal interface INoticeAdapter
{
    NoticeKind Kind { get; }

    /// <summary>Hands the message over; null when it was taken. Throws only when <paramref name="ct"/> stops it, or on a bug.</summary>
    Task<Failure?> Send(Outgoing message, CancellationToken ct);
}
