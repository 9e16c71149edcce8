using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform;

/// <summary>One room's part of the closed list of events.</summary>
internal sealed record EventList(IReadOnlyList<Type> Types);

public static class Events
{
    /// <summary>
    /// Names the events of a room, so that they can be stored and read back. An event's type name is its name in the outbox: renaming one
    /// leaves stored ones behind.
    /// </summary>
    public static IServiceCollection AddEvents(this IServiceCollection services, params IReadOnlyList<Type> types) =>
        services.AddSingleton(new EventList(types));
}

/// <summary>The closed list of events: name to type and back, and how one is written down.</summary>
internal sealed class EventTypes
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new IdJson(), new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly FrozenDictionary<Type, Entry> byType;
    private readonly FrozenDictionary<string, Entry> byName;

    public EventTypes(IEnumerable<EventList> lists)
    {
        var entries = lists.SelectMany(list => list.Types).Distinct().Select(Entry.Of).ToList();
        byType = entries.ToFrozenDictionary(entry => entry.Type);
        byName = entries.ToFrozenDictionary(entry => entry.Type.Name);
    }

    /// <summary>Throws when the event's room has not named it, which is a bug that shows at the first use.</summary>
    public void MustKnow(IEvent happened) => EntryOf(happened);

    public (string Name, string Body) Write(IEvent happened)
    {
        var entry = EntryOf(happened);
        return (entry.Type.Name, JsonSerializer.Serialize(happened, entry.Type, Json));
    }

    /// <summary>The event, or null when this version has no such event any more.</summary>
    public IEvent? Read(string name, string body) =>
        byName.TryGetValue(name, out var entry) ? (IEvent?)JsonSerializer.Deserialize(body, entry.Type, Json) : null;

    public INotification Wrap(IEvent happened) => EntryOf(happened).Wrap(happened);

    /// <summary>Who is to be told of such events, each made once.</summary>
    public Audience AudienceOf(IEvent happened, IServiceProvider services) => EntryOf(happened).Audience(services);

    private Entry EntryOf(IEvent happened) => byType.TryGetValue(happened.GetType(), out var entry)
        ? entry
        : throw new InvalidOperationException(
            $"{happened.GetType()} is not in the list of events: name it with services.AddEvents(typeof({happened.GetType().Name})).");

    private sealed record Entry(Type Type, Func<IEvent, INotification> Wrap, Func<IServiceProvider, Audience> Audience)
    {
        public static Entry Of(Type type) => !typeof(IEvent).IsAssignableFrom(type)
            ? throw new ArgumentException($"{type} is not an IEvent.")
            : new(
                type,
                typeof(Entry).GetMethod(nameof(WrapAs))!.MakeGenericMethod(type).CreateDelegate<Func<IEvent, INotification>>(),
                typeof(Entry).GetMethod(nameof(AudienceAs))!.MakeGenericMethod(type).CreateDelegate<Func<IServiceProvider, Audience>>());

        public static Occurred<T> WrapAs<T>(IEvent happened) where T : IEvent => new((T)happened);

        public static Audience<T> AudienceAs<T>(IServiceProvider services) where T : IEvent =>
            new Audience<T>([.. services.GetServices<INotificationHandler<Occurred<T>>>()]);
    }
}
