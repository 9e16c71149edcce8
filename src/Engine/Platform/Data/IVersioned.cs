namespace Tccc.Platform;

/// <summary>
/// A row that people change in forms. Its number rises with each change, is in the form, and comes back with it: a form that was opened
/// before the last change overwrites nothing. <see cref="TcccDb"/> counts, and keeps by whom and when as <see cref="TcccDb.By"/> was told.
/// </summary>
public interface IVersioned
{
    long Version { get; set; }

    /// <summary>Who changed it last; null when nobody was signed in, or nobody ever did.</summary>
    PersonId? ChangedBy { get; set; }

    DateTimeOffset? ChangedAt { get; set; }
}
