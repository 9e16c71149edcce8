using MediatR;

namespace Tccc.Platform;

/// <summary>
/// An event on its way to its handlers (<c>internal sealed class OnOfferMade : INotificationHandler&lt;Occurred&lt;OfferMade&gt;&gt;</c>).
/// Delivered after the commit, in order, one at a time, at least once: after a crash those of the last moments come again.
/// A handler must be short; what it throws is logged and stops nobody else.
/// </summary>
public sealed record Occurred<T>(T Event) : INotification where T : IEvent;
