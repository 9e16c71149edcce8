namespace Tccc;

/// <summary>
/// Something that happened in a center, in bare past tense. Stored in the outbox with the change that caused it and published after the
/// commit.
/// </summary>
public interface IEvent
{
    CenterId Center { get; }

    DateTimeOffset At { get; }
}

/// <summary>
/// Something that means nothing after a restart, because what it tells of dies with the process: an offer, a line, a wait. It is not
/// stored, and is published at once, on the thread that raised it, before the rows of its change are committed. Its handlers must not wait
/// for anything, and are made once.
/// </summary>
public interface IPassingEvent : IEvent;
