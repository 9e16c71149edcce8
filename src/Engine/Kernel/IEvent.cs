namespace Tccc;

/// <summary>Something that happened in a center, in bare past tense. Stored in the outbox with the change that caused it and published after the commit.</summary>
public interface IEvent
{
    CenterId Center { get; }

    DateTimeOffset At { get; }
}
